"""Several networks on the pages: the setting, how far they are, what the forecast says of them."""

from __future__ import annotations

import re

import pytest

from forecast import presets
from forecast.history import EpochMetrics, Trained
from forecast.jobs import Job
from forecast.runs import Origin
from pages.forecast import belief
from pages.train import progress
from tests.data import random_walk
from tests.pages.test_pages import button, go, linked, slider, texts
from ui import state

CONFIG = presets.classic().but(epochs=10, n_networks=3, n_rows=300)


@pytest.fixture
def job():
    """A live run of three networks: the first in epoch 4, the second in epoch 2."""
    job = Job(random_walk(300), CONFIG, Origin())
    for network, n_epochs in zip(job.networks, (4, 2, 0), strict=True):
        network.stint = "a stint" if n_epochs else ""
        for i in range(1, n_epochs + 1):
            network.add(EpochMetrics(i, 1.0, 1.0, 0.0, 0.0, seconds=2.0))
    return job


def said(job):
    return progress._sentence(job.view(), 10)


def test_while_the_first_network_trains_its_epoch_is_told(job):
    assert said(job).startswith("Training · network 1 of 3, epoch 4 of 10 · ")
    assert re.search(r"about \d+ s left", said(job))


def test_when_the_first_has_ended_another_is_told_of(job):
    job.stint, job.trained = "", Trained([])
    assert said(job).startswith("Training · network 2 of 3 still trains: epoch 2 of 10 · ")
    job.networks[1].stint = ""
    assert said(job).startswith("Training · network 2 of 3 waits for a free worker · ")
    job.networks[1].trained = Trained([])
    job.networks[2].trained = Trained([])
    assert said(job).startswith("Training · all 3 networks done, taking their mean · ")


def test_the_setting_trains_them_and_the_forecast_is_said_to_be_their_mean(app):
    go(app, "train")
    slider(app, "Epochs").set_value(3).run()
    assert slider(app, "Networks").value == 3, "as Recommended has it"
    slider(app, "Networks").set_value(2).run()
    assert "parameters in each of 2 networks" in texts(app)
    button(app, "Train").click().run()
    run_id = linked(app)
    state.engine().wait(run_id, timeout=200)
    app.run()
    assert "Finished · 2 networks · epoch 3 of 3 of the first" in str(app.get("progress")[0].proto)
    assert slider(app, "Networks").value == 2
    go(app, "forecast")
    assert "the mean of **2 networks**" in texts(app)


def test_networks_that_had_not_begun_are_told_of(app):
    config = CONFIG.but(epochs=100_000)
    engine = state.engine()
    run_id = engine.submit(random_walk(300), config)
    while not engine.job(run_id).history:
        engine.job(run_id)
    engine.stop(run_id)
    engine.wait(run_id)
    run = engine.run(run_id)
    assert run.n_networks < 3
    assert "3 were asked for; the others had not begun." in belief.networks(run)
