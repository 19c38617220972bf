"""Time estimates: sane before any measurement, right after some."""

import pytest

from forecast import presets
from forecast.pace import Pace, first_guess
from forecast.windows import plan

CONFIG = presets.classic()
PLAN = plan(500, CONFIG)


def test_more_work_takes_longer():
    deep = presets.classic_deep()
    assert first_guess(deep, plan(500, deep)) > 3 * first_guess(CONFIG, PLAN)
    longer = CONFIG.but(n_steps_in=60)
    assert first_guess(longer, plan(500, longer)) > 1.5 * first_guess(CONFIG, PLAN)


def test_measured_runs_correct_the_guess_and_are_remembered(tmp_path):
    pace = Pace(tmp_path / "pace.json")
    for _ in range(12):
        pace.learn(CONFIG, PLAN, seconds_an_epoch=0.2)
    assert pace.seconds(CONFIG, PLAN) == pytest.approx(0.2 * 150, rel=0.01)
    assert Pace(tmp_path / "pace.json").ratio == pace.ratio


@pytest.mark.parametrize("content", ["", "{}", '{"ratio": "fast"}', "[1]"])
def test_a_damaged_file_is_begun_anew(tmp_path, content):
    (tmp_path / "pace.json").write_text(content)
    assert Pace(tmp_path / "pace.json").ratio == 1.0


def test_an_unwritable_folder_changes_nothing_else(tmp_path):
    pace = Pace(tmp_path / "missing" / "pace.json")
    pace.learn(CONFIG, PLAN, 0.2)
    assert pace.ratio != 1.0
