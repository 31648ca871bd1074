"""Making what a list says: one short transaction for each row, so that a bad row takes nothing with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.people.actions import UNKNOWN_SPAN, add_person, add_residence, set_registration
from intrek.ground.people.models import Person
from intrek.ground.programmes.models import Programme, TrackKind
from intrek.story.referral.actions import submit_referral
from intrek.story.referral.models import Referral
from intrek.windows.exchange.actions.directory import Directory
from intrek.windows.exchange.actions.story import tell_story
from intrek.windows.exchange.models import Batch, RefusedRow
from intrek.windows.exchange.queries import Reading, imported_keys, read_list
from intrek.windows.exchange.rules.answers import Answers, register_number_of
from intrek.windows.exchange.rules.columns import Field
from intrek.windows.exchange.rules.rows import ReadRow, Reason

# What one request makes before it answers; the rest follows in the next ones.
ROWS_AT_ONCE = 200


@transaction.atomic
def upload_list(
    programme: Programme, *, file_name: str, content: bytes, today: date, read_by: Contact | None = None
) -> Batch:
    """A list is laid ready; nothing of it is made before somebody confirmed it. Refused when it is no spreadsheet."""
    reading = read_list(programme, content, file_name, today=today)
    refuse_if(reading.reasons if reading.sheet is None else [])
    return Batch.objects.create(
        programme=programme,
        file_name=file_name[:200],
        content=content,
        headings=reading.sheet.headings if reading.sheet else [],
        read_by=read_by,
    )


@transaction.atomic
def point_out_columns(batch: Batch, columns: Mapping[str, int]) -> Batch:
    """Somebody says which column holds what; -1 for a column that the list does not have."""
    refuse_if([Refusal(Reason.FINISHED)] if batch.confirmed_at else [])
    batch.columns = dict(columns)
    batch.save(update_fields=["columns"])
    return batch


@transaction.atomic
def discard_list(batch: Batch) -> None:
    """A list that was not confirmed is thrown away, with all that it held."""
    refuse_if([Refusal(Reason.FINISHED)] if batch.confirmed_at else [])
    batch.delete()


def reading_of(batch: Batch, *, today: date) -> Reading:
    """The list of a batch, read as it stands against the programme now."""
    return read_list(batch.programme, bytes(batch.content), batch.file_name, columns=batch.columns, today=today)


def make_rows(
    batch: Batch,
    *,
    today: date,
    with_doubtful: bool = True,
    most_rows: int | None = ROWS_AT_ONCE,
    by: Membership | None,
) -> Batch:
    """Make the rows that were not dealt with yet, ``most_rows`` at a time (null: all of them). A refused row is kept with its reasons.

    Not one transaction: what is made stays made, and the same list read again finds it known.
    """
    if batch.finished_at:
        return batch
    reading = reading_of(batch, today=today)
    refuse_if(reading.reasons)
    if batch.confirmed_at is None:
        batch.confirmed_at, batch.with_doubtful = timezone.now(), with_doubtful
        batch.save(update_fields=["confirmed_at", "with_doubtful"])
    house = Directory(batch.programme, by=by)
    house.take_in(reading.partners)
    waiting = [row for row in reading.rows if row.line > batch.line]
    for row in waiting[:most_rows]:
        _deal_with(batch, row, house, today=today, by=by)
    if most_rows is None or len(waiting) <= most_rows:
        _finish(batch, by=by, on=today)
    return batch


def _deal_with(batch: Batch, row: ReadRow, house: Directory, *, today: date, by: Membership | None) -> None:
    reasons = list(row.refusals)
    if row.doubts and not batch.with_doubtful and not row.is_known:
        reasons += [*row.doubts, Refusal(Reason.NOT_THIS_TIME)]
    fate = "refused" if reasons else "known"
    try:
        with transaction.atomic():
            if not reasons and not row.is_known:
                make_row(row, house, today=today, by=by)
                fate = "made"
            _count(batch, row, fate, reasons)
    except Refused as refused:
        house.look_up()
        _count(batch, row, "refused", refused.reasons)
    except IntegrityError:
        # Somebody else made this very row at the same moment; anything else is a fault of ours.
        house.look_up()
        if not imported_keys(batch.programme, [row.key]):
            raise
        _count(batch, row, "known", [])


@transaction.atomic
def _count(batch: Batch, row: ReadRow, fate: str, reasons: list[Refusal]) -> None:
    if fate == "refused":
        texts = [str(each) for each in reasons]
        RefusedRow.objects.create(
            programme_id=batch.programme_id, batch=batch, line=row.line, cells=row.cells, reasons=texts
        )
    Batch.objects.filter(pk=batch.pk).update(line=row.line, **{fate: F(fate) + 1})
    batch.line = row.line
    setattr(batch, fate, getattr(batch, fate) + 1)


@transaction.atomic
def _finish(batch: Batch, *, by: Membership | None, on: date) -> None:
    """Every row was dealt with: the file itself, with all it says about people, is not kept any longer."""
    batch.finished_at, batch.content = timezone.now(), b""
    batch.save(update_fields=["finished_at", "content"])
    record(
        batch, "exchange.list_imported", on=on, by=by, file=batch.file_name, made=batch.made, known=batch.known,
        refused=batch.refused,
    )  # fmt: skip


@transaction.atomic
def make_row(row: ReadRow, house: Directory, *, today: date, by: Membership | None) -> Referral:
    """One referral of the list, as far as it came: the person, what was said, and the story up to its state."""
    answers = row.answers
    organisation, referred_on = house.organisation(answers.organisation), answers.on(Field.REFERRED_ON)
    if organisation is None or answers.track is None:
        raise Refused([Refusal(Reason.UNKNOWN_ORGANISATION, {"name": answers.organisation})])
    person = _person(house.programme, answers, by=by)
    referral = submit_referral(
        person,
        track=house.tracks[answers.track],
        organisation=organisation,
        referrer=house.contact(organisation, answers.text(Field.REFERRER)),
        referred_on=referred_on,
        answers=_told(answers, house),
        care=_care(answers),
        import_key=row.key,
        by=by,
        history=True,
    )
    tell_story(referral, answers, house, today=today, by=by)
    return referral


def _person(programme: Programme, answers: Answers, *, by: Membership | None) -> Person:
    person = add_person(
        programme,
        given_name=answers.given_name,
        family_name=answers.family_name,
        birth_on=answers.on(Field.BIRTH_ON),
        register_number=register_number_of(answers.text(Field.REGISTER_NUMBER)),
        on=answers.on(Field.REFERRED_ON),
        by=by,
    )
    since, until = answers.on(Field.DOMICILE_FROM), answers.on(Field.DOMICILE_UNTIL)
    if since or until:
        add_residence(
            person,
            municipality=programme.municipality,
            since=(since, since) if since else UNKNOWN_SPAN,
            until=(until, until) if until else UNKNOWN_SPAN,
            still_there=until is None,
            domicile=YesNoUnknown.YES,
        )
    number = answers.text(Field.REGISTRATION_NUMBER)
    if number or answers.registered != YesNoUnknown.UNKNOWN:
        set_registration(person, registered=answers.registered, number=number[:40])
    return person


def _told(answers: Answers, house: Directory) -> dict[str, Any]:
    told: dict[str, Any] = {
        "repeated_housing": answers.repeated_housing,
        "remarks": answers.text(Field.REMARKS),
        "services_running": "; ".join(each.name for each in answers.services if not each.is_on_waiting_list),
        "services_waiting": "; ".join(each.name for each in answers.services if each.is_on_waiting_list),
    }
    if answers.track == TrackKind.SITTING:
        name = answers.text(Field.LANDLORD)
        landlord = house.organisation(name)
        told["dwelling_address"] = answers.text(Field.DWELLING)[:160]
        told["landlord"] = landlord
        told["landlord_other"] = "" if landlord else name[:120]
    return told


def _care(answers: Answers) -> dict[str, Any]:
    """What the programme wrote down about health is the programme's: a landlord who referred does not see it (P7)."""
    (mental_health, mental_note), (addiction, addiction_note) = answers.mental_health, answers.addiction
    return {
        "mental_health": mental_health,
        "mental_health_note": mental_note,
        "addiction": addiction,
        "addiction_note": addiction_note,
    }
