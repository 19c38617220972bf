"""Exports of websites and libraries, and the lists of all vendors' formats."""

from __future__ import annotations

from collections.abc import Sequence

from tests.corpus import exchanges
from tests.corpus.cases import Bar, Format, Written, closes, group, table

_KOREAN = '"날짜","종가","시가","고가","저가","거래량","변동 %"'


def yahoo(rows: Sequence[Bar]) -> Written:
    lines = [
        f"{b.when:%Y-%m-%d},{b.open:.6f},{b.high:.6f},{b.low:.6f},{b.close:.6f},"
        f"{b.close * 0.9:.6f},{b.volume}"
        for b in rows
    ]
    return Written(table("Date,Open,High,Low,Close,Adj Close,Volume", lines), "Close", closes(rows))


def yahoo_with_null_rows(rows: Sequence[Bar]) -> Written:
    written = yahoo(rows)
    lines = written.text.split("\n")
    gone = len(rows) // 2
    day = lines[gone + 1].split(",")[0]
    lines[gone + 1] = f"{day},null,null,null,null,null,null"
    points = [point for place, point in enumerate(written.points) if place != gone]
    return Written("\n".join(lines), "Close", points)


def yfinance_multi_level(rows: Sequence[Bar]) -> Written:
    header = "Price,Close,High,Low,Open,Volume\nTicker" + ",AMZN" * 5 + "\nDate" + "," * 5
    lines = [f"{b.when:%Y-%m-%d},{b.close},{b.high},{b.low},{b.open},{b.volume}" for b in rows]
    return Written(table(header, lines), "Close", closes(rows))


def yfinance_stray_ticker_row(rows: Sequence[Bar]) -> Written:
    lines = [f"{b.when:%Y-%m-%d},{b.close},{b.high},{b.low},{b.open},{b.volume}" for b in rows]
    return Written(
        table("Date,Close,High,Low,Open,Volume", [",AMZN,AMZN,AMZN,AMZN,AMZN", *lines]),
        "Close",
        closes(rows),
    )


def yfinance_reset_index(rows: Sequence[Bar]) -> Written:
    lines = [
        f"{i},{b.when:%Y-%m-%d},{b.close},{b.high},{b.low},{b.open},{b.volume}"
        for i, b in enumerate(rows)
    ]
    return Written(table(",Date,Close,High,Low,Open,Volume", lines), "Close", closes(rows))


def yfinance_history(rows: Sequence[Bar]) -> Written:
    lines = [
        f"{b.when:%Y-%m-%d} 00:00:00-0{4 if 3 < b.when.month < 11 else 5}:00,{b.open},{b.high},"
        f"{b.low},{b.close},{b.volume},0.0,0.0"
        for b in rows
    ]
    header = "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits"
    return Written(table(header, lines), "Close", closes(rows))


def yfinance_two_tickers(rows: Sequence[Bar]) -> Written:
    header = "Price,Close,Close,Volume,Volume\nTicker,AAA,BBB,AAA,BBB\nDate,,,,"
    lines = [f"{b.when:%Y-%m-%d},{b.close},{b.close * 3:.2f},{b.volume},{b.volume}" for b in rows]
    return Written(table(header, lines), "Close AAA", closes(rows))


def nasdaq(rows: Sequence[Bar]) -> Written:
    lines = [
        f"{b.when:%m/%d/%Y},${b.close:.2f},{b.volume},${b.open:.2f},${b.high:.2f},${b.low:.2f}"
        for b in reversed(rows)
    ]
    return Written(table("Date,Close/Last,Volume,Open,High,Low", lines), "Close/Last", closes(rows))


def nasdaq_currency(rows: Sequence[Bar]) -> Written:
    lines = [
        f"{b.when:%m/%d/%Y}, {b.close:.2f}, N/A, {b.open:.2f}, {b.high:.2f}, {b.low:.2f}"
        for b in reversed(rows)
    ]
    return Written(
        table("Date, Close/Last, Volume, Open, High, Low", lines), "Close/Last", closes(rows)
    )


