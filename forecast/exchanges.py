"""The days on which exchanges are open, and which exchange a series comes from."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

# NYSE and Nasdaq keep the same days.
EXCHANGES = {
    "XNYS": "New York (NYSE, Nasdaq)",
    "XLON": "London",
    "XETR": "Frankfurt (Xetra)",
    "XPAR": "Paris",
    "XSWX": "Zurich",
    "XTSE": "Toronto",
    "XTKS": "Tokyo",
    "XHKG": "Hong Kong",
    "XSHG": "Shanghai",
    "XBOM": "Mumbai",
    "XKRX": "Seoul",
    "XASX": "Sydney",
    "BVMF": "São Paulo",
}
SLOW = ("XKRX",)  # four seconds to compute; asked only where none of the others agrees
RECENT_DAYS = 750  # calendar days of the data that are compared with an exchange's
MOST_MISMATCHES = 0.01  # share of days on which data and exchange may differ
DAY = pd.Timedelta(days=1)


def of(days: pd.DatetimeIndex) -> str:
    """The one exchange whose open days agree with ``days``; "" if that is none, or several."""
    if pd.bdate_range(days[0], days[-1]).isin(days).all():
        return ""  # open on every weekday: there is no holiday to recognise an exchange by
    misses: dict[str, float] = {}
    for exchange in sorted(EXCHANGES, key=SLOW.__contains__):
        if exchange in SLOW and misses and min(misses.values()) <= MOST_MISMATCHES:
            continue
        sessions = open_between(exchange, days[0], days[-1])
        if sessions is None:
            continue
        holidays = pd.bdate_range(days[0], days[-1]).difference(sessions)
        if len(holidays) == 0:  # nothing to recognise it by
            continue
        misses[exchange] = len(sessions.symmetric_difference(days)) / len(days)
    best = sorted(misses, key=misses.__getitem__)[:2]
    if not best or misses[best[0]] > MOST_MISMATCHES:
        return ""
    if len(best) == 2 and misses[best[0]] == misses[best[1]]:
        return ""  # both kept the same holidays so far; which one it is, the data cannot say
    return best[0]


def open_between(exchange: str, start: pd.Timestamp, end: pd.Timestamp) -> pd.DatetimeIndex | None:
    """The exchange's open days from ``start`` to ``end``; None where its calendar is not known."""
    # Whole years are kept, as a series is asked about from one origin after another.
    years = pd.Timestamp(start.year, 1, 1), pd.Timestamp(end.year, 12, 31)
    sessions = _all_sessions(exchange, *years)
    if sessions is None:
        return _all_sessions(exchange, start, end)
    return sessions[sessions.searchsorted(start) : sessions.searchsorted(end, side="right")]


@lru_cache(maxsize=128)
def _all_sessions(exchange: str, start: pd.Timestamp, end: pd.Timestamp) -> pd.DatetimeIndex | None:
    import exchange_calendars  # half a second to import, and only daily data need it

    try:
        calendar = exchange_calendars.get_calendar(
            exchange, start=start - 7 * DAY, end=end + 7 * DAY
        )
    except ValueError:
        # Some exchanges publish holidays only for a span of years; outside it nobody can say.
        return None
    sessions: pd.DatetimeIndex = calendar.sessions_in_range(start, end)
    return sessions


def open_days(exchange: str, last: pd.Timestamp, n: int) -> pd.DatetimeIndex:
    """The ``n`` open days after ``last``; weekdays where no exchange is named or known."""
    if exchange == "ALL":
        return pd.date_range(last + DAY, periods=n)
    start = last.normalize() + DAY
    # No exchange is closed for more than eleven days in a row; twice the span is always enough.
    end = start + pd.Timedelta(days=2 * n + 15)
    sessions = open_between(exchange, start, end) if exchange else None
    if sessions is None or len(sessions) < n:
        return pd.bdate_range(start, periods=n)
    return sessions[:n]
