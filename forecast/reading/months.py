"""Names of months, long and short, in the languages that exports come in; all lower case."""

from __future__ import annotations

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "jan january januar jänner jän janv janvier enero ene gennaio gen janeiro januari stycznia "
        "styczeń sty ocak oca янв январь января led leden ledna janúar január tammikuu tammi ιαν",
        "feb february februar feber févr fev fevr février fevrier febrero febbraio fevereiro fév "
        "februari lutego luty lut şubat şub фев февраль февраля únor února február helmikuu helmi",
        "mar march mär märz maerz mrz mars marzo março marco maart mrt marca marzec mart мар март "
        "марта březen března marts március maaliskuu maalis mär. marc",
        "apr april avr avril abril abr aprile kwietnia kwiecień kwi nisan nis апр апрель апреля "
        "duben dubna április huhtikuu huhti apríl",
        "may mai mayo maggio mag maio mei maj maja mayıs май мая květen května május toukokuu "
        "touko",
        "jun june juni juin junio giugno giu junho czerwca czerwiec cze haziran haz июн июнь июня "
        "červen června június kesäkuu kesä jún",
        "jul july juli juil juillet julio luglio lug julho lipca lipiec lip temmuz tem июл июль "
        "июля červenec července július heinäkuu heinä júl",
        "aug august août aout aoû agosto ago sierpnia sierpień sie ağustos ağu авг август августа "
        "augustus srpen srpna augusztus elokuu elo",
        "sep sept september septembre septiembre settembre set setembro września wrzesień wrz "
        "eylül eyl сен сент сентябрь сентября září szeptember syyskuu syys",
        "oct october okt oktober octobre octubre ottobre ott outubro out października październik "
        "paź ekim eki окт октябрь октября říjen října október lokakuu loka",
        "nov november novembre noviembre novembro listopada listopad lis kasım kas ноя нояб ноябрь "
        "ноября marraskuu marras",
        "dec december dez dezember déc decembre décembre dic diciembre dicembre dezembro grudnia "
        "grudzień gru aralık ara дек декабрь декабря des desember prosinec prosince joulukuu joulu",
    ),
    start=1,
):
    for _name in _names.split():
        MONTHS.setdefault(_name, _number)
# Ukrainian, Bulgarian, Serbian, Romanian, the Baltic languages, Greek, Catalan, Indonesian, Malay.
# Croatian is left out: its October is the Polish November.
for _number, _names in enumerate(
    (
        "січень січня січ януари јануар ianuarie ian sausis sausio saus janvāris janvāra "
        "jaanuar ιανουάριος ιανουαρίου gener",
        "лютий лютого лют февруари фебруар februarie vasaris vasario vas februāris februāra "
        "veebruar φεβρουάριος φεβρουαρίου φεβ febrer peb",
        "березень березня бер martie kovas kovo kov märts μάρτιος μαρτίου μαρ maret març mac "
        "marec marta",
        "квітень квітня кві април aprilie balandis balandžio aprīlis aprīļa aprill απρίλιος "
        "απριλίου απρ apríla",
        "травень травня тра мај gegužė gegužės geg maijs maija μάιος μαΐου μαι μαΐ máj mája maig",
        "червень червня чер юни јун iunie iun birželis birželio birž jūnijs jūnija juuni "
        "ιούνιος ιουνίου ιουν jún júna juny junij",
        "липень липня лип юли јул iulie iul liepa liepos liep jūlijs jūlija juuli ιούλιος "
        "ιουλίου ιουλ júla juliol julai julij",
        "серпень серпня сер rugpjūtis rugpjūčio rugp augusts augusta αύγουστος αυγούστου αυγ "
        "agost agustus agt agu avgust ogos",
        "вересень вересня вер септември септембар septembrie rugsėjis rugsėjo rugs septembris "
        "septembra σεπτέμβριος σεπτεμβρίου σεπ setembre",
        "жовтень жовтня жов октомври октобар octombrie spalis spalio spal oktobris oktobra "
        "oktoober οκτώβριος οκτωβρίου οκτ októbra",
        "листопад листопада лис ноември новембар noiembrie noi lapkritis lapkričio lapkr "
        "novembris novembra νοέμβριος νοεμβρίου νοε nop",
        "грудень грудня гру декември децембар decembrie gruodis gruodžio gruod decembris "
        "decembra detsember δεκέμβριος δεκεμβρίου δεκ desembre disember decembra",
    ),
    start=1,
):
    for _name in _names.split():
        MONTHS.setdefault(_name, _number)

# Those that no other language writes so.
ENGLISH_MONTHS = frozenset({"may", "january", "february", "march", "june", "july", "october"})
_SHORT = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
ENGLISH_NAMES = ENGLISH_MONTHS | _SHORT | {"april", "august", "september", "november", "december"}
