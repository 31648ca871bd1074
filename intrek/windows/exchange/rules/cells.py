"""What one cell says: days, yes or no, states, tracks, services, as people write them in a list of their own."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.folding import folded, folded_words
from intrek.ground.common.refusals import Refusal
from intrek.ground.common.typed_days import FIRST_YEAR, LAST_YEAR, NotADay, parse_day
from intrek.ground.partners.models import Sector
from intrek.ground.programmes.models import TrackKind
from intrek.story.referral.models import MentalHealth

# A spreadsheet counts days from here (it believes that 1900 was a leap year, so only from March 1900 on).
DAY_ZERO = date(1899, 12, 30)
# Below this a number is rather a year or a counter than a day; 1 January 1910.
FIRST_SERIAL, LAST_SERIAL = 3654, 109_574
SERIAL = re.compile(r"\d{4,6}(?:[.,]0+)?")
ISO_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
BELGIAN_INSTANT = re.compile(r"(\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}) \d{1,2}:\d{2}(?::\d{2})?")
NOTHING = {"", "-", "–", "—", "?", "??", "onbekend", "nvt", "n.v.t.", "geen", "inconnu", "unknown", "x"}
UNKNOWN = {"", "-", "–", "—", "?", "??", "onbekend", "inconnu", "unknown", "niet gekend", "ongekend"}
YES = {"ja", "j", "yes", "y", "oui", "o", "waar", "true", "1", "x", "v"}
NO = {"neen", "nee", "n", "no", "non", "onwaar", "false", "0", "geen"}
SUSPECTED = ("vermoed", "suspect", "mogelijk", "waarschijnlijk")
WAITING_LIST = re.compile(r"\s*\(\s*(?:op\s+)?(?:de\s+)?(?:wachtlijst|liste d.attente)\s*\)\s*", re.IGNORECASE)
EARLIEST_BIRTH = date(1900, 1, 1)


class State(TextChoices):
    """Where a referral stands in the list (words for counting)."""

    NEW = "new", _("new")
    ON_AGENDA = "on_agenda", _("awaiting intervision")
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    COMPLETED = "completed", _("completed")
    DROPPED_OUT = "dropped_out", _("dropped out")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


STATES: dict[State, tuple[str, ...]] = {
    State.NEW: ("nieuw", "nieuwe aanmelding", "aangemeld", "new"),
    State.ON_AGENDA: ("intervisie", "op intervisie", "te bespreken", "agenda", "op agenda", "wacht op intervisie"),
    State.WAITING: ("wachtlijst", "op wachtlijst", "wachtend", "wacht", "aanvaard", "goedgekeurd"),
    State.RUNNING: ("lopend", "loopt", "gestart", "in begeleiding", "opgestart", "actief"),
    State.COMPLETED: ("afgerond", "voltooid", "beëindigd", "afgesloten", "positief afgerond"),
    State.DROPPED_OUT: ("afgehaakt", "stopgezet", "gestopt", "uitgevallen", "drop-out"),
    State.DECLINED: ("geweigerd", "afgewezen", "niet aanvaard", "weigering"),
    State.WITHDRAWN: ("ingetrokken", "teruggetrokken", "afgezien", "intrekking"),
}
TRACKS: dict[TrackKind, tuple[str, ...]] = {
    TrackKind.TRIAL: ("proefwoner", "proefwonen", "proefwoning", "proef", "a", "luik a", "trial"),
    TrackKind.SITTING: (
        "zittende huurder",
        "zittend huurder",
        "zittende huurders",
        "zittend",
        "huurder",
        "b",
        "luik b",
    ),
}
SECTORS: dict[Sector, tuple[str, ...]] = {
    Sector.WELFARE: ("welzijnspartner", "welzijn", "welzijnsdienst", "zorg", "hulpverlening", "welfare"),
    Sector.HOUSING: ("woonpartner", "wonen", "huisvester", "huisvestingspartner", "woonmaatschappij", "svk", "housing"),
    Sector.LEAD: ("trekker", "initiatiefnemer", "lead", "penhouder"),
}
_STATES = {folded(word): state for state, words in STATES.items() for word in words}
_TRACKS = {folded(word): kind for kind, words in TRACKS.items() for word in words}
_SECTORS = {folded(word): sector for sector, words in SECTORS.items() for word in words}


@dataclass(frozen=True)
class Asked:
    """A service that was asked from outside, perhaps on its waiting list (P21)."""

    name: str
    is_on_waiting_list: bool


def text_of(cell: Any) -> str:
    """The cell as a person reads it: no ``20000.0``, no time beside a day, no space around."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "neen"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell.date():%d/%m/%Y}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return " ".join(str(cell).replace("\x00", "").split())


def long_text_of(cell: Any) -> str:
    """The same, with its line ends kept."""
    if not isinstance(cell, str):
        return text_of(cell)
    return "\n".join(" ".join(line.split()) for line in cell.replace("\x00", "").splitlines()).strip()


