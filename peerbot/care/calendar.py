"""When a person's day begins and ends, and at which instant something is due for them.

Here: local days, due instants, moves between zones, quiet hours, and reading a typed time or place. Not here: which
questionnaire is due (the schedule rows), group sessions (`sessions.py`), and the clock itself: `now` is always given.

Instants (`*_at`, `now`, `after`) are aware; what is returned is UTC. Dates are the person's own. A day runs from
`day_ends` to `day_ends`: at 01:00 it is still yesterday for someone whose day ends at 03:00. The days of a person
tile the time line: no instant lies in two of them or in none, whatever the clocks do.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import count
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

DAY_ENDS = time(3)
EVERY_DAY = frozenset(range(7))  # Monday is 0, as in `date.weekday()`

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_LONGEST_SUMMER_STEP = timedelta(hours=3)  # Troll moves by two hours; a jump over the date line is no summer time


@cache
def _rules(zone: str) -> ZoneInfo:
    """ZoneInfo keeps only eight zones strongly; a programme may use all of them in one tick."""
    return ZoneInfo(zone)


def _wall(at: datetime, zone: str) -> datetime:
    """What the clock on the wall shows, as a naive time. Naive input is refused: it would mean this machine's zone."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its zone: naive datetime")
    return at.astimezone(_rules(zone)).replace(tzinfo=None)


def instant(wall: datetime, zone: str) -> datetime:
    """The UTC instant at which clocks in `zone` show the naive time `wall`.

    A time that comes twice means its first coming. A time the clocks jump over means the first instant after the jump.
    """
    rules = _rules(zone)
    first = wall.replace(tzinfo=rules, fold=0).astimezone(UTC)
    if _wall(first, zone) == wall:
        return first
    # PEP 495: in a gap, fold=1 reads `wall` with the later offset and so lands before the jump, fold=0 after it.
    before = wall.replace(tzinfo=rules, fold=1).astimezone(UTC).replace(microsecond=0)
    seconds = range(int((first - before).total_seconds()) + 1)
    jump = bisect_left(seconds, True, key=lambda s: _wall(before + s * _SECOND, zone) > wall)
    return before + jump * _SECOND


@lru_cache(maxsize=4096)  # one entry per zone and day: a tick over a whole programme asks for few different ones
def _opens(on: date, zone: str, day_ends: time) -> datetime:
    """The instant at which the day `on` begins and the day before closes."""
    wall = datetime.combine(on, day_ends)
    opens = wall.replace(tzinfo=_rules(zone)).astimezone(UTC)  # in a gap, this reads `wall` by the old clock
    shown = _wall(opens, zone)
    stepped = (shown - _wall(opens - _SECOND, zone)) - _SECOND
    if shown == wall and timedelta(0) < stepped <= _LONGEST_SUMMER_STEP:
        return opens + stepped
    return opens


def day_closes(on: date, zone: str, day_ends: time = DAY_ENDS) -> datetime:
    """The first instant after the person's day `on`: local `day_ends`, one hour later on the night clocks go forward.

    The hour is given back only where summer time takes it from right before `day_ends` (02:00 to 03:00 and an end at
    03:00), so that a check-in due at 02:30 still has a day to be answered in.
    """
    return _opens(on + _DAY, zone, day_ends)


def local_day(now: datetime, zone: str, day_ends: time = DAY_ENDS) -> date:
    """The person's day: the local date, but before `day_ends` still yesterday's."""
    day = _wall(now, zone).date() + _DAY  # a clock set back over midnight may show yesterday on a new day
    while now < _opens(day, zone, day_ends):
        day -= _DAY
    return day


def due_at(on: date, at: time, zone: str, day_ends: time = DAY_ENDS) -> datetime:
    """The instant of local time `at` on the person's day `on`, always inside that day.

    Times before `day_ends` are the night after: 01:00 on Friday's day is on Saturday's calendar date.
    """
    wall = datetime.combine(on if at >= day_ends else on + _DAY, at)
    return max(instant(wall, zone), _opens(on, zone, day_ends))


