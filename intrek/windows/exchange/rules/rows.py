"""A row of the list becomes answers, doubts and refusals; every reason at once."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal
from intrek.ground.people.rules import forgotten_digest
from intrek.windows.exchange.rules import cells
from intrek.windows.exchange.rules.answers import Answers, Known, import_key, register_number_of
from intrek.windows.exchange.rules.cells import NotADay, State
from intrek.windows.exchange.rules.columns import Field, Sheet
from intrek.windows.exchange.rules.doubts import Doubt, doubts_of

OTHER = "other"
DAYS = (
    Field.REFERRED_ON,
    Field.BIRTH_ON,
    Field.DOMICILE_FROM,
    Field.DOMICILE_UNTIL,
    Field.DISCUSSED_ON,
    Field.STARTED_ON,
    Field.LAST_DAY,
    Field.ENDED_ON,
)


class Reason(TextChoices):
    """Why a row is refused."""

    NO_NAME = "no_name", _("There is no name.")
    IMPOSSIBLE_DAY = "impossible_day", _("%(column)s: %(fault)s")
    NO_ORGANISATION = "no_organisation", _("There is no referring organisation.")
    UNKNOWN_ORGANISATION = "unknown_organisation", _("“%(name)s” is not a partner of the programme.")
    UNKNOWN_STATE = "unknown_state", _("“%(text)s” is not a state that is known here.")
    NO_STATE = "no_state", _("There is no state of affairs.")
    UNKNOWN_TRACK = "unknown_track", _("“%(text)s” is not a track.")
    NO_TRACK = "no_track", _("There is no track.")
    BORN_LATER = "born_later", _("The date of birth, %(birth_on)s, cannot be right.")
    BORN_AFTER_REFERRAL = "born_after_referral", _("The date of birth, %(birth_on)s, lies after the referral.")
    WRONG_REGISTER_NUMBER = (
        "wrong_register_number",
        _("The national register number %(number)s is wrong: its check digits do not fit."),
    )
    ENDS_BEFORE_START = "ends_before_start", _("%(last)s (%(until)s) lies before %(first)s (%(since)s).")
    SAME_ROW = "same_row", _("This row says the same as row %(line)d.")
    FORGOTTEN = "forgotten", _("This person was erased here and does not come back through a list.")
    FINISHED = "finished", _("This list was already imported.")
    NOT_THIS_TIME = "not_this_time", _("Left out, because it was doubtful.")


class Fate(TextChoices):
    """What will become of a row."""

    MADE = "made", _("will be made")
    DOUBTFUL = "doubtful", _("doubtful")
    REFUSED = "refused", _("refused")
    KNOWN = "known", _("known already")


@dataclass(frozen=True)
class ReadRow:
    """One row of the list: its line in the spreadsheet, its cells as they stood, what it says, and what is wrong with it."""

    line: int
    cells: list[str]
    answers: Answers
    key: str
    doubts: list[Refusal]
    refusals: list[Refusal]
    is_known: bool = False

    @property
    def status(self) -> Fate:
        """What will become of the row: refused, known, doubtful or made."""
        if self.refusals:
            return Fate.REFUSED
        if self.is_known:
            return Fate.KNOWN
        return Fate.DOUBTFUL if self.doubts else Fate.MADE


def read_rows(sheet: Sheet, known: Known) -> list[ReadRow]:
    """Every row of the list; of two rows that say the same the second is refused, so that none gets lost unseen."""
    first_line: dict[str, int] = {}
    first_of_person: dict[tuple[str, date | None], int] = {}
    rows = []
    for line, row in sheet.lines():
        read = _read_row(sheet, line, row, known)
        if not read.refusals and read.key in first_line:
            read.refusals.append(Refusal(Reason.SAME_ROW, {"line": first_line[read.key]}))
        first_line.setdefault(read.key, line)
        if read.answers.on(Field.BIRTH_ON):
            earlier = first_of_person.setdefault(read.answers.person, line)
            if earlier != line and not read.refusals:
                read.doubts.append(Refusal(Doubt.SAME_PERSON_IN_LIST, {"line": earlier}))
        rows.append(read)
    return rows


def recognise(rows: list[ReadRow], keys: frozenset[str]) -> list[ReadRow]:
    """The same rows; those that were imported before are known, and nothing about them is doubtful any more."""
    return [replace(row, is_known=True, doubts=[]) if row.key in keys else row for row in rows]


def birth_days(sheet: Sheet) -> set[date]:
    """Every day of birth that the list names."""
    found = set()
    for _line, row in sheet.lines():
        with suppress(NotADay):
            found.add(cells.day_of(sheet.cell(row, Field.BIRTH_ON), birth=True))
    return {day for day in found if day}


def _read_row(sheet: Sheet, line: int, row: list[Any], known: Known) -> ReadRow:
    cell = {name: sheet.cell(row, name) for name in Field}
    days, impossible = _days(cell)
    answers, doubts = _answers(cell, days, known)
    if Field.STATE not in sheet.columns:
        answers = _as_new(answers)
    refusals = [*impossible, *_refusals(answers, known)]
    key = import_key(answers)
    if not refusals:
        doubts += doubts_of(answers, known)
    return ReadRow(line, cells.readable(row), answers, key, doubts, refusals)


def _days(cell: Mapping[Field, Any]) -> tuple[dict[str, date | None], list[Refusal]]:
    days: dict[str, date | None] = {}
    impossible = []
    for name in DAYS:
        days[name] = None
        try:
            days[name] = cells.day_of(cell[name], birth=name == Field.BIRTH_ON)
        except NotADay as fault:
            impossible.append(Refusal(Reason.IMPOSSIBLE_DAY, {"column": name.label, "fault": fault}))
    return days, impossible


def _answers(cell: Mapping[Field, Any], days: dict[str, date | None], known: Known) -> tuple[Answers, list[Refusal]]:
    doubts: list[Refusal] = []
    given_name, family_name = cells.names_of(
        cells.text_of(cell[Field.FAMILY_NAME]), cells.text_of(cell[Field.GIVEN_NAME])
    )
    state = cells.state_of(cell[Field.STATE])
    reason = cells.text_of(cell[Field.REASON])
    texts: dict[str, str] = {name: cells.text_of(cell[name]) for name in Field if name not in DAYS}
    texts[Field.REMARKS] = cells.long_text_of(cell[Field.REMARKS])
    repeated, registered = (_yes_no(cell[name], name, doubts) for name in (Field.REPEATED_HOUSING, Field.REGISTERED))
    answers = Answers(
        given_name=given_name,
        family_name=family_name,
        organisation=cells.text_of(cell[Field.ORGANISATION]),
        track=cells.track_of(cell[Field.TRACK]),
        state=state,
        days=days,
        mental_health=cells.mental_health_of(cell[Field.MENTAL_HEALTH]),
        addiction=cells.addiction_of(cell[Field.ADDICTION]),
        repeated_housing=repeated,
        registered=registered,
        reason_code=_code(state, reason, known, doubts),
        services=cells.services_of(cell[Field.SERVICES]),
        texts=texts,
    )
    return answers, doubts


def _yes_no(cell: Any, name: Field, doubts: list[Refusal]) -> YesNoUnknown:
    answer, text = cells.yes_no_of(cell)
    if text and answer == YesNoUnknown.UNKNOWN:
        doubts.append(Refusal(Doubt.NOT_YES_OR_NO, {"column": name.label, "text": text}))
    return answer


def _code(state: State | None, reason: str, known: Known, doubts: list[Refusal]) -> str:
    lists = {
        State.DECLINED: known.declines,
        State.WITHDRAWN: known.withdrawals,
        State.DROPPED_OUT: known.endings,
        State.COMPLETED: known.endings,
    }
    if state not in lists or not reason:
        return ""
    code = cells.code_of(reason, lists[state])
    if not code:
        doubts.append(Refusal(Doubt.UNKNOWN_REASON, {"text": reason}))
    return code


def _as_new(answers: Answers) -> Answers:
    """A list without a column for the state holds new referrals."""
    return Answers(**{**vars(answers), "state": State.NEW})


def _refusals(answers: Answers, known: Known) -> list[Refusal]:
    reasons = [] if folded(answers.family_name + answers.given_name) else [Refusal(Reason.NO_NAME)]
    if not answers.organisation:
        reasons.append(Refusal(Reason.NO_ORGANISATION))
    elif folded(answers.organisation) not in known.organisations:
        reasons.append(Refusal(Reason.UNKNOWN_ORGANISATION, {"name": answers.organisation}))
    if answers.track is None:
        reasons.append(_missing(answers.text(Field.TRACK), Reason.UNKNOWN_TRACK, Reason.NO_TRACK))
    if answers.state is None:
        reasons.append(_missing(answers.text(Field.STATE), Reason.UNKNOWN_STATE, Reason.NO_STATE))
    number = answers.text(Field.REGISTER_NUMBER)
    if number and not register_number_of(number):
        reasons.append(Refusal(Reason.WRONG_REGISTER_NUMBER, {"number": number}))
    if _is_forgotten(answers, known):
        reasons.append(Refusal(Reason.FORGOTTEN))
    return [*reasons, *_birth_refusals(answers, known), *_order_refusals(answers)]


def _is_forgotten(answers: Answers, known: Known) -> bool:
    name = f"{answers.given_name} {answers.family_name}"
    return bool(known.forgotten) and forgotten_digest(name, answers.on(Field.BIRTH_ON)) in known.forgotten


def _missing(text: str, unknown: Reason, missing: Reason) -> Refusal:
    return Refusal(unknown, {"text": text}) if text else Refusal(missing)


def _birth_refusals(answers: Answers, known: Known) -> list[Refusal]:
    birth_on, referred_on = answers.on(Field.BIRTH_ON), answers.on(Field.REFERRED_ON)
    reasons = cells.birth_reasons(Reason.BORN_LATER, birth_on, today=known.today)
    if not reasons and birth_on and referred_on and birth_on > referred_on:
        reasons.append(Refusal(Reason.BORN_AFTER_REFERRAL, {"birth_on": birth_on}))
    return reasons


def _order_refusals(answers: Answers) -> list[Refusal]:
    pairs = (
        (Field.STARTED_ON, Field.ENDED_ON),
        (Field.STARTED_ON, Field.LAST_DAY),
        (Field.DOMICILE_FROM, Field.DOMICILE_UNTIL),
    )
    reasons = []
    for first, last in pairs:
        since, until = answers.on(first), answers.on(last)
        if since and until and until < since:
            told = {"last": last.label, "until": until, "first": first.label, "since": since}
            reasons.append(Refusal(Reason.ENDS_BEFORE_START, told))
    return reasons
