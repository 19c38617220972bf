"""Exports of brokers, exchanges, central banks and trading programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tests.corpus.cases import Bar, Written, closes, group, indian, table


def stooq(rows: Sequence[Bar]) -> Written:
    lines = [f"{b.when:%Y-%m-%d},{b.open},{b.high},{b.low},{b.close},{b.volume}" for b in rows]
    return Written(table("Date,Open,High,Low,Close,Volume", lines, "\r\n"), "Close", closes(rows))


def stooq_bulk(rows: Sequence[Bar]) -> Written:
    header = "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>"
    lines = [
        f"AAPL.US,D,{b.when:%Y%m%d},000000,{b.open},{b.high},{b.low},{b.close},{b.volume},0"
        for b in rows
    ]
    return Written(table(header, lines), "<CLOSE>", closes(rows))


def marketwatch(rows: Sequence[Bar]) -> Written:
    lines = [
        f'{b.when:%m/%d/%Y},"{group(b.open)}","{group(b.high)}","{group(b.low)}",'
        f'"{group(b.close)}","{group(b.volume, 0)}"'
        for b in reversed(rows)
    ]
    return Written(table("Date,Open,High,Low,Close,Volume", lines), "Close", closes(rows))


def wsj(rows: Sequence[Bar]) -> Written:
    lines = [f"{b.when:%m/%d/%y}, {b.open}, {b.high}, {b.low}, {b.close}" for b in reversed(rows)]
    return Written(table("Date, Open, High, Low, Close", lines), "Close", closes(rows))


def alpha_vantage(rows: Sequence[Bar]) -> Written:
    lines = [
        f"{b.when:%Y-%m-%d},{b.open:.4f},{b.high:.4f},{b.low:.4f},{b.close:.4f},{b.close:.4f},"
        f"{b.volume},0.0000,1.0"
        for b in reversed(rows)
    ]
    header = "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient"
    return Written(table(header, lines, "\r\n"), "close", closes(rows))


def quandl(rows: Sequence[Bar]) -> Written:
    header = "Date,Open,High,Low,Close,Volume,Ex-Dividend,Split Ratio,Adj. Open,Adj. Close"
    lines = [
        f"{b.when:%Y-%m-%d},{b.open},{b.high},{b.low},{b.close},{b.volume}.0,0.0,1.0,1.5,"
        f"{b.close / 3:.12f}"
        for b in reversed(rows)
    ]
    return Written(table(header, lines), "Close", closes(rows))


def quandl_futures(rows: Sequence[Bar]) -> Written:
    header = "Date,Open,High,Low,Last,Change,Settle,Volume,Previous Day Open Interest"
    lines = [
        f"{b.when:%Y-%m-%d},{b.open},{b.high},{b.low},{b.open},,{b.close},{b.volume}.0,3000.0"
        for b in rows
    ]
    return Written(table(header, lines), "Settle", closes(rows))


def tiingo(rows: Sequence[Bar]) -> Written:
    header = (
        "date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,"
        "splitFactor"
    )
    lines = [
        f"{b.when:%Y-%m-%d},{b.close},{b.high},{b.low},{b.open},{b.volume},{b.close / 2:.8f},1.0,"
        f"1.0,1.0,{b.volume},0.0,1.0"
        for b in rows
    ]
    return Written(table(header, lines), "close", closes(rows))


def tradingview_unix(rows: Sequence[Bar]) -> Written:
    zero = dt.datetime(1970, 1, 1)
    lines = [
        f"{int((b.when - zero).total_seconds())},{b.open},{b.high},{b.low},{b.close},{b.volume}"
        for b in rows
    ]
    return Written(table("time,open,high,low,close,Volume", lines), "close", closes(rows))


def tradingview_iso(rows: Sequence[Bar]) -> Written:
    lines = [
        f"{b.when:%Y-%m-%dT%H:%M:%SZ},{b.open},{b.high},{b.low},{b.close},{b.volume},NaN"
        for b in rows
    ]
    return Written(table("time,open,high,low,close,Volume,Volume MA", lines), "close", closes(rows))


def metatrader4(rows: Sequence[Bar]) -> Written:
    lines = [
        f"{b.when:%Y.%m.%d},{b.when:%H:%M},{b.open},{b.high},{b.low},{b.close},{b.volume}"
        for b in rows
    ]
    return Written(table("", lines, "\r\n"), "column 6", closes(rows))


def metatrader5(rows: Sequence[Bar]) -> Written:
    header = "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>"
    lines = [
        f"{b.when:%Y.%m.%d}\t{b.when:%H:%M:%S}\t{b.open}\t{b.high}\t{b.low}\t{b.close}\t"
        f"{b.volume}\t0\t12"
        for b in rows
    ]
    return Written(table(header, lines), "<CLOSE>", closes(rows))


def histdata(rows: Sequence[Bar]) -> Written:
    lines = [f"{b.when:%Y%m%d %H%M%S};{b.open};{b.high};{b.low};{b.close};0" for b in rows]
    return Written(table("", lines), "column 5", closes(rows))


def _binance(rows: Sequence[Bar], unit: int) -> Written:
    zero = dt.datetime(1970, 1, 1)
    lines = []
    for b in rows:
        stamp = int((b.when - zero).total_seconds()) * unit
        lines.append(
            f"{stamp},{b.open:.8f},{b.high:.8f},{b.low:.8f},{b.close:.8f},{b.volume / 1e5:.8f},"
            f"{stamp + 60 * unit - 1},{b.volume / 7:.8f},{b.volume % 977},{b.volume / 2e5:.8f},"
            f"{b.volume / 15:.8f},0"
        )
    return Written(table("", lines), "column 5", closes(rows))


def binance_ms(rows: Sequence[Bar]) -> Written:
    return _binance(rows, 1_000)


def binance_us(rows: Sequence[Bar]) -> Written:
    return _binance(rows, 1_000_000)


def cryptodatadownload(rows: Sequence[Bar]) -> Written:
    zero = dt.datetime(1970, 1, 1)
    lines = []
    for place, b in enumerate(reversed(rows)):
        late = place < len(rows) // 2
        stamp = int((b.when - zero).total_seconds()) * (1_000 if late else 1)
        day = f"{b.when:%Y-%m-%d %H:%M:%S}" if late else f"{b.when:%Y-%m-%d %I-%p}"
        lines.append(f"{stamp},{day},BTC/USD,{b.open},{b.high},{b.low},{b.close},{b.volume},1.5")
    header = (
        "https://www.CryptoDataDownload.com\n"
        "unix,date,symbol,open,high,low,close,Volume BTC,Volume USD"
    )
    return Written(table(header, lines), "close", closes(rows))


def kaggle_long(rows: Sequence[Bar]) -> Written:
    lines = [
        f"{b.when:%Y-%m-%d},{b.open * k:.2f},{b.high * k:.2f},{b.low * k:.2f},{b.close * k:.2f},"
        f"{b.volume},{name}"
        for k, name in ((1, "AAL"), (2, "AAPL"), (5, "ZTS"))
        for b in rows
    ]
    return Written(table("date,open,high,low,close,volume,Name", lines), "close", closes(rows))


def fred_old(rows: Sequence[Bar]) -> Written:
    lines = [f"{b.when:%Y-%m-%d},{b.close}" for b in rows]
    lines[3] = lines[3].split(",")[0] + ",."
    points = [point for place, point in enumerate(closes(rows)) if place != 3]
    return Written(table("DATE,DGS10", lines), "DGS10", points)


def fred_new(rows: Sequence[Bar]) -> Written:
    lines = [f"{b.when:%Y-%m-%d},{b.close}" for b in rows]
    lines[3] = lines[3].split(",")[0] + ","
    points = [point for place, point in enumerate(closes(rows)) if place != 3]
    return Written(table("observation_date,DGS10", lines), "DGS10", points)


def nse(rows: Sequence[Bar]) -> Written:
    header = (
        '"Date ","series ","OPEN ","HIGH ","LOW ","PREV. CLOSE ","ltp ","close ","vwap ",'
        '"52W H ","52W L ","VOLUME ","VALUE ","No of trades "'
    )
    lines = []
    for b in reversed(rows):
        numbers = (b.open, b.high, b.low, b.open, b.open, b.close, b.close, 9000, 10)
        cells = [f'"{b.when:%d-%b-%Y}"', '"EQ"', *(f'"{indian(number)}"' for number in numbers)]
        cells += [f'"{indian(b.volume, 0)}"', f'"{indian(b.volume * b.close)}"', '"98,765"']
        lines.append(",".join(cells))
    return Written(table(header, lines), "close", closes(rows))


def bse(rows: Sequence[Bar]) -> Written:
    header = (
        "Date,Open Price,High Price,Low Price,Close Price,WAP,No.of Shares,No. of Trades,"
        "Total Turnover (Rs.),Deliverable Quantity,% Deli. Qty to Traded Qty,Spread High-Low,"
        "Spread Close-Open"
    )
    lines = [
        f"{b.when.day}-{b.when:%B-%Y},{b.open},{b.high},{b.low},{b.close},{b.close:.6f},{b.volume},"
        f"3001,{b.volume * 3}.00,12345,45.6,1.2,0.4,"
        for b in reversed(rows)
    ]
    return Written(table(header, lines), "Close Price", closes(rows))


def ariva(rows: Sequence[Bar]) -> Written:
    def number(value: float, digits: int = 2) -> str:
        return group(value, digits, ".", ",")

    lines = [
        f"{b.when:%Y-%m-%d};{number(b.open)};{number(b.high)};{number(b.low)};{number(b.close)};"
        f"{number(b.volume, 0)};{number(b.volume * 3, 0)}"
        for b in reversed(rows)
    ]
    header = "Datum;Erster;Hoch;Tief;Schlusskurs;Stuecke;Volumen"
    return Written(table(header, lines), "Schlusskurs", closes(rows))


def onvista(rows: Sequence[Bar]) -> Written:
    def number(value: float, digits: int = 2) -> str:
        return group(value, digits, ".", ",")

    lines = [
        f"{b.when:%d.%m.%Y};{number(b.open)};{number(b.high)};{number(b.low)};{number(b.close)};"
        f"{number(b.volume, 0)}"
        for b in rows
    ]
    header = "Datum;Eröffnung;Hoch;Tief;Schluss;Volumen"
    return Written(table(header, lines), "Schluss", closes(rows), "cp1252")


def netease(rows: Sequence[Bar]) -> Written:
    header = (
        "日期,股票代码,名称,收盘价,最高价,最低价,开盘价,前收盘,涨跌额,涨跌幅,换手率,"
        "成交量,成交金额,总市值,流通市值"
    )
    lines = [
        f"{b.when:%Y-%m-%d},'600000,浦发银行,{b.close},{b.high},{b.low},{b.open},{b.open},0.1,"
        f"{b.change:.4f},0.11,{b.volume},{b.volume * 10}.0,3.6E+11,3.5E+11"
        for b in reversed(rows)
    ]
    return Written(table(header, lines, "\r\n"), "收盘价", closes(rows), "gb18030")


def googlefinance(rows: Sequence[Bar]) -> Written:
    lines = [f"{b.when.month}/{b.when.day}/{b.when.year} 16:00:00,{b.close}" for b in rows]
    points = [(b.when.replace(hour=16, minute=0), b.close) for b in rows]
    return Written(table("Date,Close", lines), "Close", points)
