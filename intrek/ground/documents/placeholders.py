"""What a text may name: published facts, and the few conditions under which an article is used. No code, no template language."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal


class Kind(TextChoices):
    """What kind of fact a placeholder prints."""

    TEXT = "text", _("text")
    PROSE = "prose", _("what somebody wrote")
    DAY = "day", _("day")
    MONEY = "money", _("amount")
    COUNT = "count", _("count")
    TABLE = "table", _("table or list, on a line of its own")
    PHOTOS = "photos", _("photos, on a line of their own")


# They are no part of a sentence.
ALONE = frozenset({Kind.TABLE, Kind.PHOTOS})
PUBLISHED: dict[str, tuple[Kind, Any]] = {
    "programme.name": (Kind.TEXT, _("name of the programme")),
    "programme.municipality": (Kind.TEXT, _("municipality of the programme")),
    "lead.name": (Kind.TEXT, _("organisation that leads")),
    "resident.name": (Kind.TEXT, _("name of the resident")),
    "resident.birth_date": (Kind.DAY, _("date of birth of the resident")),
    "household.names": (Kind.TEXT, _("who lives along")),
    "landlord.name": (Kind.TEXT, _("name of the landlord")),
    "dwelling.address": (Kind.TEXT, _("address of the dwelling")),
    "furniture.table": (Kind.TABLE, _("furniture of the dwelling")),
    "entry.day": (Kind.DAY, _("day on which the dwelling was looked over at entry")),
    "entry.table": (Kind.TABLE, _("state of the dwelling at entry, room by room")),
    "entry.photos": (Kind.PHOTOS, _("photos at entry")),
    "leaving.day": (Kind.DAY, _("day on which the dwelling was looked over at leaving")),
    "leaving.table": (Kind.TABLE, _("state at entry and at leaving beside each other, and who bears what differs")),
    "leaving.photos": (Kind.PHOTOS, _("photos at leaving")),
    "leaving.borne": (Kind.MONEY, _("what the resident bears in all")),
    "stay.first_day": (Kind.DAY, _("first day of the stay")),
    "stay.last_day": (Kind.DAY, _("last day of the stay")),
    "fee.total": (Kind.MONEY, _("usage fee a month")),
    "fee.from_day": (Kind.DAY, _("first day of the usage fee")),
    "fee.table": (Kind.TABLE, _("usage fee, part by part")),
    "domicile.reason": (Kind.PROSE, _("why there is no domicile at the dwelling")),
    "domicile.address": (Kind.TEXT, _("where the resident is registered")),
    "domicile.first_day": (Kind.DAY, _("first day without domicile")),
    "domicile.reviewer": (Kind.TEXT, _("who reviews the domicile")),
    "domicile.contact_months": (Kind.COUNT, _("months between two contacts for a reference address")),
    "domicile.last_contact": (Kind.TEXT, _("last contact for the reference address")),
    "domicile.next_contact": (Kind.TEXT, _("by when the next contact for the reference address is due")),
    "referrer.name": (Kind.TEXT, _("organisation that referred")),
    "decision.day": (Kind.DAY, _("day of the decision")),
    "decision.outcome": (Kind.TEXT, _("what was decided")),
    "decision.motive": (Kind.PROSE, _("motive of the decision, as the referrer reads it")),
    "evaluation.number": (Kind.COUNT, _("number of the evaluation")),
    "evaluation.day": (Kind.DAY, _("day of the evaluation")),
    "evaluation.well": (Kind.PROSE, _("what goes well")),
    "evaluation.hard": (Kind.PROSE, _("what is hard")),
    "evaluation.agreed": (Kind.PROSE, _("what was agreed")),
    "evaluation.words": (Kind.PROSE, _("in the words of the resident")),
    "evaluation.scores": (Kind.TABLE, _("how it goes in every life domain")),
    "evaluation.verdict": (Kind.TEXT, _("how the final evaluation turned out")),
    "evaluation.next": (Kind.TEXT, _("what comes next")),
    "anchor.name": (Kind.TEXT, _("name of the anchor person")),
    "anchor.reach": (Kind.TEXT, _("how to reach the anchor person")),
    "anchor.first_day": (Kind.DAY, _("first day of aftercare")),
    "anchor.last_day": (Kind.DAY, _("last day of aftercare")),
    "worker.name": (Kind.TEXT, _("name of the support worker")),
    "support.first_day": (Kind.DAY, _("first day of the support")),
    "support.last_day": (Kind.DAY, _("last day of the support")),
    "support.visit_days": (Kind.COUNT, _("days between two home visits")),
    "support.evaluation_months": (Kind.COUNT, _("months between two evaluations")),
    "support.min_months": (Kind.COUNT, _("shortest term in months")),
    "support.max_months": (Kind.COUNT, _("longest term in months")),
    "threats.list": (Kind.TABLE, _("what threatens the tenancy")),
    "sharing.list": (Kind.TABLE, _("conditions of shared secrecy")),
    "law.loan_for_use": (Kind.TEXT, _("articles of law on the loan for use")),
    "law.secrecy": (Kind.TEXT, _("article of law on professional secrecy")),
    "law.reference_address": (Kind.TEXT, _("law on the reference address")),
}

CONDITIONS: dict[str, Any] = {
    "household": _("others live along"),
    "alone": _("the resident lives alone"),
    "reference_address": _("there is a reference address at the welfare centre"),
    "own_address": _("the resident is registered elsewhere"),
    "fee_rests": _("the usage fee rests while support is suspended"),
    "fee_runs": _("the usage fee runs on while support is suspended"),
    "trial": _("trial resident"),
    "sitting": _("sitting tenant"),
    "accepted": _("the partners accepted"),
    "declined": _("the partners declined"),
    "entry_photos": _("photos were taken at entry"),
    "leaving_photos": _("photos were taken at leaving"),
}
# Of each of these pairs one holds at most, so no case reaches an article that asks both.
CONTRARY = (
    frozenset({"household", "alone"}),
    frozenset({"reference_address", "own_address"}),
    frozenset({"fee_rests", "fee_runs"}),
    frozenset({"trial", "sitting"}),
    frozenset({"accepted", "declined"}),
)
PARTIES: dict[str, Any] = {
    "resident": _("the resident"),
    "worker": _("the support worker"),
    "lead": _("the welfare centre"),
    "landlord": _("the landlord"),
}

FOUND = re.compile(r"\{([^{}\n]*)\}")
ITEM = re.compile(r"[-•*]\s+")


class Reason(TextChoices):
    """Why a text is refused."""

    UNKNOWN = "unknown", _("{%(name)s} on line %(line)d is not a placeholder. Choose one from the list.")
    BRACE = "brace", _("Line %(line)d has a brace that belongs to no placeholder.")
    TABLE_ALONE = "table_alone", _("{%(name)s} on line %(line)d prints a table or photos: give it a line of its own.")
    NO_BODY = "no_body", _("Write what the article says.")
    UNREACHABLE = "unreachable", _("No case reaches this article: “%(one)s” and “%(other)s” never hold together.")


@dataclass(frozen=True)
class Run:
    """A piece of a line: words as they stand, or the name of a fact."""

    words: str = ""
    fact: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, a list of items, or a table, in runs; a paragraph and a table have one line."""

    kind: str
    lines: list[list[Run]]


