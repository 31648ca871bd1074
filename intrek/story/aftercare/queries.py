"""Aftercare as rules and pages look at it."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.common import eyes
from intrek.ground.common.refusals import Refusal, WayOut
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.programmes.models import CodeList
from intrek.ground.programmes.queries import code_label, codes
from intrek.story.aftercare import rules
from intrek.story.aftercare.models import Aftercare, Knock, Review
from intrek.story.placement.models import Placement
from intrek.story.support.models import SupportTerm
from intrek.story.support.queries import open_term


def running_aftercare(pathway: Pathway) -> Aftercare | None:
    """The aftercare that runs on this pathway."""
    found = Aftercare.objects.filter(programme_id=pathway.programme_id, pathway=pathway, ended_on=None)
    return found.select_related("anchor").order_by("pk").first()


def last_term(pathway: Pathway) -> SupportTerm | None:
    """The support that ended last."""
    ended = SupportTerm.objects.filter(programme_id=pathway.programme_id, pathway=pathway)
    return ended.order_by(F("ended_on").desc(nulls_last=True), "-created_at", "-pk").first()


def standing_of(pathway: Pathway) -> rules.Standing:
    """A pathway as the rules look at it."""
    term, last, aftercare = open_term(pathway), last_term(pathway), running_aftercare(pathway)
    stay = Placement.objects.open().filter(pathway=pathway).order_by("pk").first()
    others = Pathway.objects.filter(programme_id=pathway.programme_id, person_id=pathway.person_id).open()
    other = others.exclude(pk=pathway.pk).order_by("pk").first()
    return rules.Standing(
        stage=pathway.stage,
        closed_on=pathway.closed_on,
        term_runs=term is not None,
        stay_runs=stay is not None,
        term_ended_on=last.ended_on if last else None,
        anchor=str(aftercare.anchor or "–") if aftercare else "",
        way_out=_way_out(pathway, term, stay),
        other_number=other.number if other else "",
        person=pathway.person.name,
    )


def _way_out(pathway: Pathway, term: SupportTerm | None, stay: Placement | None) -> WayOut | None:
    if stay:
        return WayOut(reverse("support:end_stay", args=[stay.pk]), _("End the stay"))
    if term:
        return WayOut(reverse("support:end_support", args=[term.pk]), _("End the support"))
    if pathway.stage in {Stage.NEW, Stage.ON_AGENDA, Stage.WAITING, Stage.ALLOCATED}:
        return WayOut(reverse("desk:pathway", args=[pathway.pk]), _("See the pathway"))
    return None


def unknown_help(pathway: Pathway, kinds: list[str]) -> list[str]:
    """Those of these kinds of help that the programme does not know."""
    known = {each.code for each in codes(pathway.programme, CodeList.HELP)}
    return sorted(set(kinds) - known)


def next_review(aftercare: Aftercare) -> Review | None:
    """The aftercare talk that is due next."""
    return aftercare.reviews.filter(held_on=None).order_by("due_on", "pk").first()


def page_of(pathway: Pathway, on: date) -> dict[str, Any]:
    """The page about what comes after support."""
    aftercare = running_aftercare(pathway)
    programme = pathway.programme
    held = Review.objects.filter(programme_id=pathway.programme_id, pathway=pathway)
    knocks = Knock.objects.filter(programme_id=pathway.programme_id, pathway=pathway).order_by("-on", "-pk")
    standing = standing_of(pathway)
    return {
        "pathway": pathway,
        "aftercare": aftercare,
        "reviews": list(held.select_related("aftercare").order_by("due_on", "pk")),
        "knocks": list(knocks),
        "reasons": [] if aftercare or pathway.stage == Stage.CLOSED else rules.support_reasons(standing),
        "is_closed": pathway.stage == Stage.CLOSED,
        "had_support": pathway.stage in rules.HAD_SUPPORT and last_term(pathway) is not None,
        "is_over": bool(aftercare and aftercare.until_on and aftercare.until_on < on),
        "ended_how": code_label(programme, CodeList.ENDING, pathway.ended_how) if pathway.ended_how else "",
        "about": [code_label(programme, CodeList.HELP, code) for code in pathway.lessons_about],
    }


def start_reasons(pathway: Pathway) -> list[Refusal]:
    """Why no aftercare can begin now, whatever is filled in."""
    standing = standing_of(pathway)
    running = [Refusal(rules.Reason.RUNS_ALREADY, {"anchor": standing.anchor})] if standing.anchor else []
    return rules.support_reasons(standing) + running


def return_reasons(pathway: Pathway) -> list[Refusal]:
    """Why support cannot be taken up again now, whatever is filled in."""
    return rules.return_reasons(standing_of(pathway), starts_on=None)


def close_reasons(pathway: Pathway) -> list[Refusal]:
    """Why the pathway cannot be closed now, whatever is filled in."""
    standing = standing_of(pathway)
    if standing.stage == Stage.CLOSED:
        return [Refusal(rules.Reason.CLOSED_ALREADY, {"on": standing.closed_on or "–"})]
    return rules.support_reasons(standing)


def day_after_support(pathway: Pathway) -> date | None:
    """The day after support ended: aftercare follows it."""
    last = last_term(pathway)
    return last.ended_on + timedelta(days=1) if last and last.ended_on else None


def how_support_ended(pathway: Pathway) -> str:
    """The reason that was given when support ended last."""
    last = last_term(pathway)
    return last.ended_how if last else ""


# ---- the landlord's side ----


def aftercare_of(pathway: Pathway) -> Aftercare | None:
    """The aftercare that runs, else the last there was: its anchor person is who one knew (P23)."""
    rows = Aftercare.objects.filter(pathway=pathway).select_related("anchor__organisation")
    return rows.order_by(F("ended_on").desc(nulls_first=True), "-created_at", "pk").first()


def anchor_of(pathway: Pathway) -> Contact | None:
    """Whom a knock reaches."""
    aftercare = aftercare_of(pathway)
    return aftercare.anchor if aftercare else None


def card_of(pathway: Pathway, member: Membership) -> dict[str, Any]:
    """The anchor person's card as a landlord reads it, and what their organisation knocked about before."""
    eyes.see(pathway.pk)  # the page tells of somebody, and loads no person
    mine = Knock.objects.filter(pathway=pathway, knocked_by__organisation_id=member.organisation_id)
    return {"aftercare": aftercare_of(pathway), "knocks": list(mine.order_by("-on", "-created_at", "pk"))}