def day_of(cell: Any, *, birth: bool = False) -> date | None:
    """The day in a cell, nothing when it is empty or says *unknown*. Raises NotADay for what is no day."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _sane(cell)
    text = text_of(cell)
    if text.lower() in NOTHING:
        return None
    if (isinstance(cell, int | float) and not isinstance(cell, bool)) or SERIAL.fullmatch(text):
        return _serial_day(text)
    instant = ISO_INSTANT.fullmatch(text) or BELGIAN_INSTANT.fullmatch(text)
    return parse_day(instant[1] if instant else text, short_years=not birth)


def _sane(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return parse_day(f"{day:%d/%m/}{day.year:04}")
    return day


def _serial_day(text: str) -> date:
    """A day that the spreadsheet program kept as a number."""
    number = float(text.replace(",", "."))
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return parse_day(text)
    return DAY_ZERO + timedelta(days=int(number))


def yes_no_of(cell: Any) -> tuple[YesNoUnknown, str]:
    """Yes, no, or unknown; and the text when it says something else, which is then a doubt and never a silent no (P4)."""
    text = text_of(cell)
    word = text.lower().strip(" .!")
    if word in UNKNOWN:
        return YesNoUnknown.UNKNOWN, ""
    first = (re.split(r"[\s,;:(]", word, maxsplit=1)[0]).strip()
    for words, answer in ((YES, YesNoUnknown.YES), (NO, YesNoUnknown.NO)):
        if word in words:
            return answer, ""
        # "ja, sinds 2019" answers and says more.
        if len(first) > 1 and first in words and first != "geen":
            return answer, text
    return YesNoUnknown.UNKNOWN, text


def mental_health_of(cell: Any) -> tuple[MentalHealth, str]:
    """Whether there is a mental-health problem, and in what words (P1)."""
    text = long_text_of(cell)
    word = text.lower().strip(" .!")
    if word in UNKNOWN:
        return MentalHealth.UNKNOWN, ""
    if word in NO:
        return MentalHealth.NO, ""
    if word in YES:
        return MentalHealth.DIAGNOSED, ""
    if any(each.startswith(SUSPECTED) for each in folded_words(text)) or text.endswith("?"):
        return MentalHealth.SUSPECTED, text
    return MentalHealth.DIAGNOSED, text


def addiction_of(cell: Any) -> tuple[YesNoUnknown, str]:
    """Whether there is an addiction, and to what."""
    text = long_text_of(cell)
    word = text.lower().strip(" .!")
    if word in UNKNOWN:
        return YesNoUnknown.UNKNOWN, ""
    if word in NO:
        return YesNoUnknown.NO, ""
    return YesNoUnknown.YES, "" if word in YES else text


def state_of(cell: Any) -> State | None:
    """The state of a referral; nothing for a word that nobody agreed on."""
    return _STATES.get(folded(text_of(cell)))


def track_of(cell: Any) -> TrackKind | None:
    """The track; nothing for a word that nobody agreed on."""
    return _TRACKS.get(folded(text_of(cell)))


def sector_of(cell: Any) -> Sector | None:
    """What side of the partnership; nothing for a word that nobody agreed on."""
    return _SECTORS.get(folded(text_of(cell)))


def services_of(cell: Any) -> tuple[Asked, ...]:
    """The services in a cell, parted by semicolons or line ends; *(wachtlijst)* behind one means that it waits (P21)."""
    asked: dict[str, Asked] = {}
    for part in re.split(r"[;\n\r]+", long_text_of(cell)):
        name = " ".join(WAITING_LIST.sub(" ", part).split())[:120]
        if folded(name) and name.lower() not in NOTHING:
            asked.setdefault(folded(name), Asked(name, bool(WAITING_LIST.search(part))))
    return tuple(asked.values())


def code_of(text: str, spellings: Mapping[str, str]) -> str:
    """The code that people meant by this text: the same words, else the longest spelling whose words all stand in it; else nothing.

    ``spellings`` gives the code of each spelling.
    """
    whole = {folded(spelling): code for spelling, code in spellings.items()}
    if folded(text) in whole:
        return whole[folded(text)]
    words = set(folded_words(text))
    fitting = [spelling for spelling in spellings if (own := set(folded_words(spelling))) and own <= words]
    return spellings[max(fitting, key=len)] if fitting else ""


def names_of(family_name: str, given_name: str) -> tuple[str, str]:
    """Given and family name; *Aerts, Johan* in one cell is both."""
    if not given_name and family_name.count(",") == 1:
        family_name, given_name = (part.strip() for part in family_name.split(","))
    return given_name[:80], family_name[:80]


def birth_reasons(reason: TextChoices, birth_on: date | None, *, today: date) -> list[Refusal]:
    """Why nobody can be born on this day."""
    if birth_on is None or EARLIEST_BIRTH <= birth_on <= today:
        return []
    return [Refusal(reason, {"birth_on": birth_on})]


def readable(cells: Iterable[Any]) -> list[str]:
    """A row as it stood, as text that can be kept and given back."""
    return [long_text_of(cell) for cell in cells]


__all__ = [
    "Asked",
    "NotADay",
    "State",
    "addiction_of",
    "birth_reasons",
    "code_of",
    "day_of",
    "long_text_of",
    "mental_health_of",
    "names_of",
    "readable",
    "sector_of",
    "services_of",
    "state_of",
    "text_of",
    "track_of",
    "yes_no_of",
]
