"""What a paper says: a text, filled in with the facts of one case. Pure; the press sets it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intrek.ground.common.refusals import Refusal
from intrek.ground.common.wording import day
from intrek.ground.documents.facts import Facts, Table, printed
from intrek.ground.documents.placeholders import (
    PARTIES,
    PUBLISHED,
    Block,
    Kind,
    Run,
    blocks_of,
    body_reasons,
    holds,
    names_in,
)
from intrek.ground.documents.rules import Reason
from intrek.ground.documents.shipped import BINDING

# A word longer than a line would run off the page: it may be broken after every so many letters. What people typed into a form
# may stand in a narrow column; the words of a text are broken by the rules of its language, unless they have none.
OF_A_FACT, OF_A_TEXT, BREAK_AFTER = re.compile(r"\S{18,}"), re.compile(r"\S{40,}"), re.compile(r"\S{12}(?=\S)")
BREAK_HERE = "\u200b"
# Marks that turn the order of letters around: on paper a name reads as it is written.
TURNED = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# As much as the head of a page holds.
HEAD = 70


class AnArticle(Protocol):
    """An article of a version or of a model."""

    @property
    def heading(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def only_if(self) -> list[str]: ...


@dataclass(frozen=True)
class Version:
    """A text to make a paper from: an approved version, a draft to look at, or the model that ships (``number`` null)."""

    title: str
    signers: Sequence[str]
    articles: Sequence[AnArticle]
    number: int | None = None

    @property
    def names(self) -> set[str]:
        """The facts that its articles print."""
        return {name for each in self.articles for name in names_in(each.body)}

    def used(self, facts: Facts) -> list[AnArticle]:
        """The articles of this case."""
        return [each for each in self.articles if holds(each.only_if, facts.conditions)]


@dataclass(frozen=True)
class Imprint:
    """What stands around the text: whose paper, of which pathway, made when, in which language; ``logo`` as an SVG, if there is one."""

    programme: str
    reference: str
    on: date
    language: str
    logo: str = ""


def missing_reasons(version: Version, facts: Facts) -> list[Refusal]:
    """Why a paper cannot be made yet: every fact it prints that is not known, each with the page to fill it in."""
    unknown = [reason for each in version.used(facts) for reason in body_reasons(each.body)]
    if unknown:
        return unknown  # what was published once and is no longer; a text is refused when it is written, too
    names = dict.fromkeys(name for each in version.used(facts) for name in names_in(each.body))
    empty = [name for name in names if facts.values.get(name) in (None, "", [])]
    return [
        Refusal(Reason.FACT_MISSING, {"fact": PUBLISHED[name][1]}, way_out=facts.pages.get(name.partition(".")[0]))
        for name in empty
    ]


def facts_printed(version: Version, facts: Facts) -> dict[str, Any]:
    """The facts that this text prints in this case, by name, in the language that is active."""
    names = dict.fromkeys(name for each in version.used(facts) for name in names_in(each.body))
    told = {name: printed(facts.values[name]) for name in names}
    return told | {f"signer.{party}": name for party, name in _asked(version, facts).items()}


def sheet_content(
    title: str, parts: Iterable[tuple[str, Sequence[dict[str, Any]]]], imprint: Imprint
) -> dict[str, Any]:
    """A sheet that is no paper of a text: headings with their blocks, nobody signs it."""
    return {
        **_frame(title, imprint),
        "made": _("Made on %(day)s") % {"day": day(imprint.on)},
        "notes": [],
        "articles": [{"heading": heading, "blocks": list(blocks)} for heading, blocks in parts],
        "signers": [],
    }


def paragraph(words: str, *, strong: bool = False) -> dict[str, Any]:
    """A paragraph of a sheet."""
    return {"kind": "paragraph", "lines": [[{"words": breakable(words), "strong": strong}]], "table": None}


def table(told: Table) -> dict[str, Any]:
    """A table of a sheet."""
    return {"kind": "table", "lines": [], "table": printed(told)}


def picture(svg: str, alt: str) -> dict[str, Any]:
    """A picture of a sheet, with the words for who cannot see it."""
    return {"kind": "picture", "lines": [], "table": None, "svg": svg, "alt": alt}


def _frame(title: str, imprint: Imprint) -> dict[str, Any]:
    on = imprint.on
    return {
        "title": title,
        "programme": breakable(imprint.programme[:HEAD]),
        "reference": breakable(imprint.reference),
        "logo": imprint.logo,
        "lang": imprint.language,
        "day": [on.year, on.month, on.day],
        "words": {"page": _("page"), "of": _("of"), "signed": _("Signatures"), "how": _("date and signature")},
    }


def content_of(version: Version, facts: Facts, imprint: Imprint) -> dict[str, Any]:
    """The paper as data for the press, in the language that is active. Every fact must be there: ask ``missing_reasons`` first."""
    told = facts_printed(version, facts)
    used = version.used(facts)
    # A letter is no contract: an article without a heading has no number either.
    is_numbered = len(used) > 1 and all(each.heading for each in used)
    return {
        **_frame(version.title, imprint),
        "made": _made(version, imprint.on),
        "notes": list(_notes(version, imprint.language)),
        "articles": [
            {
                "heading": f"{at}. {each.heading}" if is_numbered else each.heading,
                "blocks": [_block(b, told) for b in blocks_of(each.body)],
            }
            for at, each in enumerate(used, start=1)
        ],
        "signers": _signers(_asked(version, facts)) if imprint.language == BINDING else [],
    }


@dataclass(frozen=True)
class Signed:
    """A signature as it is printed: by which party, who, when, how; ``picture`` is the drawing as an SVG, empty for a typed name."""

    party: str
    name: str
    when: str
    how: str
    picture: str


def signed_content(
    content: dict[str, Any], signatures: Sequence[Signed], *, digest: str, is_self_made: bool
) -> dict[str, Any]:
    """The same paper with what everybody signed in its place, and the evidence behind it, in the language that is active."""
    by_party = {each.party: each for each in signatures}
    signers = [
        each | {"told": "", "svg": "", "alt": ""} | _as_signed(by_party.get(each["party"]))
        for each in content["signers"]
    ]
    head = [_("Party"), _("Name"), _("When"), _("How")]
    rows = [
        [str(capfirst(PARTIES[each.party])), breakable(each.name), each.when, breakable(each.how)]
        for each in signatures
    ]
    blocks = [
        paragraph(_("Everybody read this file on a screen before signing it. Its digest (SHA-256) is:")),
        paragraph(digest),
        table(Table(head, rows)),
        paragraph(
            _("The file as it was shown is inside this one, as “shown.pdf”. Whoever reckons its digest finds the same.")
        ),
        paragraph(_vouched(is_self_made=is_self_made)),
    ]
    return content | {"signers": signers, "evidence": {"heading": _("Evidence of the signatures"), "blocks": blocks}}


def _vouched(*, is_self_made: bool) -> str:
    if is_self_made:
        return _(
            "The seal of the programme over this file shows whether it was changed since. Its certificate was made by the programme "
            "itself: no authority vouches for it."
        )
    return _("The seal of the programme over this file shows whether it was changed since, and who sealed it.")


def _as_signed(signed: Signed | None) -> dict[str, str]:
    if signed is None:
        return {}
    alt = _("Signature of %(name)s") % {"name": signed.name} if signed.picture else ""
    told = _("Signed by %(name)s, %(when)s") % {"name": signed.name, "when": signed.when}
    return {"told": breakable(told), "svg": signed.picture, "alt": alt}


def correction_content(
    title: str, rows: Sequence[Sequence[str]], parties: dict[str, str], imprint: Imprint
) -> dict[str, Any]:
    """A sheet that sets right what a signed paper says, to be signed as the paper was; ``rows``: what, how it stood, how it reads."""
    words = _("We set right what stands wrong in this paper. Everything else stays as it was signed.")
    told = table(
        Table([_("What"), _("As it stands there"), _("As it has to read")], [list(map(breakable, row)) for row in rows])
    )
    return sheet_content(title, [("", [paragraph(words), told])], imprint) | {"signers": _signers(parties)}


def _made(version: Version, on: date) -> str:
    facts = {"day": day(on), "number": version.number}
    return _("Made on %(day)s from version %(number)s of the text") % facts if version.number else _("Made on %(day)s from the model text") % facts  # fmt: skip


def _notes(version: Version, language: str) -> Iterable[str]:
    if version.number is None:
        yield _("Model, to be gone over by your lawyer.")
    if language != BINDING:
        yield _("This is a copy for your information. The Dutch text binds.")


def _asked(version: Version, facts: Facts) -> dict[str, str]:
    return {party: facts.parties.get(party, "") for party in version.signers}


def _signers(parties: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"party": party, "label": str(capfirst(PARTIES[party])), "name": breakable(name)}
        for party, name in parties.items()
    ]


def _block(block: Block, told: dict[str, Any]) -> dict[str, Any]:
    if block.kind == "table":
        table = told[block.lines[0][0].fact]
        if "photos" in table:
            return {"kind": "photos", "lines": [], "table": None, "photos": table["photos"]}
        if isinstance(table, list):
            return {
                "kind": "list",
                "lines": [[{"words": breakable(each), "strong": False}] for each in table],
                "table": None,
            }
        rows = [[breakable(cell) for cell in row] for row in table["rows"]]
        return {"kind": "table", "lines": [], "table": table | {"rows": rows}}
    return {"kind": block.kind, "lines": [[_run(run, told) for run in line] for line in block.lines], "table": None}


def _run(run: Run, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "words": breakable(told[run.fact]) if run.fact else breakable(run.words, OF_A_TEXT),
        # What stands out is what was filled in; what somebody wrote stands by itself.
        "strong": bool(run.fact) and PUBLISHED[run.fact][0] != Kind.PROSE,
    }


def breakable(words: str, long: re.Pattern[str] = OF_A_FACT) -> str:
    """Words with places to break in those that are long."""
    read = words.translate(TURNED)
    return long.sub(lambda word: BREAK_AFTER.sub(lambda piece: piece[0] + BREAK_HERE, word[0]), read)