def next_due(
    after: datetime,
    at: time,
    zone: str,
    *,
    weekdays: frozenset[int] = EVERY_DAY,
    day_ends: time = DAY_ENDS,
    not_on: date | None = None,
) -> tuple[date, datetime]:
    """The first (local day, instant) strictly after `after`; with `not_on`, on a later day than that one.

    Fed with its own answers it gives each local day of `weekdays` exactly once. A date its zone never had (Samoa left
    out 30 December 2011) is passed over. Raises ValueError when `weekdays` names no weekday.
    """
    if not weekdays & EVERY_DAY:
        raise ValueError("a schedule needs at least one weekday (0-6)")
    first = local_day(after, zone, day_ends)
    if not_on is not None:
        first = max(first, not_on + _DAY)
    days = (day for day in (first + n * _DAY for n in count()) if day.weekday() in weekdays)
    dues = ((day, due_at(day, at, zone, day_ends)) for day in days)
    return next((day, due) for day, due in dues if after < due < day_closes(day, zone, day_ends))


def after_move(
    last_on: date | None,
    now: datetime,
    at: time,
    new_zone: str,
    *,
    weekdays: frozenset[int] = EVERY_DAY,
    day_ends: time = DAY_ENDS,
) -> tuple[date, datetime]:
    """What is due next for a person who is in `new_zone` from `now` on: never none, never two for a local date.

    `last_on` is the last local day that had its prompt, in whatever zone. Someone who flew east past their hour, with
    nothing asked yet today, is due at once; someone who flew west back into a day already asked waits for the next.
    """
    today = local_day(now, new_zone, day_ends)
    unasked = last_on is None or last_on < today
    if unasked and today.weekday() in weekdays and due_at(today, at, new_zone, day_ends) <= now:
        return today, now.astimezone(UTC)
    return next_due(now, at, new_zone, weekdays=weekdays, day_ends=day_ends, not_on=last_on)


def in_quiet_hours(now: datetime, zone: str, start: time, end: time) -> bool:
    """Whether the local clock shows `start` <= t < `end`, over midnight if `end` is earlier; equal means no quiet."""
    shown = _wall(now, zone).time()
    if start <= end:
        return start <= shown < end
    return shown >= start or shown < end


def quiet_ends(now: datetime, zone: str, start: time, end: time) -> datetime:
    """The first instant from `now` on that is outside the quiet hours: `now` itself when it is not quiet."""
    if not in_quiet_hours(now, zone, start, end):
        return now.astimezone(UTC)
    today = _wall(now, zone).date()
    ends = [instant(datetime.combine(today + n * _DAY, end), zone) for n in range(3)]
    # In the hour that comes twice the end may lie behind us by the first clock and still ahead by the second.
    second = datetime.combine(today, end, _rules(zone)).replace(fold=1).astimezone(UTC)
    return min(e for e in (*ends, second) if e > now and not in_quiet_hours(e, zone, start, end))


# --- a typed time ----------------------------------------------------------------------------------------------------

_LONGEST = 60  # characters; a longer text is a story, not a time or a place

_HOUR_WORDS = (
    "one una|two dos|three tres|four cuatro|five cinco|six seis|seven siete|eight ocho|"
    "nine nueve|ten diez|eleven once|twelve doce"
)
_HOURS = {word: hour for hour, words in enumerate(_HOUR_WORDS.split("|"), start=1) for word in words.split()}
_NAMED = {"noon": time(12), "mediodia": time(12), "midnight": time(0), "medianoche": time(0)}
_QUARTERS = {"half past": 30, "quarter past": 15, "quarter to": -15, "y media": 30, "y cuarto": 15, "menos cuarto": -15}
_PARTS = {
    "am": ("am", "a m", "de la madrugada", "por la madrugada"),
    "morning": ("in the morning", "de la manana", "por la manana"),
    "pm": ("pm", "p m", "in the afternoon", "in the evening", "de la tarde", "por la tarde", "del mediodia"),
    "night": ("at night", "tonight", "de la noche", "por la noche"),
}
_FILLER = re.compile(r"^(?:(?:at|around|about|by|a eso de|sobre|hacia|a|las|la|el|al) )+")
_UNIT = re.compile(r"(?<=[a-z0-9]) ?(?:(?<=[0-9 ])(?:h|hrs?|horas|hours)|o clock|en punto)$")
_PART = re.compile(r"(?<=[a-z0-9]) ?\b(?:" + "|".join(p for ps in _PARTS.values() for p in ps) + r")$|(?<=[0-9])[ap]m$")
_CLOCK = re.compile(
    r"(?:(?P<past>half past|quarter past|quarter to) )?"
    r"(?:(?P<hour>[0-9]{1,2})(?:[:. h](?P<minute>[0-5][0-9]))?|(?P<glued>[0-9]{1,2}[0-5][0-9])|(?P<word>[a-z]+))"
    r"(?: (?P<quarter>y media|y cuarto|menos cuarto))?"
)


