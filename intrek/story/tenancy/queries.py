"""Tenancies, and whether a stay may become one."""

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, WayOut
from intrek.ground.pathways.models import Ending, Pathway
from intrek.ground.programmes.models import CodeList
from intrek.ground.programmes.queries import code_label
from intrek.story.allocation.models import Offer
from intrek.story.evaluation.models import Evaluation, NextStep
from intrek.story.evaluation.queries import final_of
from intrek.story.placement.models import Placement
from intrek.story.placement.queries import ending_of
from intrek.story.support.models import SupportTerm
from intrek.story.tenancy import rules
from intrek.story.tenancy.models import Tenancy


def tenancy_of(pathway: Pathway) -> Tenancy | None:
    """The contract that a trial stay led to, if one did."""
    rows = Tenancy.objects.filter(programme_id=pathway.programme_id, pathway=pathway)
    return rows.select_related("landlord", "occupancy__dwelling", "placement").order_by("-created_at", "-pk").first()


def stay_to_sign(pathway: Pathway) -> Placement | None:
    """The stay that a contract would follow: the running one, else the last one that had keys."""
    rows = Placement.objects.filter(programme_id=pathway.programme_id, pathway=pathway)
    rows = rows.select_related("dwelling__owner", "pathway__person", "pathway__track", "allocation__offer", "occupancy")
    return rows.order_by(F("keys_on").desc(nulls_last=True), "-created_at", "-pk").first()


def term_of_stay(placement: Placement) -> SupportTerm | None:
    """The support that came with the stay (P11)."""
    return SupportTerm.objects.filter(placement=placement).select_related("track").first()


def offer_of(placement: Placement) -> Offer | None:
    """The offer under which the dwelling belongs to the programme's pool (P8)."""
    if placement.allocation:
        return placement.allocation.offer
    offers = Offer.objects.filter(programme_id=placement.programme_id, dwelling_id=placement.dwelling_id)
    return offers.order_by("-offered_on", "-pk").first()


def stay_facts(placement: Placement) -> rules.Stay:
    """A stay as the rules look at it, with its final evaluation."""
    final: Evaluation | None = final_of(term_of_stay(placement))
    ending = ending_of(placement.pathway, placement.ended_how) if placement.ended_how else None
    signed = Tenancy.objects.filter(placement=placement).first()
    offer = offer_of(placement)
    return rules.Stay(
        began_on=placement.keys_on or placement.starts_on,
        has_keys=placement.occupancy_id is not None,
        is_ended=placement.is_ended,
        ended_on=placement.ended_on,
        ended_well=bool(ending and ending.group == Ending.POSITIVE),
        ended_words=str(ending or placement.ended_how),
        is_signed=signed is not None,
        signed_on=signed.starts_on if signed else None,
        dwelling=str(placement.dwelling),
        offer_gone_on=(offer.withdrawn_on or offer.used_up_on) if offer else None,
        is_evaluated=final is not None,
        is_positive=bool(final and final.is_positive),
        moves_on=bool(final and final.next_step == NextStep.MOVE_ON),
        next_step=final.get_next_step_display() if final else "",
        evaluated_on=final.held_on if final else None,
        support_is_condition=bool(final and final.support_goes_on),
    )


def way_to_evaluation(placement: Placement | None) -> WayOut | None:
    """Where the final evaluation is held, while the term of the stay runs."""
    term = term_of_stay(placement) if placement else None
    if term is None or term.is_ended:
        return None
    return WayOut(reverse("evaluation:hold_final", args=[term.pk]), _("Hold the final evaluation"))


def sign_reasons(placement: Placement | None) -> list[Refusal]:
    """Why no contract can be signed now, each reason with its way out."""
    facts = stay_facts(placement) if placement else None
    return rules.ready_reasons(facts, way_to_evaluation(placement))


def page_of(pathway: Pathway) -> dict[str, Any]:
    """The contract of this pathway, or why there is none yet."""
    tenancy = tenancy_of(pathway)
    placement = stay_to_sign(pathway)
    final = final_of(term_of_stay(placement)) if placement else None
    return {
        "pathway": pathway,
        "tenancy": tenancy,
        "placement": placement,
        "final": final,
        "reasons": [] if tenancy else sign_reasons(placement),
        "how": code_label(pathway.programme, CodeList.ENDING, placement.ended_how) if placement else "",
    }
