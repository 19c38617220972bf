"""Words of real exports, in the languages they come in: one place to add another.

All are lower case and compared with a header or a cell after ``normal``.
"""

from __future__ import annotations

import re
import unicodedata

from forecast.reading.months import MONTHS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A cell that says "nothing here".
NULLS = _words(
    """
    null none nan na n/a n.a. n.a n/d nd #n/a #na #n/a n/a #value! #ref! #div/0! #name? #null!
    #num! nil missing ** *** **** ***** - -- --- — – . .. ... … ? ?? n/e n\\a \\n (null) <na>
    <null> <nil> nat
    void blank unknown undefined inf -inf +inf infinity -infinity ∞ -∞ * : ... loading... k.a.
    k.a n.v. entf. keine s/d s.d. 无 暂无 なし
    없음 #error! error -nan 1.#qnan -1.#ind 1.#inf
    """
) | {
    "", "#n/a n/a", "no data", "not available", "no value", "not a number", "nicht verfügbar",
    "k. a.", "n. v.",
}  # fmt: skip

DATES = _words(
    """
    date datum fecha data día dia giorno dato
    tarih tanggal tarikh ημερομηνία kuupäev datums дата 日期 날짜 日付 ngày päivä päivämäärä dátum
    datetime date/time timestamp zeit zeitpunkt zeitstempel time
    hora heure ora tid время 时间 時間
    시간 day tag jour period periode période periodo
    período month monat mois mes mese mês week
    woche quarter year jahr année año anno ano observation_date time_period timeperiod
    miesiąc miesiac měsíc mesiac hónap kuukausi måned månad maand luna lună mjesec mėnuo mēnesis
    bulan tháng місяць μήνας
    utc_timestamp unix epoch ts dt ds dtyyyymmdd aaaammjj aaaammjjhh aaaammdd jjjjmmtt jjjjmmdd
    trade_date tradedate trading_date handelstag utc
    תאריך
    window_start starttime start_time start_timestamp yyyymmdd
    年月 月份 期間 時点
    التاريخ تاریخ open_time opentime date_time settlementdate mtu index_date asofdate as_of_date
    """
)
WEEK_COLUMNS = _words(
    """
    kw kalenderwoche woche week weeks wk calendarweek isoweek cw semaine semana settimana vecka uge
    """
)
CLOCKS = _words(
    """
    time hora heure ora uhrzeit zeit tid hour
    stunde heures horas klockslag klokkeslett klokkeslæt kl klo kello kellonaika ora ore orario
    tijd tijdstip uur godz godzina hodina čas idő óra час часы время 时间 時間
    시간 hr hh he hour_ending hourending std saat czas settlementperiod 時刻コード 時刻 時間帯
    """
)
MINUTES = _words("mn min minute minutes")
YEARS = _words(
    """
    year yr yyyy yy jahr année annee año ano anno jaar rok год 年 년
    vuosi år yıl év an 연도 έτος godina metai gads rik рік
    """
)
MONTH_COLUMNS = _words(
    """
    period month mon mo mm monat mois mes mese mês mth maand месяц 月 월
    miesiąc miesiac měsíc mesiac hónap kuukausi måned månad luna lună mjesec mėnuo mēnesis bulan
    tháng місяць μήνας ay 월
    """
)
DAYS = _words(
    """
    day dy dd dom tag jour dia día giorno dag den день 日 일
    päivä dzień dzien gün nap ημέρα zi dan diena deň dienos
    """
)