def plain(text: str) -> str:
    """Lower case, no accents, apostrophes and closing marks gone, single spaces."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r"['’`_¿?¡!]+", " ", bare).split())


def _on_24_hours(hour: int, part: str | None) -> int | None:
    """The hour of the day for a spoken one. "12 de la noche" is midnight, "2 de la noche" is two at night."""
    if hour > 12:
        return hour % 24 if hour <= 24 and part in (None, "pm", "night") else None
    if part is None or part == "morning":
        return hour
    if part == "pm":
        return None if hour == 0 else hour % 12 + 12
    return hour % 12 + 12 if part == "night" and 5 <= hour < 12 else hour % 12


def parse_time(text: str) -> time | None:
    """The local time a person typed, in English or Spanish, or None when it is not clearly one.

    Reads "8", "8am", "8:30 pm", "20:15", "20h", "2015", "ocho y media", "las 8 de la noche", "noon". A bare hour is
    taken as written: "8" is 08:00, so show what was understood before it counts.
    """
    if len(text) > _LONGEST:
        return None
    said = _FILLER.sub("", re.sub(r"\.(?![0-9])", " ", plain(text)).strip())
    said = _UNIT.sub("", " ".join(said.split()))
    if said in _NAMED:
        return _NAMED[said]
    spoken = _PART.search(said)
    part = next((k for k, v in _PARTS.items() if spoken and spoken.group().strip() in v), None)
    found = _CLOCK.fullmatch(_UNIT.sub("", said[: spoken.start()] if spoken else said))
    if found is None or (found["past"] and found["quarter"]):
        return None
    return _time_of(found, part)


def _time_of(found: re.Match[str], part: str | None) -> time | None:
    digits, minute = found["hour"], int(found["minute"] or 0)
    if found["glued"]:
        digits, minute = found["glued"][:-2], int(found["glued"][-2:])
    spoken = int(digits) if digits else _HOURS.get(found["word"])
    hour = None if spoken is None else _on_24_hours(spoken, part)
    phrase = found["past"] or found["quarter"]
    if hour is None or (phrase and minute) or (spoken == 24 and minute):
        return None
    total = (hour * 60 + minute + (_QUARTERS[phrase] if phrase else 0)) % 1440
    return time(*divmod(total, 60))


# --- a typed place ---------------------------------------------------------------------------------------------------

_COMMON = """
US America/New_York America/Chicago America/Denver America/Los_Angeles America/Anchorage Pacific/Honolulu
CA America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/St_Johns
MX America/Mexico_City America/Cancun America/Hermosillo America/Tijuana
ES Europe/Madrid Atlantic/Canary
GB Europe/London
IE Europe/Dublin
CO America/Bogota
AR America/Argentina/Buenos_Aires
CL America/Santiago America/Punta_Arenas Pacific/Easter
PE America/Lima
AU Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin Australia/Perth Australia/Hobart
NZ Pacific/Auckland Pacific/Chatham
"""
COMMON_ZONES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {country: tuple(zones) for country, *zones in map(str.split, _COMMON.strip().splitlines())}
)
"""Zones to offer as buttons, by ISO country code, most people first. Others (Arizona) are found by typing them."""

# Names people use that are not the last part of a zone's name; a country stands for its common zones. A name on
# several lines gives several candidates, in this order.
_PLACES = """
US: usa|us|united states|america|eeuu|ee uu|estados unidos
CA: canada
MX: mexico|mx
ES: spain|espana
GB: uk|gb|united kingdom|great britain|britain|england|scotland|wales|inglaterra|reino unido|escocia|gales
IE: ireland|eire|irlanda
CO: colombia
AR: argentina
CL: chile
PE: peru
AU: australia
NZ: nz|new zealand|nueva zelanda|nueva zelandia
America/New_York: nueva york|nyc|brooklyn|boston|miami|orlando|tampa|jacksonville|atlanta|philadelphia|filadelfia
America/New_York: pittsburgh|washington dc|dc|baltimore|charlotte|richmond|cleveland|columbus|cincinnati|buffalo|newark
America/New_York: eastern|est|edt|et|este|florida|georgia|ohio|pennsylvania|pensilvania|virginia|west virginia|maryland
America/New_York: new jersey|nueva jersey|connecticut|massachusetts|vermont|new hampshire|maine|rhode island|delaware
America/New_York: north carolina|south carolina|carolina del norte|carolina del sur|washington|portland|tennessee
America/Detroit: michigan
America/Indiana/Indianapolis: indiana
America/Kentucky/Louisville: kentucky
America/Chicago: dallas|houston|austin|san antonio|fort worth|minneapolis|st louis|saint louis|kansas city|milwaukee
America/Chicago: new orleans|nueva orleans|memphis|nashville|oklahoma city|omaha|birmingham|mobile|des moines|madison
America/Chicago: central|cst|cdt|ct|centro|illinois|wisconsin|minnesota|iowa|missouri|arkansas|louisiana|luisiana|texas
America/Chicago: mississippi|misisipi|alabama|oklahoma|kansas|nebraska|north dakota|south dakota|tennessee|florida
America/Denver: colorado springs|salt lake|salt lake city|albuquerque|santa fe|el paso|billings|mountain|mst|mdt|mt
America/Denver: colorado|utah|wyoming|montana|new mexico|nuevo mexico|north dakota|south dakota|texas
America/Boise: idaho
America/Phoenix: arizona|tucson
America/Los_Angeles: la|san francisco|sf|san diego|san jose|sacramento|oakland|fresno|las vegas|reno|seattle|portland
America/Los_Angeles: pacific|pst|pdt|pt|pacifico|california|nevada|oregon|washington
America/Anchorage: alaska|fairbanks
Pacific/Honolulu: hawaii|hawai|hst
America/Puerto_Rico: san juan|ponce
America/Toronto: ottawa|montreal|quebec|ontario
America/Vancouver: british columbia|columbia britanica|victoria
America/Edmonton: calgary|alberta
America/Winnipeg: manitoba
America/Regina: saskatchewan|saskatoon
America/Halifax: nova scotia|atlantic
America/St_Johns: newfoundland|terranova|saint johns|st john s
America/Mexico_City: cdmx|df|mexico df|ciudad de mexico|guadalajara|puebla|leon|toluca|queretaro|veracruz|oaxaca
America/Cancun: quintana roo|playa del carmen
America/Merida: yucatan
America/Hermosillo: sonora
America/Tijuana: baja california|mexicali
America/Mazatlan: culiacan|sinaloa|la paz|baja california sur
Europe/Madrid: barcelona|sevilla|seville|valencia|bilbao|malaga|zaragoza|murcia|alicante|granada|vigo|palma|mallorca
Europe/Madrid: cataluna|andalucia|pais vasco|galicia|leon|cordoba|merida|cartagena|guadalajara|peninsula
Atlantic/Canary: canarias|islas canarias|las palmas|tenerife|gran canaria|canary islands
Europe/London: londres|manchester|birmingham|liverpool|leeds|glasgow|edinburgh|edimburgo|cardiff|bristol|newcastle
Europe/London: belfast|northern ireland|irlanda del norte|bst
Europe/Lisbon: portugal|lisboa|porto|oporto
Europe/Paris: france|francia
Europe/Berlin: germany|alemania|munich|hamburg|cet|cest
Europe/Istanbul: estambul|turkey|turquia|istanbul
America/Bogota: bogota dc|medellin|cali|barranquilla|cartagena|bucaramanga
America/Argentina/Buenos_Aires: caba|rosario|la plata|mar del plata
America/Santiago: valparaiso|concepcion|vina del mar
Pacific/Easter: isla de pascua|rapa nui|easter island
America/Lima: arequipa|trujillo|cusco|cuzco
America/La_Paz: bolivia|santa cruz|cochabamba
America/Guayaquil: ecuador|quito|cuenca
America/Asuncion: paraguay
America/Montevideo: uruguay
America/Caracas: venezuela|maracaibo|valencia|merida
America/Santo_Domingo: dominican republic|republica dominicana
America/Havana: cuba|la habana|habana
America/Tegucigalpa: honduras|san pedro sula
America/Managua: nicaragua
America/Costa_Rica: san jose
America/Sao_Paulo: brazil|brasil|rio de janeiro|brasilia
America/Jamaica: kingston
Australia/Sydney: canberra|new south wales|nsw|sidney
Australia/Melbourne: victoria
Australia/Brisbane: queensland|gold coast
Australia/Perth: western australia
Pacific/Auckland: wellington|christchurch
Asia/Kolkata: india|mumbai|delhi|new delhi|bangalore
"""
_CONTINENTS = frozenset("Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split())
_OFFSET = re.compile(r"(?:(?:utc|gmt) ?)?(?P<sign>[-+]) ?(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-5][0-9]))?|utc|gmt")
_AROUND = re.compile(
    r"^(?:i live in|i m in|in|vivo en|estoy en|en|city of|ciudad de|hora(?: de la| del| de)?) |"
    r"(?: standard| daylight)? time$| city$"
)
# Standard time and summer time of either half of the world; any year after the last rule change would do.
_SEASONS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))


@cache
def _named_zones() -> Mapping[str, tuple[str, ...]]:
    """Every name we understand, in `plain` form, with its zones. Reads the list of zones once."""
    names: dict[str, list[str]] = {}
    for line in _PLACES.strip().splitlines():
        zone, places = line.split(": ")
        for place in places.split("|"):
            names.setdefault(place, []).extend(COMMON_ZONES.get(zone, (zone,)))
    # Old spellings keep working in the database ("America/Buenos_Aires"): the longest path is the present one.
    for zone in sorted(available_timezones(), key=lambda z: (-z.count("/"), z)):
        if zone.split("/")[0] in _CONTINENTS:
            own = names.setdefault(plain(zone.rsplit("/", 1)[-1]), [])
            if not any(z.rsplit("/", 1)[-1] == zone.rsplit("/", 1)[-1] for z in own):
                own.insert(0, zone)
        names.setdefault(plain(zone), [zone])
    return {name: tuple(dict.fromkeys(zones)) for name, zones in names.items()}


def _zones_at(offset: timedelta) -> tuple[str, ...]:
    """Zones that show this offset in winter or in summer, then the fixed zone where the offset is in whole hours."""

    def shows(zone: str) -> bool:
        return any(season.astimezone(_rules(zone)).utcoffset() == offset for season in _SEASONS)

    common = tuple(zone for zones in COMMON_ZONES.values() for zone in zones if shows(zone))
    hours, rest = divmod(offset, timedelta(hours=1))
    if not rest:
        # POSIX turns the sign round: Etc/GMT+5 is five hours behind.
        return (*common, f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC")
    return common or tuple(dict.fromkeys(z for zones in _named_zones().values() for z in zones if shows(z)))


def find_zone(text: str) -> tuple[str, ...]:
    """The zones a typed place may mean, likeliest first; empty when unknown.

    Reads a zone ("America/Bogota"), a city, a state, a country, a zone's usual name ("Eastern time", "hora del este")
    or an offset ("UTC-5"), in English or Spanish, with or without accents. More than one candidate is common
    ("Portland", "Valencia", any offset): let the person choose, and show the local time they would have.
    """
    if len(text) > _LONGEST:
        return ()
    typed = plain(text.replace("\N{MINUS SIGN}", "-"))
    offset = _OFFSET.fullmatch(typed)
    if offset:
        ahead = timedelta(hours=int(offset["hours"] or 0), minutes=int(offset["minutes"] or 0))
        ahead = -ahead if offset["sign"] == "-" else ahead
        return _zones_at(ahead) if timedelta(hours=-12) <= ahead <= timedelta(hours=14) else ()
    place = typed.replace(".", "")
    attempts = (place.replace(",", ""), place.partition(",")[0].strip(), _AROUND.sub("", place).strip())
    return next((_named_zones()[name] for name in attempts if name in _named_zones()), ())
