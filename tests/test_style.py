"""The colours of the charts: seen on both backgrounds, and apart for colour-blind readers."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import charts, style

ROOT = Path(__file__).parent.parent
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
LINES = [style.line_style(i) for i in range(5)]
# Machado, Oliveira and Fernandes (2009): full protanopia, deuteranopia and tritanopia, linear RGB.
SEEN_BY = {
    "everyone": np.eye(3),
    "protanopes": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopes": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanopes": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


def test_a_currency_stands_before_ticks_only_where_none_is_below_zero():
    """ "$−200" would be read twice; the unit then stands beside the axis."""
    rows = pd.date_range("2020-01-01", periods=3)
    above = charts.past.residuals({"Network": np.array([1.0, -2.0])}, "$")
    assert above.layout.xaxis.title.text == "Actual − predicted ($)"
    for values, prefix, title in (([1, 2, 3], "$", None), ([1, -2, 3], None, "$")):
        figure = charts.line(pd.Series(values, rows, float), "$")
        assert figure.layout.yaxis.tickprefix == prefix
        assert figure.layout.yaxis.title.text == title


def linear(color: str) -> np.ndarray:
    """sRGB "#rrggbb" as linear light, 0 to 1."""
    c = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def difference(one: str, other: str, seen: np.ndarray) -> float:
    """CIE 1976 ΔE of two colours as somebody sees them; about 2 can just be noticed."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )

    def lab(color: str) -> np.ndarray:
        xyz = to_xyz @ np.clip(np.asarray(seen) @ linear(color), 0, 1) / [0.9505, 1, 1.089]
        f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
        return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])

    return float(np.linalg.norm(lab(one) - lab(other)))


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert difference("#ff0000", "#00ff00", SEEN_BY["everyone"]) > 150


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("color", [line["color"] for line in LINES])
def test_each_line_stands_out_from_both_backgrounds(theme, color):
    assert contrast(color, THEME[theme]["backgroundColor"]) >= 3


@pytest.mark.parametrize("seen", SEEN_BY)
def test_no_two_lines_can_be_taken_for_each_other(seen):
    """Far apart in colour, or drawn with another dash."""
    for one, other in itertools.combinations(LINES, 2):
        apart = difference(one["color"], other["color"], SEEN_BY[seen])
        assert apart >= 10 or one["dash"] != other["dash"], (one, other, apart)


@pytest.mark.parametrize("seen", SEEN_BY)
def test_the_main_pair_is_plain_to_everybody(seen):
    assert difference(style.BLUE, style.ORANGE, SEEN_BY[seen]) >= 40


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("background", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize("text", ["textColor", "linkColor", "primaryColor"])
def test_text_can_be_read_in_both_themes(theme, background, text):
    assert contrast(THEME[theme][text], THEME[theme][background]) >= 4.5


def test_every_font_is_a_file_of_ours_with_its_licence():
    for face in THEME["fontFaces"]:
        assert face["url"].startswith("app/static/fonts/")
        file = ROOT / face["url"].removeprefix("app/")
        assert file.read_bytes()[:4] == b"wOF2"
        family = face["family"].lower().replace(" ", "-")
        assert "SIL Open Font License" in (file.parent / f"{family}-OFL.txt").read_text()


@pytest.mark.parametrize(
    ("days", "every"), [(33, 7), (7 * 12, 14)], ids=["some weeks", "twice as many"]
)
def test_ticks_of_daily_rows_fall_on_mondays(days, every):
    rows = pd.bdate_range("2023-08-28", periods=15)
    axis = style.week_axis(rows, rows[0], rows[0] + pd.Timedelta(days=days))
    assert pd.Timestamp(axis["tick0"]).day_name() == "Monday"
    assert axis["dtick"] == every * 24 * 60 * 60 * 1000


@pytest.mark.parametrize(
    "rows",
    [
        pd.RangeIndex(30),
        pd.date_range("2024-01-01", periods=48, freq="30min"),
        pd.date_range("2024-01-01", periods=8, freq="W"),
        pd.bdate_range("2024-01-01", periods=3),
        pd.bdate_range("2020-01-01", periods=400),
        pd.bdate_range("2024-01-01", periods=1),
    ],
    ids=["numbered", "half-hourly", "weekly", "three days", "years", "one row"],
)
def test_other_rows_keep_plotly_s_ticks(rows):
    assert style.week_axis(rows, rows[0], rows[-1]) == {}


def test_the_toolbar_stands_beside_the_legend_which_ends_where_the_plot_does():
    layout = style.layout()
    assert layout["modebar"]["orientation"] == "v"
    assert layout["margin"]["r"] >= style.TOOLBAR
    assert layout["legend"]["x"] == 0, "from the plot's left edge, as wide as the plot at most"