# In the header of dates that are no times of anything measured.
BIRTHS = _words(
    """
    birth dob birthday birthdate geburtsdatum geburtstag geburt geboren naissance nacimiento nascita
    nascimento geboortedatum födelsedatum fødselsdato urodzenia narození rođenja
    """
)
# In the header of numbers that run on, these say that it is the time that runs.
TIMES = _words(
    """
    date datum fecha time zeit zeitpunkt zeitstempel hora heure ora tid uhrzeit timestamp datetime
    elapsed seconds sekunden secondes milliseconds julian jd mjd unix epoch
    日期 时间 時間 시간 время
    """
)
# Whole headers of columns that count within a year; "hours per week" is none of them.
WEEK_NAMES = WEEK_COLUMNS | {
    "iso week", "week of year", "week number", "week no", "week num", "calendar week", "cal week",
}  # fmt: skip
# Words in a header that make a year and a quarter of 20061; a lone q is as often a flow.
QUARTER_COLUMNS = _words(
    "quarter qtr yyyyq quartal trimestre kvartal kwartał kwartal kwartaal квартал"
)
QUARTER_NAMES = QUARTER_COLUMNS | {"q", "fiscal quarter", "quarter number", "quarter no"}
DAY_NAMES = _words("doy yday dayofyear day_of_year jday julian_day") | {"day of year", "julian day"}

# Beside or instead of a date: what sums up the rows above.
TOTALS = _words(
    """
    total totals subtotal totale totaal totalt totaux sum summe gesamt insgesamt zusammen somme suma
    soma annual yearly average avg mean mittelwert durchschnitt jahresdurchschnitt jahresmittel
    jahreswert moyenne promedio media média gennemsnitt snitt ensemble ytd итого всего 合計 总计
    合计 小計 小计 年計 平均 합계
    """
)

