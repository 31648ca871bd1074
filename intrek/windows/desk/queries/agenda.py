"""What may go on the agenda of an intervision: gathered from every room (P17)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.programmes.models import ProgrammeRule
from intrek.ground.services.models import ServiceRequest, waits
from intrek.ground.services.queries import term_of, wait_of
from intrek.ground.services.rules import comes_too_late
from intrek.story.intervision.models import AgendaItem, Meeting, Why
from intrek.story.intervision.rules import Candidate
from intrek.story.support.models import Signal, SupportTerm, TalkRequest


def candidates(meeting: Meeting, rule: ProgrammeRule) -> list[Candidate]:
    """New referrals, what was postponed or asked, open signals, evaluations due, terms ending, services too late; each pathway once."""
    found: dict[object, Candidate] = {}
    for candidate in [
        *_referrals(meeting), *_asked(meeting), *_signals(meeting), *_running(meeting, rule), *_too_late(meeting),
    ]:  # fmt: skip
        found.setdefault(candidate.pathway.pk, candidate)
    return list(found.values())


def _not_on(meeting: Meeting) -> QuerySet[Pathway]:
    on_it = _items().filter(meeting=meeting)
    undecided = _items().filter(decision="", meeting__closed_on=None)
    return Pathway.objects.filter(programme_id=meeting.programme_id).exclude(Exists(on_it)).exclude(Exists(undecided))


def _referrals(meeting: Meeting) -> list[Candidate]:
    # The agenda closes some days before the meeting; what comes in later goes to the next one.
    closes_on = meeting.agenda_closes_on or meeting.on
    new = _not_on(meeting).filter(stage=Stage.NEW, referred_on__lte=closes_on)
    # Imported without an agenda, postponed, or asked for more: they wait for a decision and stand nowhere.
    again = _not_on(meeting).filter(stage=Stage.ON_AGENDA).annotate(was_on=Exists(_items()))
    return [
        *(
            Candidate(each, Why.POSTPONED if each.was_on else Why.NEW_REFERRAL, "")
            for each in again.order_by("-was_on", "referred_on", "pk")
        ),
        *(Candidate(each, Why.NEW_REFERRAL, "") for each in new.order_by("referred_on", "pk")),
    ]


def _items() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(pathway=OuterRef("pk"))


def _asked(meeting: Meeting) -> list[Candidate]:
    asked = TalkRequest.objects.filter(programme_id=meeting.programme_id, handled_on=None, pathway__in=_not_on(meeting))
    rows = asked.select_related("pathway").order_by("asked_on", "pk")
    return [Candidate(each.pathway, Why.ASKED, each.question) for each in rows]


def _signals(meeting: Meeting) -> list[Candidate]:
    """What a landlord told of somebody's home and is not over (P16)."""
    told = Signal.objects.filter(programme_id=meeting.programme_id, pathway__in=_not_on(meeting)).open()
    rows = told.select_related("pathway").order_by("on", "pk")
    return [Candidate(each.pathway, Why.SIGNAL, str(each.get_kind_display())) for each in rows if each.pathway]


def _too_late(meeting: Meeting) -> list[Candidate]:
    """Services that are expected only after support has ended (P21)."""
    asked = ServiceRequest.objects.filter(programme_id=meeting.programme_id, pathway__in=_not_on(meeting))
    waiting = asked.filter(waits(), expected_on__isnull=False)
    rows = waiting.select_related("pathway", "service").order_by("expected_on", "pk")
    return [
        Candidate(each.pathway, Why.TOO_LATE, each.service.name)
        for each in rows
        if comes_too_late(wait_of(each), term_of(each.pathway)[1])
    ]


def _running(meeting: Meeting, rule: ProgrammeRule) -> list[Candidate]:
    soon: date = meeting.on + timedelta(weeks=rule.ending_soon_weeks)
    open_terms = SupportTerm.objects.filter(
        programme_id=meeting.programme_id, ended_on=None, pathway__in=_not_on(meeting)
    )
    ending = open_terms.filter(agreed_last_day__lte=soon).select_related("pathway").order_by("agreed_last_day", "pk")
    due = (
        open_terms.filter(next_evaluation_on__lte=meeting.on)
        .select_related("pathway")
        .order_by("next_evaluation_on", "pk")
    )
    return [
        *(Candidate(each.pathway, Why.TERM_ENDING, "") for each in ending),
        *(Candidate(each.pathway, Why.EVALUATION_DUE, "") for each in due),
    ]
