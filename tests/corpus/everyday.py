"""What people have lying about: shops, websites, meters, weather stations, banks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tests.corpus.cases import Case, Point, Written, bars, case, closes, group, table

ROWS = bars(90, "2022-02-28", "1440", seed=91)  # every day
HOURS = bars(120, "2022-03-01 00:00", "60", seed=92)
HALF_HOURS = bars(192, "2022-03-01 00:00", "30", seed=93)


def yahoo_page_copied() -> Written:
    """The table of the web page, where dividends stand between the prices."""
    trading = bars(50, seed=94)
    lines = [
        f"{b.when:%b} {b.when.day}, {b.when.year}\t{b.open}\t{b.high}\t{b.low}\t{b.close}\t"
        f"{b.close * 0.9:.2f}\t{b.volume:,}"
        for b in reversed(trading)
    ]
    lines.insert(9, "Mar 6, 2019\t0.24 Dividend")
    header = "Date\tOpen\tHigh\tLow\tClose\tAdj Close\tVolume"
    return Written(table(header, lines), "Close", closes(trading))


def boursorama() -> Written:
    """A tab at the end of every line, the last one too."""
    lines = [
        f"{b.when:%d/%m/%Y} 00:00\t{b.open}\t{b.high}\t{b.low}\t{b.close}\t{b.volume}\tEUR\t"
        for b in ROWS
    ]
    header = "date\touv\thaut\tbas\tclot\tvol\tdevise\t"
    return Written(table(header, lines, "\r\n"), "clot", closes(ROWS))


def wincc_stopped() -> Written:
    """A recorder's archive, with a row of its own where it was switched off."""
    lines = [
        f'"Boiler";"{b.when:%d.%m.%Y %H:%M:%S}";{b.close};1;{45_000_000_000 + i * 0.04:.4f}'
        for i, b in enumerate(HOURS)
    ]
    lines.append('"$RT_OFF$";"06.03.2022 00:30:00";0;2;45000000009.9')
    header = '"VarName";"TimeString";"VarValue";"Validity";"Time_ms"'
    return Written(table(header, lines, "\r\n"), "VarValue", closes(HOURS))


def analytics() -> Written:
    """Days by their number, the first of which stands in a comment, and another report below."""
    first, last = ROWS[0].when, ROWS[-1].when
    above = [
        "# ----------------------------------------",
        "# Traffic acquisition: Session medium",
        f"# Start date: {first:%Y%m%d}",
        f"# End date: {last:%Y%m%d}",
    ]
    rows = [f"{i:04d},{b.volume}" for i, b in enumerate(ROWS)]
    below = ["#", *above[2:], "Session medium,Sessions", "organic,8888", "referral,555"]
    points = [(b.when, float(b.volume)) for b in ROWS]
    return Written(table("\n".join(above), ["Nth day,Sessions", *rows, *below]), "Sessions", points)


def cloud_costs() -> Written:
    """Sums below the names, which hold digits and currencies; the last column is the whole."""
    rows = [f'"{b.when:%Y-%m-%d}","{b.close}","{b.low}","{b.high}"' for b in ROWS]
    head = '"Service","EC2-Instances($)","S3($)","Total costs($)"'
    sums = '"Service total","900.5","80.2","980.7"'
    points = [(b.when, b.high) for b in ROWS]
    return Written(table(head, [sums, *rows]), "Total costs($)", points)


def cash_book() -> Written:
    """Cash and cards apart, and both together."""
    rows = [f"Z{i:04d};{b.when:%d.%m.%y};{b.low};{b.close};{b.high}" for i, b in enumerate(ROWS)]
    points = [(b.when, b.high) for b in ROWS]
    return Written(table("Beleg;Datum;Bar €;EC-Karte €;Gesamt €", rows), "Gesamt €", points)


