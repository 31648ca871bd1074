"""What comes after support: an anchor person, talks, knocks, back to support, or goodbye (P6, P23)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from intrek.ground.common import eyes
from intrek.ground.common.dates import months_later
from intrek.ground.common.refusals import refuse_if
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.partners.queries import who_hears
from intrek.ground.pathways import rules as pathway_rules
from intrek.ground.pathways.actions import await_, close_pathway, move, note_unknown, reach, set_facts
from intrek.ground.pathways.models import Awaited, Ending, Party, Pathway, Stage, Station, StepState
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind
from intrek.ground.programmes.models import Track
from intrek.ground.programmes.queries import rule_of
from intrek.story.aftercare import rules
from intrek.story.aftercare.models import Aftercare, Knock, Review
from intrek.story.aftercare.queries import anchor_of, next_review, running_aftercare, standing_of, unknown_help
from intrek.story.placement.queries import ending_of
from intrek.story.support.actions import start_support


def _today(by: Membership | None) -> date | None:
    return by.on if by else None


@transaction.atomic
def start_aftercare(
    pathway: Pathway,
    *,
    anchor: Contact | None,
    from_on: date | None,
    until_on: date | None = None,
    for_resident: bool = True,
    for_landlord: bool = True,
    how_to_reach: str = "",
    history: bool = False,
    by: Membership | None,
) -> Aftercare:
    """Support is over; an anchor person stays reachable for resident and landlord, and asks how it goes (P23)."""
    rule = rule_of(pathway.programme, from_on or date.max)
    if until_on is None and from_on:
        until_on = months_later(from_on, rule.aftercare_months)
    told: dict[str, Any] = {"from_on": from_on, "until_on": until_on}
    told |= {"for_resident": for_resident, "for_landlord": for_landlord}
    if not history:
        refuse_if(rules.start_reasons(standing_of(pathway), has_anchor=anchor is not None, **told))
    aftercare = Aftercare.objects.create(
        programme_id=pathway.programme_id, pathway=pathway, anchor=anchor, how_to_reach=how_to_reach, **told
    )
    _plan_reviews(aftercare, rule.aftercare_review_months)
    reopened = {} if pathway.is_open else {"closed_on": None, "ending": "", "ended_how": "", "home_kept": ""}
    move(pathway, Stage.AFTERCARE, aftercare_on=from_on, **reopened)
    if from_on is None:
        note_unknown(pathway, "aftercare_on")
    _skip_what_was_not_reached(pathway)
    record(aftercare, "aftercare.started", on=from_on, by=by, anchor=anchor, until_on=until_on)
    _await_review(aftercare)
    return aftercare


def _plan_reviews(aftercare: Aftercare, months: int) -> None:
    if aftercare.from_on is None or aftercare.until_on is None:
        return
    Review.objects.bulk_create(
        Review(programme_id=aftercare.programme_id, aftercare=aftercare, pathway_id=aftercare.pathway_id, due_on=due)
        for due in rules.review_days(aftercare.from_on, aftercare.until_on, months)
    )


def _skip_what_was_not_reached(pathway: Pathway) -> None:
    """Stations that were passed by, such as the tenancy of who left, are drawn as skipped."""
    stations = pathway_rules.stations_of(pathway.track.kind, continued=pathway.track_id != pathway.current_track_id)
    reached = set(pathway.steps.exclude(state="").values_list("station", flat=True))
    for station in stations[:-1]:
        if station not in reached:
            reach(pathway, Station(station), on=None, state=StepState.SKIPPED)


def _await_review(aftercare: Aftercare) -> None:
    due = next_review(aftercare)
    if due:
        name = aftercare.anchor.name if aftercare.anchor else ""
        await_(aftercare.pathway, Awaited.REVIEW, party=Party.ANCHOR, name=name, by_day=due.due_on)
    else:
        await_(aftercare.pathway, Awaited.NEXT_STEP, party=Party.COORDINATOR, by_day=aftercare.until_on)


@transaction.atomic
def hold_review(review: Review, *, held_on: date, note: str, by: Membership | None) -> Review:
    """The anchor person asked resident and landlord how it goes (P23)."""
    aftercare = review.aftercare
    refuse_if(
        rules.review_reasons(
            held_already=review.held_on,
            ended_on=aftercare.ended_on,
            from_on=aftercare.from_on or date.min,
            held_on=held_on,
            today=_today(by),
            note=note,
        )
    )
    review.held_on, review.note = held_on, note.strip()
    review.save(update_fields=["held_on", "note"])
    record(review, "aftercare.review_held", on=held_on, by=by)
    _await_review(aftercare)
    return review


@transaction.atomic
def knock(
    pathway: Pathway, *, who: str, what: str, on: date, knocked_by: Contact | None = None, by: Membership | None
) -> Knock:
    """Resident or landlord asks for the anchor person. It is logged; a closed pathway is not opened by it (P23)."""
    with eyes.closed():  # who knocks is shown nothing of the person
        standing = standing_of(pathway)
    refuse_if(rules.knock_reasons(standing, who=who, what=what, on=on, today=_today(by)))
    said = {"on": on, "by": who.strip()[:120], "what": what.strip(), "knocked_by": knocked_by}
    made = Knock.objects.create(programme_id=pathway.programme_id, pathway=pathway, **said)
    record(made, "aftercare.knocked", on=on, by=by, who=made.by)
    return made


@transaction.atomic
def knock_as_landlord(pathway: Pathway, *, what: str, on: date, by: Membership) -> Knock:
    """The landlord knocks at the anchor person's door; the anchor person and who coordinates hear it at once (P23)."""
    who = f"{by.label}, {by.organisation}"
    made = knock(pathway, who=who, what=what, on=on, knocked_by=by.contact, by=by)
    for each in who_hears(pathway.programme, on, anchor_of(pathway)):
        send(each, Kind.KNOCK, pathway=pathway, path=reverse("aftercare:answer", args=[made.pk]), by=by)
    return made


