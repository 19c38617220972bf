"""Columns of numbers that name a person or a thing: customer, order, account, postcode.

Their digits are no values, but a header alone does not prove it: who counts customers for each day
often leaves the column named ``customer_id``. So the numbers have to be like those that somebody
assigns, too: running on, or without any order, and never small.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from forecast.errors import DataError
from forecast.reading.grid import Grid
from forecast.reading.numbers import Floats
from forecast.reading.words import COUNTERS, normal, tokens

_FEWEST = 10  # numbers, to tell whether they are in any order
_LEAST = 1_000  # from which on numbers are assigned rather than counted
_LAGS = (1, 7, 12, 24)  # rows after which what is measured is like before: a week's, a year's …
_SIGMAS = 3.0  # by which such a likeness exceeds chance
_HEADERS = {
    "id", "ids", "uid", "uuid", "guid", "ean", "gtin", "upc", "isbn", "issn", "sku", "iban",
    "bic", "wkn", "plz", "zip", "zipcode", "postcode", "postleitzahl", "barcode", "vin", "imei",
}  # fmt: skip
# Who sells telephones may head a column so; but not by the hundred thousand.
_PHONES = {
    "phone", "telephone", "tel", "mobile", "cell", "fax", "telefon", "handy", "mobil", "téléphone",
    "portable", "teléfono", "móvil", "telefono", "cellulare", "telefone", "celular", "telefoon",
}  # fmt: skip
_LEAST_PHONE = 100_000
_ASSIGNED = {"id", "nr", "no", "number", "num", "nummer", "code", "#"}
# Whose number or code it is. In the singular, as "orders no" counts them; and without people whom
# "student number" may count as well.
_OWNERS = {
    "customer", "client", "account", "order", "invoice", "article", "item", "product", "part",
    "transaction", "receipt", "booking", "contract", "tracking", "shipment", "serial",
    "reference", "ref", "document", "doc", "zip", "post", "postal", "phone", "telephone",
    "card", "policy", "tax", "vat", "kunde", "kunden", "kd", "konto", "auftrag", "auftrags",
    "bestell", "rechnung", "rechnungs", "beleg", "artikel", "produkt", "vertrag", "vertrags",
    "mitglieds", "personal", "steuer", "telefon", "karten", "buchungs", "sendungs",
}  # fmt: skip
_PLACES = {"lat", "lon", "lng", "long", "latitude", "longitude"}
_COUNTED = {
    "of", "count", "counts", "anzahl", "zahl", "total", "sum", "unique", "distinct", "nunique",
    "per", "avg", "mean",
}  # fmt: skip
_GERMAN = re.compile(r"\w{3,}(?:nummer|nr)")  # Kundennummer, BelegNr
_OF_TIME = re.compile(r"(?:wochen?|tages?|monats|perioden|jahres|lauf)(?:nummer|nr)")


def is_identifier(name: str) -> bool:
    """Whether a header says that its column names somebody or something.

    >>> [is_identifier(name) for name in ("customer_id", "OrderID", "Invoice No.", "Kundennummer")]
    [True, True, True, True]
    >>> [is_identifier(name) for name in ("Number of orders", "count", "Orders", "No", "humid")]
    [False, False, False, False, False]
    """
    words = [word.strip("._/") for word in re.split(r"[\s_\-]+", normal(name))]
    *before, last = words
    if _COUNTED & set(words):
        return False
    if last in _HEADERS or (_GERMAN.fullmatch(last) and not _OF_TIME.fullmatch(last)):
        return True
    is_account = words in (["account"], ["konto"])
    return is_account or (last in _ASSIGNED and bool(before) and before[-1] in _OWNERS)


def refuse_identifiers(grid: Grid, columns: Mapping[int, Floats]) -> None:
    """Refuse a table whose only columns of numbers are identifiers.

    Args:
        grid: the table.
        columns: position → numbers, for each column that could be a value.

    Raises:
        DataError: ``no-numbers``.
    """
    _refuse_places(grid, list(columns))
    if not all(_names_things(grid, column, values) for column, values in columns.items()):
        return
    names = ", ".join(grid.names[column] for column in list(columns)[:8])
    one = len(columns) == 1
    raise DataError(
        "no-numbers",
        f"The only {'column' if one else 'columns'} of numbers ({names}) "
        f"{'is an identifier' if one else 'are identifiers'}, not values.",
        expected="a column of amounts, prices, counts or other measurements",
        received=f"{'a number that names' if one else 'numbers that name'} people or things",
        fix="Export the values too, or count the rows for each day first; if they are values after "
        "all, give the column another name.",
    )


def _refuse_places(grid: Grid, columns: list[int]) -> None:
    """Where somebody was is no series of values, though a track has a latitude for each moment."""
    names = [grid.names[column] for column in columns]
    if len(names) >= 2 and all(tokens(name) & _PLACES for name in names):
        raise DataError(
            "no-numbers",
            f"The only columns of numbers ({', '.join(names[:8])}) are places, not values.",
            expected="a column of amounts, prices, counts or other measurements",
            received="coordinates",
            fix="Export what was measured there: a height, a speed, a distance for each day.",
        )


def _names_things(grid: Grid, column: int, values: Floats) -> bool:
    name, good = grid.names[column], values[np.isfinite(values)]
    if tokens(name) & COUNTERS and len(good) > 1 and good.min() in (0, 1):
        steps = np.diff(good)
        return bool((steps == 1).all() or (steps == -1).all())
    phones = bool(tokens(name) & _PHONES) and len(good) > 0 and good.min() >= _LEAST_PHONE
    named = phones or is_identifier(name)
    return named and (_has_leading_zeros(grid, column) or _are_assigned(values))


def _has_leading_zeros(grid: Grid, column: int) -> bool:
    """``01067`` among cells of one width: a postcode or an account, written to be kept."""
    cells = grid.columns[column]
    zeros = pc.sum(pc.match_substring_regex(cells, r"^0\d+$")).as_py() or 0
    whole = pc.all(pc.match_substring_regex(cells, r"^\d*$")).as_py()
    return bool(zeros and whole)


def _are_assigned(values: Floats) -> bool:
    """Whether numbers are such as are given out: whole, large, running on or in no order at all."""
    good = values[np.isfinite(values)]
    if len(good) < 2 or not (good == np.round(good)).all():
        return False
    # The lines of one order repeat its number.
    apart = good[np.r_[True, np.diff(good) != 0]]
    steps = np.diff(apart)
    if len(steps) and ((steps == 1).all() or (steps == -1).all()):
        return True
    if good.min() < _LEAST or len(apart) < _FEWEST:
        return False
    return bool((steps > 0).all() or (steps < 0).all()) or not _keeps_on(apart)


def _keeps_on(values: Floats) -> bool:
    """Whether values are like those some rows before, beyond chance, as of any real series."""
    around = values - values.mean()
    total = float((around**2).sum())
    enough = _SIGMAS / np.sqrt(len(values))
    lags = [lag for lag in _LAGS if lag < len(values) // 2]
    return any(float((around[lag:] * around[:-lag]).sum()) > enough * total for lag in lags)
