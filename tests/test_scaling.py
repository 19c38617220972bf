"""Scalers against figures worked out by hand."""

import numpy as np
import pytest

from forecast import scaling
from forecast.errors import ConfigError

VALUES = np.array([[1.0], [2.0], [3.0], [6.0]])


@pytest.mark.parametrize(
    ("kind", "center", "scale"),
    [
        ("minmax", 1.0, 5.0),
        ("standard", 3.0, np.sqrt((4 + 1 + 0 + 9) / 4)),
        ("robust", 2.5, 3.75 - 1.75),
        ("none", 0.0, 1.0),
    ],
)
def test_center_and_scale(kind, center, scale):
    scaler = scaling.fit(kind, VALUES)
    assert scaler.center == pytest.approx((center,))
    assert scaler.scale == pytest.approx((scale,))
    assert scaler.transform(VALUES)[:, 0] == pytest.approx((VALUES[:, 0] - center) / scale)


@pytest.mark.parametrize("kind", ["minmax", "standard", "robust", "none"])
def test_inverse_brings_every_value_back(kind):
    values = np.random.default_rng(0).normal(50, 9, (40, 2))
    scaler = scaling.fit(kind, values)
    scaled = scaler.transform(values)
    for feature in range(2):
        assert scaler.inverse(scaled[:, feature], feature) == pytest.approx(values[:, feature])


@pytest.mark.parametrize("kind", ["minmax", "standard", "robust"])
def test_a_flat_series_does_not_divide_by_zero(kind):
    assert scaling.fit(kind, np.full((5, 1), 7.0)).transform(np.full((1, 1), 8.0)) == 1.0


def test_an_unknown_scaler_is_named():
    with pytest.raises(ConfigError, match="'log'"):
        scaling.fit("log", VALUES)
