"""What staff do from the desk itself: tell a referrer, fill in a day that was not known."""

from datetime import date

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intrek.ground.common import wording
from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.actions import keep_promises, note_known, promise, set_facts
from intrek.ground.pathways.models import Pathway, Promise, Station
from intrek.ground.post.models import Kind
from intrek.story.referral.actions import referral_with_referrer, tell_referrer
from intrek.story.support.actions import refresh_clock
from intrek.story.support.models import SupportTerm
from intrek.windows.desk.queries.unknown import UNKNOWN, unknown_name

# As many as one go tells; the next goes on.
AT_A_TIME = 500


class Reason(TextChoices):
    """Why it is refused."""

    NO_REFERRER = "no_referrer", _("Nobody is known who referred this person; fill in a referrer first.")
    NEXT_DAY_PASSED = "next_day_passed", _("The next day, %(day)s, has passed already.")
    IN_THE_FUTURE = "in_the_future", _("%(day)s is still to come: this is about what happened.")


@transaction.atomic
def answer_referrer(
    pathway: Pathway, *, text: str, next_day: date | None = None, reason: str = "", on: date, by: Membership
) -> Pathway:
    """The referrer hears, and hears by when they will hear more (P24)."""
    reasons = [] if referral_with_referrer(pathway) else [Refusal(Reason.NO_REFERRER)]
    if next_day and next_day <= on:
        reasons.append(Refusal(Reason.NEXT_DAY_PASSED, {"day": next_day}, form_field="next_day"))
    refuse_if(reasons)
    keep_promises(pathway, on=on)
    if next_day:
        promise(pathway, Station.INTERVISION, due_on=next_day, on=on, reason=reason)
    kind = Kind.LATER_DAY if next_day else Kind.NEWS
    tell_referrer(pathway, kind, words=lambda: "\n\n".join(filter(None, [text, reason])), on=on, by=by)
    record(pathway, "desk.answered", on=on, by=by, text=text[:200])
    return pathway


@transaction.atomic
def complete_days(pathway: Pathway, *, on: date, by: Membership, **days: date | None) -> Pathway:
    """Days that were not known are filled in, in every row that waits for them; those left empty stay unknown."""
    known = {name: day for name, day in days.items() if day and name in pathway.to_complete and name in UNKNOWN}
    refuse_if(
        Refusal(Reason.IN_THE_FUTURE, {"day": day}, form_field=name)
        for name, day in known.items()
        if day > on and not UNKNOWN[name].may_lie_ahead
    )
    if not known:
        return pathway
    for name, day in known.items():
        _fill_in(pathway, name, day)
    note_known(pathway, *known)
    _set_clock_going(pathway, on)
    names = ", ".join(unknown_name(name) for name in known)
    record(pathway, "desk.completed", on=on, by=by, what=names)
    return pathway


def _fill_in(pathway: Pathway, name: str, day: date) -> None:
    if name in {field.name for field in Pathway._meta.concrete_fields}:
        set_facts(pathway, **{name: day})
    for rows, column in UNKNOWN[name].rows(pathway):
        rows.update(**{column: day})
    pathway.steps.filter(station__in=UNKNOWN[name].stations, on=None).exclude(state="").update(on=day)


def _set_clock_going(pathway: Pathway, on: date) -> None:
    """A running term whose days are known now gets its clock and its evaluations."""
    for term in SupportTerm.objects.filter(pathway=pathway, ended_on=None, ended_how="").select_related("worker"):
        term.pathway = pathway
        refresh_clock(term, on=on)


def tell_overdue(*, on: date) -> int:
    """Who was promised to hear by a day that went by is told that they were not forgotten, once for each promise (P24)."""
    silent = Promise.objects.filter(kept_on=None, replaced_on=None, due_on__lt=on, told_overdue_on=None)
    return sum(
        _tell_overdue(each, on) for each in silent.select_related("pathway").order_by("due_on", "pk")[:AT_A_TIME]
    )


@transaction.atomic
def _tell_overdue(promised: Promise, on: date) -> bool:
    def words() -> str:
        due_on = wording.day(promised.due_on)
        return gettext("You would have heard by %(day)s. It stands on top of the coordinator's list.") % {"day": due_on}

    # One statement, so that of two who tell at once one does.
    if not Promise.objects.filter(pk=promised.pk, told_overdue_on=None).update(told_overdue_on=on):
        return False
    return tell_referrer(promised.pathway, Kind.OVERDUE, words=words, on=on, by=None) is not None
