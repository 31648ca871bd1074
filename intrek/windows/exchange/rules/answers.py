"""What a row of the list says, in the words of the rooms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.crypto import salted_hmac
from stdnum.be import bis, nn

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.folding import folded
from intrek.ground.programmes.models import TrackKind
from intrek.story.referral.models import MentalHealth
from intrek.windows.exchange.rules.cells import Asked, State
from intrek.windows.exchange.rules.columns import Field


@dataclass(frozen=True)
class Known:
    """What a row is compared with: the programme's partners, code lists and people, as far as the list needs them.

    ``organisations`` are folded names, ``declines``, ``withdrawals`` and ``endings`` give the code of each spelling;
    ``people`` give the name as written for a folded name with a date of birth; ``forgotten`` are digests of who was erased.
    """

    today: date
    organisations: frozenset[str]
    declines: Mapping[str, str]
    withdrawals: Mapping[str, str]
    endings: Mapping[str, str]
    has_lead: bool = True
    people: Mapping[tuple[str, date | None], str] = field(default_factory=dict)
    forgotten: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answers:
    """What a row says, ready for the rooms; null where it does not say."""

    given_name: str
    family_name: str
    organisation: str
    track: TrackKind | None
    state: State | None
    days: Mapping[str, date | None]
    mental_health: tuple[MentalHealth, str]
    addiction: tuple[YesNoUnknown, str]
    repeated_housing: YesNoUnknown
    registered: YesNoUnknown
    reason_code: str
    services: tuple[Asked, ...]
    texts: Mapping[str, str]

    def on(self, name: Field) -> date | None:
        """The day in a column."""
        return self.days.get(name)

    def text(self, name: Field) -> str:
        """The words in a column."""
        return self.texts.get(name, "")

    @property
    def person(self) -> tuple[str, date | None]:
        """By what a namesake is recognised."""
        return folded(f"{self.given_name} {self.family_name}"), self.on(Field.BIRTH_ON)

    @property
    def after(self) -> str:
        """What became of it, in folded words."""
        return folded(self.text(Field.AFTERWARDS))

    @property
    def got_tenancy(self) -> bool:
        """The trial led to a contract of one's own (P15)."""
        return any(word in self.after for word in ("huurcontract", "huurovereenkomst", "toewijzing"))

    @property
    def goes_on_with_support(self) -> bool:
        """Support goes on as sitting tenant (P15)."""
        return "begeleiding" in self.after or "zittendehuurder" in self.after

    @property
    def home_kept(self) -> YesNoUnknown:
        """Whether the home was kept, where the list says so (P6)."""
        if any(word in self.after for word in ("verloren", "uithuis", "uitgezet", "kwijt", "nietbehouden")):
            return YesNoUnknown.NO
        return YesNoUnknown.YES if "behouden" in self.after or self.got_tenancy else YesNoUnknown.UNKNOWN

    @property
    def went_well(self) -> bool:
        """A completed support counts as a success unless the list says otherwise."""
        return not any(word in folded(self.text(Field.RESULT)) for word in ("negatief", "mislukt", "afgehaakt"))


def import_key(answers: Answers) -> str:
    """What tells one referral of a list from another, unreadable: the same row read twice is one referral."""
    days = (answers.on(Field.BIRTH_ON), answers.on(Field.REFERRED_ON))
    told = [
        folded(answers.family_name),
        folded(answers.given_name),
        *(day.isoformat() if day else "" for day in days),
        answers.track or "",
        folded(answers.organisation),
    ]
    return salted_hmac("intrek.exchange.referral", "|".join(told), algorithm="sha256").hexdigest()


def register_number_of(text: str) -> str:
    """The eleven figures of a national register number; a spreadsheet drops leading noughts; empty when it is wrong."""
    number = nn.compact(text)
    if number.isascii() and number.isdigit() and 8 < len(number) < 11:
        number = number.zfill(11)
    return number if nn.is_valid(number) or bis.is_valid(number) else ""
