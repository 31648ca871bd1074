"""Signals of landlords, as both sides read them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from intrek.ground.common import eyes
from intrek.ground.partners.models import Membership
from intrek.story.referral.models import Referral
from intrek.story.support.models import Signal, SignalWord


def signals_of(member: Membership) -> QuerySet[Signal]:
    """The signals a member reads: those that wait for their side first, the closed last."""
    own = "programme" if member.is_staff_of_programme else "landlord"
    related = ["dwelling", "organisation", *(["pathway__person"] if member.is_staff_of_programme else [])]
    closed = Q(closed_by_programme_on__isnull=False, closed_by_landlord_on__isnull=False)
    rows = Signal.objects.visible_to(member).select_related(*related)
    return rows.annotate(is_over=closed, is_mine=Q(awaits=own)).order_by("is_over", "-is_mine", "-on", "pk")


def looked_at(signals: Iterable[Signal]) -> None:
    """A signal tells of whose home it is, also to who reads no name in it: on record is whom it is about."""
    for each in signals:
        if each.pathway_id:
            eyes.see(each.pathway_id)


def words_of(signal: Signal) -> list[SignalWord]:
    """All that was said, the first word first."""
    return list(SignalWord.objects.filter(programme_id=signal.programme_id, signal=signal).order_by("created_at", "pk"))


def open_steps(signal: Signal) -> list[str]:
    """What was agreed and is not done."""
    agreed = SignalWord.objects.filter(signal=signal, due_on__isnull=False, done_on=None)
    return list(agreed.order_by("due_on", "pk").values_list("text", flat=True))


def referral_from(signal: Signal, member: Membership) -> Referral | None:
    """The referral that this signal became, for who may see it; it was handed in under the same id (P22)."""
    referral: Referral | None = (
        Referral.objects.visible_to(member).filter(pk=signal.pk).select_related("pathway").first()
    )
    return referral


def as_referral(signal: Signal, member: Membership) -> dict[str, dict[str, list[str]]]:
    """The answers of the referral form that the signal holds already, by step: nothing is typed twice (P22)."""
    given, _space, family = signal.tenant.strip().partition(" ")
    words = "\n\n".join(filter(None, [signal.what, signal.tried]))
    housing: dict[str, Any] = {
        "landlord": [str(signal.organisation_id)],
        "dwelling_address": [str(signal.dwelling)],
        "threats": [signal.kind],
        "threat_note": [words],
        # One row to fill in of where the person lived.
        "residences-TOTAL_FORMS": ["1"],
        "residences-INITIAL_FORMS": ["0"],
    }
    first = {"track": ["sitting"]}
    if member.is_staff_of_programme:
        first["organisation"] = [str(signal.organisation_id)]
    person = {"given_name": [given], "family_name": [family]}
    return {"referrer": first, "person": person, "housing": housing}