CLOSES = _words(
    """
    close closing schluss schlusskurs schlußkurs cierre clôture cloture chiusura fechamento
    zamknięcie zamkniecie закрытие 收盘价 收盘 收盤價 收盤
    終値 종가 kapanış slotkoers slot stängning zár נעילה
    close/last lukukurssi päätöskurssi סגירה الإغلاق closeprice close_price closing_price c
    """
)
ADJUSTED = _words(
    """
    adj adjusted adjclose adj_close
    angepasst bereinigt bereinigter ajusté ajustée ajustado ajustada rettificato rettificata 调整
    """
)
PRICES = _words(
    """
    zuletzt laatste laatst ostatnio senaste viimeksi آخر
    last letzter letzte último ultimo dernier ultimul price lmp precio preço preco prix prezzo preis
    kurs cours koers cena цена 最新价 価格 价格
    가격 settle settlement ltp nav fiyat şimdi última son
    kurz terakhir τιμή ціна kaina מחיר السعر سعر kurssi pris kurssit
    """
)
VALUES = _words(
    """
    value val wert valor valeur valore obs_value y target sales balance saldo solde
    demand load bal
    consumption count total revenue price_usd close_usd amount quantity mw kwh
    cases views visits users population traffic 值 値 값 verbrauch umsatz 売上 売上高 销售额
    """
)
# What people forecast too, but as often what something else depends on.
WEATHER = _words(
    """
    temperature temp temperatur température temperatura humidity index wind
    """
)
# What offices and stations publish in one column: rates, indices and readings of all kinds.
READINGS = _words("value val obs_value wert valeur valor rate growth share ratio")
# Whole headers of what comes with a sum of money.
EXTRAS = _words(
    "tax taxes tip tips fee fees discount discounts shipping rabatt gebühr trinkgeld steuer"
)
DURATIONS = _words(
    """
    duration durations dauer durée duración durata duur elapsed length sleep schlaf aht pause break
    worked arbeitszeit hours stunden heures horas
    """
)
PERCENTS = _words("pct percent percentage")  # beside "%"
BARS = _words(
    """
    open high low opening eröffnung erster hoch tief apertura máximo mínimo maximo minimo máx
    mín ouv ouverture haut bas plus abertura máxima mínima otwarcie najwyzszy najnizszy
    najwyższy najniższy открытие откр макс мин max min 开盘价
    最高价 最低价 前收盘 始値 高値 安値 시가 고가 저가 açılış
    yüksek düşük o h l prev previous vwap wap 52w bid ask
    """
)
ASIDES = _words(
    """
    volume vol vol. tickvol volumen volumem volym
    volumes wolumen объём 成交量 成交金额 出来高 거래량 hacim
    stuecke stücke change chg var var. variation
    variación variação veränderung diff 涨跌额 涨跌幅 换手率
    변동 변동률 変化率 turnover
    umsatz_stk trades quantity_traded shares deliverable marketcap
    market_cap cap dividends dividend splits split splitfactor divcash ex-dividend openint
    open_interest openinterest spread tickvolume qty
    taker quote ignore 总市值 流通市值 erw
    fark изм weekday returns return veränd δ holiday promo isholiday v chp
    verhältnis oi מחזור mwst ust vat tva iva moms btw mehrwertsteuer umsatzsteuer
    """
)
COUNTERS = _words(
    """
    index id idx no nr row # num number rownum lfd position rank code zip lat lon latitude
    longitude serial line key s.no sno s/n s.n instant record_id unnamed
    """
)
# What is counted or earned in each step, so that the sum over several steps means something.
AMOUNTS = _words(
    """
    sales takings revenue turnover income orders visitors visits views pageviews customers
    rentals rides trips passengers cases calls tickets admissions arrivals births deaths
    consumption rainfall precipitation sold sessions downloads clicks
    umsatz einnahmen erlös erlöse absatz verkäufe bestellungen besucher gäste kunden fahrten
    verbrauch niederschlag ventas ingresos visitas pedidos ventes recettes visiteurs commandes
    vendite ricavi visitatori vendas receita kwh mwh amount betrag montant importe bedrag
    """
)
# In the header of what somebody said beforehand, beside which stands what came.
PLANNED = _words(
    """
    predicted predict prediction forecast forecasted plan planned budget budgeted expected
    soll sollwert prognose prognosen geplant prévision prévisions prévu previsto previsione
    previsión pronóstico presupuesto orçado previsão prognoza ennuste
    """
)
# What comes in whole pieces: 12.934 of them are twelve thousand.
PIECES = _words(
    """
    units pieces pcs qty quantity count counts sold visitors visits views orders customers tickets
    passengers guests stk stück stückzahl anzahl menge absatz besucher gäste kunden aufrufe
    quantité nombre visiteurs commandes unidades cantidad visitas pedidos pezzi quantità visitatori
    unidade unidades quantidade stuks aantal bezoekers antal sztuk sztuki ilość liczba
    """
)
# Beside such a word they are prices, means, running totals or levels.
NO_AMOUNTS = _words(
    """
    price prices preis avg average mean median mittel per pro je cum cumulative cumulated kumuliert
    total active open aktiv offen index duration dauer lag capita head ratio log diff max min
    outstanding balance saldo solde bestand inventory
    """
)
EPOCHS = _words(
    """
    window_start start_timestamp
    unix epoch timestamp unixtime ts unix_timestamp time close_time open_time
    """
)
ENTITIES = _words(
    """
    symbol ticker name code stock company isin wkn country region entity series_id item store id
    product location station currency pair asset coin sku dept series iso_code city state type
    代码 股票代码 名称 종목 銘柄 instrument security unique_id group category
    """
)

HEADER_WORDS = (
    DATES
    | CLOCKS
    | CLOSES
    | ADJUSTED
    | PRICES
    | VALUES
    | BARS
    | ASIDES
    | ENTITIES
    | frozenset(MONTHS)
)

_STRIP = re.compile(r"[<>\"'’*]|\([^)]*\)|\[[^\]]*\]")
_SPLIT = re.compile(r"[^\w#%/.]+|(?<=[a-z])(?=[A-Z])")


def normal(header: str) -> str:
    """A header for comparing: lower case, no units in brackets, single blanks."""
    text = unicodedata.normalize("NFKC", header)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = _STRIP.sub(" ", text).lower()
    bare = " ".join(bare.split()) or " ".join(re.sub(r"[\[\]()<>]", " ", text).lower().split())
    return bare.strip(" .:;")


def tokens(header: str) -> frozenset[str]:
    """The words of a header, for looking them up in the sets above."""
    bare = normal(header)
    parts = {part.strip("._/") for part in re.split(r"[\s_\-,;:|/]+", bare)}
    return frozenset((parts | {bare, bare.replace(" ", "_"), bare.replace(" ", "")}) - {""})