@transaction.atomic
def answer_knock(knocked: Knock, *, answer: str, told: str = "", answered_on: date, by: Membership | None) -> Knock:
    """What was done with a knock; a landlord who knocked reads what is meant for them, and no more (P7)."""
    refuse_if(
        rules.answer_reasons(
            answered_already=knocked.answered_on,
            knocked_on=knocked.on,
            answered_on=answered_on,
            answer=answer,
            today=_today(by),
        )
    )
    knocked.answered_on, knocked.answer, knocked.told = answered_on, answer.strip(), told.strip()
    knocked.save(update_fields=["answered_on", "answer", "told"])
    record(knocked, "aftercare.answered", on=answered_on, by=by, who=knocked.by)
    if knocked.knocked_by and knocked.told:
        send(knocked.knocked_by, Kind.KNOCK_ANSWERED, text=knocked.told, path=reverse("portal:dwellings"), by=by)
    return knocked


@transaction.atomic
def back_to_support(
    pathway: Pathway,
    *,
    track: Track,
    starts_on: date | None,
    months: int | None = None,
    last_day: date | None = None,
    worker: Contact | None,
    agreement_on: date | None = None,
    history: bool = False,
    by: Membership | None,
) -> Pathway:
    """Support is taken up again on the same pathway, without a new referral; a closed pathway opens again (P23)."""
    standing = standing_of(pathway)
    term: dict[str, Any] = {"starts_on": starts_on, "months": months, "last_day": last_day, "worker": worker}
    if not history:
        refuse_if(rules.return_reasons(standing, starts_on=starts_on))
    _end_aftercare(pathway, starts_on - timedelta(days=1) if starts_on else None)
    start_support(pathway, track=track, agreement_on=agreement_on, history=history, by=by, **term)
    record(pathway, "aftercare.returned", on=starts_on, by=by)
    return pathway


def _end_aftercare(pathway: Pathway, last_day: date | None) -> None:
    running = running_aftercare(pathway)
    if running:
        running.ended_on = (
            max(last_day, running.from_on) if last_day and running.from_on else last_day or running.until_on
        )
        running.save(update_fields=["ended_on"])


def _lock(pathway: Pathway) -> None:
    """See the pathway as it is now, and let nobody else change it before this is done."""
    Pathway.objects.select_for_update().filter(pk=pathway.pk).first()
    pathway.refresh_from_db(fields=["stage", "closed_on", "to_complete", "is_incomplete", "first_ending"])


@transaction.atomic
def close(
    pathway: Pathway,
    *,
    ended_how: str,
    home_kept: str,
    what_helped: str = "",
    what_otherwise: str = "",
    lessons_about: list[str] | None = None,
    on: date | None,
    history: bool = False,
    by: Membership | None,
) -> Pathway:
    """Goodbye: both outcomes are recorded apart, and what was learned of which kind of help (P6)."""
    _lock(pathway)
    ending = ending_of(pathway, ended_how)
    about = lessons_about or []
    if not history:
        told: dict[str, Any] = {"has_ending": ending is not None, "has_home_answer": bool(home_kept)}
        told["unknown_help"] = unknown_help(pathway, about)
        refuse_if(rules.close_reasons(standing_of(pathway), on=on, today=_today(by), **told))
    had_aftercare = running_aftercare(pathway) is not None
    _end_aftercare(pathway, on)
    _skip_what_was_not_reached(pathway)
    if had_aftercare:
        reach(pathway, Station.AFTERCARE, on=on)
    else:
        reach(pathway, Station.AFTERCARE, on=None, state=StepState.SKIPPED)
    lessons: dict[str, Any] = {
        "what_helped": what_helped.strip(),
        "what_otherwise": what_otherwise.strip(),
        "lessons_about": about,
    }
    counts_as = Ending(ending.group) if ending and ending.group else Ending.NEUTRAL
    closed = close_pathway(pathway, ending=counts_as, on=on, by=by, ended_how=ended_how, home_kept=home_kept, **lessons)
    if on is None:
        note_unknown(pathway, "closed_on")
    if not pathway.first_ending:
        # Support that history started without a term of its own still counts once, at its first end.
        set_facts(pathway, first_ending=counts_as, first_ended_on=on)
    return closed