def meses() -> Written:
    """Months in words, with a word between month and year."""
    rows = bars(90, "2022-02-28", "1440", seed=91)
    names = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
    ]
    names += ["diciembre"]
    months = [(2015 + i // 12, i % 12) for i in range(len(rows))]
    lines = [f"{names[m]} de {y};{b.close}" for (y, m), b in zip(months, rows, strict=True)]
    points = [(dt.datetime(y, m + 1, 1), b.close) for (y, m), b in zip(months, rows, strict=True)]
    return Written(table("Mes;Ventas", lines), "Ventas", points)


def central_bank() -> Written:
    """Name, title, unit and date of issue above each series."""
    above = [
        '"";BBEX3.D.USD;BBEX3.D.USD_FLAGS',
        '"";Euro reference exchange rate;',
        "unit;USD;",
        "unit multiplier;one;",
        "last update;2024-01-12 10:02:11;",
    ]
    rows = [f"{b.when:%Y-%m-%d};{b.close};" for b in ROWS]
    name = "BBEX3.D.USD Euro reference exchange rate [USD]"
    return Written(table(above[0], [*above[1:], *rows]), name, closes(ROWS))


def analytics_by_day() -> Written:
    """Days as plain digits beside counts, which could be one number with a decimal comma."""
    above = ["# Free form", "# Shop", "#", "", "Date,Active users", ",807112,Grand total"]
    rows = [f"{b.when:%Y%m%d},{b.volume}" for b in ROWS]
    points = [(b.when, float(b.volume)) for b in ROWS]
    return Written(table(above[0], [*above[1:], *rows]), "Active users", points)


def parts_of_years() -> Written:
    """As R's data sets come: a row's number, a year with its part, a value."""
    months = [(1949 + i // 12, i % 12) for i in range(len(ROWS))]
    rows = [
        f"{i + 1},{y + m / 12:.10g},{b.close}"
        for i, ((y, m), b) in enumerate(zip(months, ROWS, strict=True))
    ]
    points = [(dt.datetime(y, m + 1, 1), b.close) for (y, m), b in zip(months, ROWS, strict=True)]
    return Written(table('"rownames","time","value"', rows), "value", points)


def yen() -> Written:
    """In Japan's old encoding the yen takes the backslash's place."""
    months = [(2015 + i // 12, i % 12 + 1) for i in range(len(ROWS))]
    rows = [f'{y}年{m}月,"\\{b.volume:,}"' for (y, m), b in zip(months, ROWS, strict=True)]
    points = [
        (dt.datetime(y, m, 1), float(b.volume)) for (y, m), b in zip(months, ROWS, strict=True)
    ]
    return Written(table("年月,売上高(円)", rows), "売上高(円)", points, encoding="cp932")


def blanks_alone() -> Written:
    """A day and a value, wide apart, below a remark."""
    rows = [f"{b.when:%Y-%m-%d}   {b.close:8.2f}" for b in ROWS]
    return Written(table("# station 12  daily discharge m3/s", rows), "column 2", closes(ROWS))


def river() -> Written:
    """Formats of the columns below their names."""
    rows = [f"USGS\t01646500\t{b.when:%Y-%m-%d}\t{b.close}\tA" for b in ROWS]
    head = "agency_cd\tsite_no\tdatetime\t68478_00060_00003\t68478_00060_00003_cd"
    lines = ["# data from the gauge", "#", head, "5s\t15s\t20d\t14n\t10s", *rows]
    return Written(table(lines[0], lines[1:]), "68478_00060_00003", closes(ROWS))


def polygon() -> Written:
    """Nanoseconds since 1970."""
    lines = [
        f"AMZN,{b.volume},{b.open},{b.close},{b.high},{b.low},{_epoch(b.when)}000000000,77"
        for b in HOURS
    ]
    header = "ticker,volume,open,close,high,low,window_start,transactions"
    return Written(table(header, lines), "close", closes(HOURS))


def interactive_brokers() -> Written:
    """Two blanks between date and time."""
    lines = [f"{b.when:%Y%m%d  %H:%M:%S},{b.open},{b.high},{b.low},{b.close},9" for b in HOURS]
    return Written(table("date,open,high,low,close,volume", lines), "close", closes(HOURS))


def entsoe_bidding_zone() -> Written:
    """A bar and blanks inside quoted cells."""
    lines = [
        f'"{b.when:%d.%m.%Y %H:%M} - {b.when + dt.timedelta(hours=1):%d.%m.%Y %H:%M}",'
        f'"{b.close}","EUR","BZN|DE-LU"'
        for b in HOURS
    ]
    header = '"MTU (CET/CEST)","Day-ahead Price [EUR/MWh]","Currency","BZN|DE-LU"'
    return Written(table(header, lines), "Day-ahead Price [EUR/MWh]", closes(HOURS))


def website_visitors() -> Written:
    """Two whole numbers with a comma between them are two numbers."""
    above = "# -----------\n# Reports snapshot\n# Start date: 20220228\n# End date: 20220528\n"
    lines = [f"{b.when:%Y%m%d},{1200 + i % 41}" for i, b in enumerate(ROWS)]
    points = [(b.when, 1200.0 + i % 41) for i, b in enumerate(ROWS)]
    return Written(above + table("Date,Active users", lines), "Active users", points)


def degrees() -> Written:
    lines = [f"{b.when:%Y-%m-%d %H:%M:%S},{b.close} °C" for b in HOURS]
    return Written(table('"Time","temp"', lines), "temp", closes(HOURS))


def shops_with_weather() -> Written:
    """The sales are to be forecast, not the weather beside them."""
    lines = [
        f"{shop},{b.when:%d-%m-%Y},{b.close * shop:.2f},{int(i % 20 == 0)},{40 + i % 30}.5"
        for shop in (1, 2, 3)
        for i, b in enumerate(ROWS)
    ]
    header = "Store,Date,Weekly_Sales,Holiday_Flag,Temperature"
    return Written(table(header, lines), "Weekly_Sales", closes(ROWS))


def weather_station() -> Written:
    lines = [f"  260,{b.when:%Y%m%d},   {b.close}" for b in ROWS]
    above = "# SOURCE: a weather service\n\n"
    return Written(above + table("# STN,YYYYMMDD,   TG", lines), "TG", closes(ROWS))


def satellite() -> Written:
    """A year and the number of the day in it."""
    above = "-BEGIN HEADER-\nDaily data \nDates (month/day/year): 02/28/2022\n-END HEADER-\n"
    lines = [f"{b.when.year},{b.when.timetuple().tm_yday},{b.close}" for b in ROWS]
    return Written(above + table("YEAR,DOY,T2M", lines), "T2M", closes(ROWS))


def columns_of_blanks() -> Written:
    """12.50 is a value here and no time of day."""
    rows = [(b.when, round(12 + 0.01 * i, 2)) for i, b in enumerate(ROWS)]
    lines = [f"{when:%Y-%m-%d}    {value:.2f}" for when, value in rows]
    return Written(table("Date        Close", lines), "Close", rows)


def settlement_periods() -> Written:
    lines = [
        f"{b.when:%d-%b-%Y},{b.when.hour * 2 + b.when.minute // 30 + 1},{b.close}"
        for b in HALF_HOURS
    ]
    header = "SettlementDate,SettlementPeriod,Demand"
    return Written(table(header, lines), "Demand", closes(HALF_HOURS))


def home_automation() -> Written:
    lines = [
        f"sensor.temp,{'unavailable' if i == 9 else b.close},{b.when:%Y-%m-%dT%H:%M:%S}Z"
        for i, b in enumerate(HOURS)
    ]
    points: Sequence[Point] = [point for i, point in enumerate(closes(HOURS)) if i != 9]
    return Written(table("entity_id,state,last_changed", lines), "state", points)


def onset_hobo() -> Written:
    """Numbered rows, serial numbers in the header, and an end that the logger notes."""
    lines = [f"{i},{b.when:%m/%d/%y %I:%M:%S %p},{b.close},," for i, b in enumerate(HOURS, 1)]
    lines.append(f"121,{HOURS[-1].when:%m/%d/%y} 11:59:00 PM,,Logged,Logged")
    name = "Temp, °C (LGR S/N: 1035, SEN S/N: 1035)"
    header = f'"#","Date Time, GMT+01:00","{name}","Host Connected (LGR S/N: 1035)","End Of File"'
    above = '"Plot Title: 1035"\n'
    return Written(above + table(header, lines), name, closes(HOURS), "utf-8-sig")


def till() -> Written:
    lines = [
        f'"{b.when:%d.%m.%Y}";"{group(b.close, 2, ".", ",")} €";"Berlin"' for b in reversed(ROWS)
    ]
    header = '"Tag";"Umsatz in €";"Filiale"'
    return Written(table(header, lines), "Umsatz in €", closes(ROWS), "cp1252")


def spelled_out() -> Written:
    lines = [f'"{b.when:%A}, {b.when:%B} {b.when.day}, {b.when.year}",{b.close}' for b in ROWS]
    return Written(table("Date,Revenue", lines), "Revenue", closes(ROWS))


def markdown() -> Written:
    lines = [f"| {b.when:%Y-%m-%d} | {b.close} |" for b in ROWS]
    above = "| Date | Close |\n|------|-------|\n"
    return Written(above + table("", lines), "Close", closes(ROWS))


def percentages() -> Iterator[Case]:
    """Rates and shares are what people forecast, where they are no changes of a price."""
    for header in (
        "Unemployment rate (%),Labour force", "Approval %,Sample size", "CPU %,Threads",
        "Soil moisture (%),Battery (V)", "Humidity (%),Rain (mm)", "Interest rate,Fee",
        "Market share pct,Stores", "Percent positive,Tests",
    ):  # fmt: skip
        lines = [f"{b.when:%Y-%m-%d},{b.close},{b.volume % 977}" for b in ROWS]
        name = header.split(",")[0]
        yield case(
            f"percent: {header}", Written(table(f"Date,{header}", lines), name, closes(ROWS))
        )
    for header in (
        "DAX,+/- %", "DAX,%", "DAX,Chg%", "DAX,% change", "DAX,Open Interest", "DAX,Δ %",
        "DAX,Veränd. %", "DAX,pctChange", "DAX,Options Open Interest",
    ):  # fmt: skip
        before = ",".join(reversed(header.split(",")))
        for names, order in ((header, (0, 1)), (before, (1, 0))):
            rows = [(f"{b.close}", f"{b.change:.2f}") for b in ROWS]
            lines = [
                f"{b.when:%Y-%m-%d},{row[order[0]]},{row[order[1]]}"
                for b, row in zip(ROWS, rows, strict=True)
            ]
            written = Written(table(f"Date,{names}", lines), "DAX", closes(ROWS))
            yield case(f"a change, no rate: {names}", written)


def times_as_numbers() -> Iterator[Case]:
    """The time once more, as a number: it runs on with the dates and is no value."""
    start = dt.datetime(1970, 1, 1)
    days = [(b.when - start).days for b in ROWS]
    for name, cells in {
        "JD": [f"{day + 2440587.5}" for day in days],
        "Elapsed (s)": [f"{86_400 * i}" for i in range(len(ROWS))],
        "Time_ms": [f"{day * 1e6:.0f}" for day in days],
        "decimal date": [f"{b.when.year + b.when.timetuple().tm_yday / 365:.4f}" for b in ROWS],
        "As of Date in Form YYMMDD": [f"{b.when:%y%m%d}" for b in ROWS],
        "t": [f"{0.25 * i}" for i in range(len(ROWS))],
    }.items():
        for end in ("", ",flag"):
            lines = [
                f"{b.when:%Y-%m-%d},{cell},{b.close}" + (",7" if end else "")
                for b, cell in zip(ROWS, cells, strict=True)
            ]
            text = table(f"Date,{name},Level{end}", lines)
            yield case(f"time as a number: {name}{end}", Written(text, "Level", closes(ROWS)))
            text = table(f"Date,{name},Level{end}", lines[::-1])
            yield case(f"time, newest first: {name}{end}", Written(text, "Level", closes(ROWS)))


def co2() -> Written:
    """A year, a month, and both once more as a decimal fraction."""
    months = bars(120, "1990-01-15", "monthly", level=350.0, seed=95)
    lines = [
        f"{b.when.year},{b.when.month},{b.when.year + (b.when.month - 0.5) / 12:.4f},{b.close}"
        for b in months
    ]
    return Written(table("year,month,decimal date,average", lines), "average", closes(months))


def wincc() -> Written:
    """A time in millionths of a day beside the time as text."""
    zero = dt.datetime(1899, 12, 30)
    lines = [
        f'"Tank_Level";"{b.when:%d.%m.%Y %H:%M:%S}";{str(b.close).replace(".", ",")};1;'
        + f"{(b.when - zero) / dt.timedelta(days=1e-6):.6f}".replace(".", ",")
        for b in HOURS
    ]
    header = '"VarName";"TimeString";"VarValue";"Validity";"Time_ms"'
    return Written(table(header, lines), "VarValue", closes(HOURS))


def national_bank() -> Written:
    """Headings that are like amounts, names of some below them, and rows of words at the end."""
    lines = [
        f"{b.when:%Y%m%d};{str(b.close).replace('.', ',')};{i};{i:03d}/A/2022;"
        for i, b in enumerate(ROWS, start=1)
    ]
    below = ["", "kod ISO;USD;;;", "nazwa waluty;dolar amerykański;;;", "liczba jednostek;1;;;"]
    header = "data;1USD;nr tabeli;pełny numer tabeli;\n;dolar amerykański;;;"
    return Written(table(header, [*lines, *below]), "1USD", closes(ROWS))


def a_note_without_heading() -> Written:
    """The currency behind each price has no heading: the others keep theirs."""
    lines = [f"{b.when:%Y-%m-%d},{b.close},EUR" for b in ROWS]
    return Written(table("Date,Close", lines), "Close", closes(ROWS))


def sold_by_week() -> Written:
    """Thousands parted by points, and nothing in the dates that says so."""
    weeks = bars(60, "2021-01-04", "10080", seed=96)
    points = [(b.when, float(10_000 + 137 * i % 9_000)) for i, b in enumerate(weeks)]
    lines = [
        f"{when.isocalendar()[0]};{when.isocalendar()[1]};{f'{value:,.0f}'.replace(',', '.')}"
        for when, value in points
    ]
    return Written(table("Jahr;KW;Absatz (Stk.)", lines), "Absatz (Stk.)", points)


def station_first() -> Iterator[Case]:
    """Dates of eight digits, or of three columns, behind what names a station or a share."""
    points = closes(ROWS)
    french = [f"75114001;PARIS;48.8;{b.when:%Y%m%d};{b.close}" for b in ROWS]
    header = "NUM_POSTE;NOM_USUEL;LAT;AAAAMMJJ;RR"
    yield case("french station", Written(table(header, french), "RR", points))
    shares = [f"BHP,{b.when:%Y%m%d},{b.open},{b.high},{b.low},{b.close},{b.volume}" for b in ROWS]
    yield case("share without header", Written("\n".join(shares) + "\n", "column 6", points))
    polish = [f'"2491","BIELSKO","{b.when:%Y","%m","%d}",{b.close},""' for b in ROWS]
    yield case("polish station", Written("\n".join(polish) + "\n", "column 6", points))
    for year, month, day in (("Vuosi", "Kuukausi", "Päivä"), ("Rok", "Miesiąc", "Dzień")):
        parts = [f"Kaisaniemi,{b.when:%Y,%m,%d},{b.close}" for b in ROWS]
        header = f"Asema,{year},{month},{day},Arvo"
        yield case(f"parts: {year}", Written(table(header, parts), "Arvo", points))


def said_and_came() -> Written:
    """What was predicted stands before what was measured."""
    lines = [f"{b.when:%Y-%m-%d},{b.open},{b.close}" for b in ROWS]
    return Written(table("Date,Predicted (m),Verified (m)", lines), "Verified (m)", closes(ROWS))


def one_country() -> Written:
    """A single row of values below years, and notes below it."""
    years = [dt.datetime(1960 + i, 1, 1) for i in range(60)]
    points = [(year, 100 + 3.5 * i + i % 7) for i, year in enumerate(years)]
    header = "Country Name,Country Code," + ",".join(f"{y.year} [YR{y.year}]" for y in years)
    row = "Kenya,KEN," + ",".join(f"{value}" for _, value in points)
    notes = ["", "", "Data from database: Development Indicators", "Last Updated: 12/18/2023"]
    notes = [note + "," * 61 for note in notes]
    return Written(table(header, [row, *notes]), "Value", points)


def _epoch(when: dt.datetime) -> int:
    return int(when.replace(tzinfo=dt.UTC).timestamp())


def all_everyday() -> Iterator[Case]:
    """Everything in this module."""
    for write in (
        yahoo_page_copied,
        boursorama,
        polygon,
        interactive_brokers,
        entsoe_bidding_zone,
        website_visitors,
        degrees,
        shops_with_weather,
        weather_station,
        satellite,
        columns_of_blanks,
        settlement_periods,
        home_automation,
        onset_hobo,
        till,
        co2,
        wincc,
        wincc_stopped,
        analytics,
        central_bank,
        analytics_by_day,
        parts_of_years,
        yen,
        blanks_alone,
        river,
        cloud_costs,
        cash_book,
        meses,
        spelled_out,
        markdown,
        national_bank,
        a_note_without_heading,
        sold_by_week,
        said_and_came,
        one_country,
    ):
        yield case(write.__name__, write())
    yield from station_first()
    yield from percentages()
    yield from times_as_numbers()