def _investing(
    rows: Sequence[Bar], header: str, day: str, style: tuple[str, str], column: str
) -> Written:
    thousands, decimal = style

    def number(value: float) -> str:
        return f'"{group(value, 2, thousands, decimal)}"'

    lines = []
    for b in reversed(rows):
        volume = "-" if b.volume < 2_000_000 else group(b.volume / 1e6, 2, thousands, decimal) + "M"
        cells = [f'"{b.when.strftime(day)}"', *map(number, (b.close, b.open, b.high, b.low))]
        cells += [f'"{volume}"', f'"{group(b.change, 2, thousands, decimal)}%"']
        lines.append(",".join(cells))
    return Written(table(header, lines), column, closes(rows), bom=b"\xef\xbb\xbf")


_ENGLISH = '"Date","Price","Open","High","Low","Vol.","Change %"'
_SPANISH = '"Fecha","Último","Apertura","Máximo","Mínimo","Vol.","% var."'
_PORTUGUESE = '"Data","Último","Abertura","Máxima","Mínima","Vol.","Var%"'
_FRENCH = '"Date"," Dernier"," Ouv."," Plus Haut","Plus Bas","Vol.","Variation %"'
_GERMAN = '"Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"'


def investing_us(rows: Sequence[Bar]) -> Written:
    return _investing(rows, _ENGLISH, "%m/%d/%Y", (",", "."), "Price")


def investing_uk(rows: Sequence[Bar]) -> Written:
    return _investing(rows, _ENGLISH, "%d/%m/%Y", (",", "."), "Price")


def investing_month_names(rows: Sequence[Bar]) -> Written:
    return _investing(rows, _ENGLISH, "%b %d, %Y", (",", "."), "Price")


def investing_es(rows: Sequence[Bar]) -> Written:
    return _investing(rows, _SPANISH, "%d.%m.%Y", (".", ","), "Último")


def investing_pt(rows: Sequence[Bar]) -> Written:
    return _investing(rows, _PORTUGUESE, "%d.%m.%Y", (".", ","), "Último")


def investing_fr(rows: Sequence[Bar]) -> Written:
    return _investing(rows, _FRENCH, "%d/%m/%Y", (".", ","), "Dernier")


def investing_de(rows: Sequence[Bar]) -> Written:
    return _investing(rows, _GERMAN, "%d.%m.%Y", (".", ","), "Zuletzt")


def investing_ko(rows: Sequence[Bar]) -> Written:
    return _investing(rows, _KOREAN, "%Y- %m- %d", (",", "."), "종가")


def investing_ko_words(rows: Sequence[Bar]) -> Written:
    return _investing(rows, _KOREAN, "%Y년 %m월 %d일", (",", "."), "종가")


DAILY: tuple[Format, ...] = (
    yahoo,
    yahoo_with_null_rows,
    yfinance_multi_level,
    yfinance_stray_ticker_row,
    yfinance_reset_index,
    yfinance_history,
    yfinance_two_tickers,
    nasdaq,
    nasdaq_currency,
    investing_us,
    investing_uk,
    investing_month_names,
    investing_es,
    investing_pt,
    investing_fr,
    investing_de,
    investing_ko,
    investing_ko_words,
    exchanges.stooq,
    exchanges.stooq_bulk,
    exchanges.marketwatch,
    exchanges.wsj,
    exchanges.alpha_vantage,
    exchanges.quandl,
    exchanges.quandl_futures,
    exchanges.tiingo,
    exchanges.kaggle_long,
    exchanges.fred_old,
    exchanges.fred_new,
    exchanges.nse,
    exchanges.bse,
    exchanges.ariva,
    exchanges.onvista,
    exchanges.netease,
    exchanges.googlefinance,
)
INTRADAY: tuple[Format, ...] = (
    exchanges.tradingview_unix,
    exchanges.tradingview_iso,
    exchanges.metatrader4,
    exchanges.metatrader5,
    exchanges.histdata,
    exchanges.binance_ms,
    exchanges.binance_us,
)
HOURLY: tuple[Format, ...] = (exchanges.cryptodatadownload,)
