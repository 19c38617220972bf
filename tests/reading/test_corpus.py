"""The whole reader against hundreds of made-up exports and files that must be refused."""

from __future__ import annotations

import time

import pytest

from forecast.errors import DataError
from forecast.reading import read
from tests.corpus import Bad, Case, bad_cases, good_cases

_BAR = 0.98


def wrongly(case: Case) -> str:
    """How a reading differs from what the file says; "" if it does not."""
    try:
        reading = read(case.data, case.name)
    except DataError as error:
        return f"refused: {error.code}"
    series = reading.series
    found = []
    if series.name != case.column:
        found.append(f"column {series.name!r}, not {case.column!r}")
    if len(series) != case.n_rows:
        found.append(f"{len(series)} rows, not {case.n_rows}")
    for place, (when, value) in ((0, case.first), (-1, case.last)):
        got = (series.index[place].to_pydatetime(), series.iloc[place])
        if got[0] != when or got[1] != pytest.approx(value, rel=1e-9):
            found.append(f"{got} instead of {(when, value)}")
    if found and not reading.questions:
        found.append("SILENT")
    return "; ".join(found)


def test_98_of_100_well_formed_files_are_read_right_and_none_silently_wrong() -> None:
    results = {case.name: wrongly(case) for case in good_cases()}
    wrong = {name: why for name, why in results.items() if why}
    share = 1 - len(wrong) / len(results)
    print(f"\ncorpus: {len(results) - len(wrong)} of {len(results)} right ({share:.1%})")
    silent = [f"{name}: {why}" for name, why in wrong.items() if "SILENT" in why]
    assert not silent, silent
    assert share >= _BAR, wrong


@pytest.mark.parametrize("bad", list(bad_cases()), ids=lambda bad: bad.name[:60])
def test_a_bad_file_is_refused_quickly_with_the_right_reason(bad: Bad) -> None:
    start = time.process_time()
    with pytest.raises(DataError) as caught:
        read(bad.data, bad.name)
    assert time.process_time() - start < 5
    assert caught.value.code in bad.codes, str(caught.value)
    assert caught.value.what.endswith(".")
    assert caught.value.fix.endswith(".")


def test_every_reason_for_refusal_has_a_sentence_of_its_own() -> None:
    sentences: dict[str, set[str]] = {}
    for bad in bad_cases():
        with pytest.raises(DataError) as caught:
            read(bad.data)
        sentences.setdefault(caught.value.what, set()).add(caught.value.code)
    shared = {what: codes for what, codes in sentences.items() if len(codes) > 1}
    assert not shared