def runs_of(line: str) -> list[Run]:
    """A line cut at its placeholders."""
    pieces = FOUND.split(line)
    return [
        Run(fact=piece.strip()) if at % 2 else Run(words=piece) for at, piece in enumerate(pieces) if piece or at % 2
    ]


def names_in(body: str) -> list[str]:
    """The placeholders of a body, each once, in order."""
    return list(dict.fromkeys(name.strip() for name in FOUND.findall(body)))


def blocks_of(body: str) -> Iterator[Block]:
    """A body as it is printed: an empty line parts paragraphs, a dash starts an item, a table stands alone."""
    paragraph: list[str] = []
    items: list[list[Run]] = []
    for line in [*map(str.strip, body.splitlines()), ""]:
        item = ITEM.match(line)
        if paragraph and (item or not line or _is_table(line)):
            yield Block("paragraph", [runs_of(" ".join(paragraph))])
            paragraph = []
        if items and not item:
            yield Block("list", items)
            items = []
        if item:
            items.append(runs_of(line[item.end() :]))
        elif _is_table(line):
            yield Block("table", [runs_of(line)])
        elif line:
            paragraph.append(line)


def _is_table(line: str) -> bool:
    whole = FOUND.fullmatch(line)
    return bool(whole) and PUBLISHED.get(whole[1].strip(), (Kind.TEXT,))[0] in ALONE  # type: ignore[index]


def body_reasons(body: str) -> list[Refusal]:
    """Why the body of an article is refused: every wrong placeholder with its line."""
    reasons = [] if body.strip() else [Refusal(Reason.NO_BODY, form_field="body")]
    for number, line in enumerate(body.splitlines(), start=1):
        reasons += _line_reasons(number, line.strip())
    return reasons


def _line_reasons(number: int, line: str) -> Iterator[Refusal]:
    for name in map(str.strip, FOUND.findall(line)):
        told = {"name": name, "line": number}
        if name not in PUBLISHED:
            yield Refusal(Reason.UNKNOWN, told, form_field="body")
        elif PUBLISHED[name][0] in ALONE and not _is_table(line):
            yield Refusal(Reason.TABLE_ALONE, told, form_field="body")
    if re.search(r"[{}]", FOUND.sub("", line)):
        yield Refusal(Reason.BRACE, {"line": number}, form_field="body")


def condition_reasons(only_if: Sequence[str]) -> list[Refusal]:
    """Why no case can reach an article: conditions that never hold together."""
    pairs = [pair for pair in combinations(only_if, 2) if frozenset(pair) in CONTRARY]
    return [
        Refusal(Reason.UNREACHABLE, {"one": CONDITIONS[one], "other": CONDITIONS[other]}, form_field="only_if")
        for one, other in pairs
    ]


def holds(only_if: Iterable[str], conditions: Iterable[str]) -> bool:
    """Whether an article is used in a case."""
    return set(only_if) <= set(conditions)
