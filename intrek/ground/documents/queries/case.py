"""The facts of a paper that the ground knows: the programme, the person, the dwelling, the rule of the track."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import WayOut
from intrek.ground.documents.facts import Facts
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.partners.queries import lead_of
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeList, Programme, TrackRule
from intrek.ground.programmes.queries import codes, law_of

LAWS = ("loan_for_use", "secrecy", "reference_address")


def facts_of_programme(programme: Programme, on: date) -> dict[str, Any]:
    """Whose paper it is, the laws it names and the conditions of shared secrecy; laws are renumbered, so they are settings."""
    lead = lead_of(programme)
    return {
        "programme.name": str(programme),
        "programme.municipality": programme.municipality,
        "lead.name": str(lead) if lead else programme.lead_name,
        "sharing.list": [str(each) for each in codes(programme, CodeList.SHARING, on=on)],
        **{f"law.{code}": law_of(programme, code) for code in LAWS},
    }


def facts_of_pathway(pathway: Pathway) -> tuple[dict[str, Any], set[str]]:
    """Who the resident is, with whom they live, who supports them; and which conditions hold for it."""
    person = pathway.person
    household = [each.name for each in person.household.order_by("created_at", "pk")]
    told = {
        "resident.name": person.name,
        "resident.birth_date": person.birth_on,
        "household.names": ", ".join(household),
        "worker.name": pathway.worker.name if pathway.worker else None,
    }
    return told, {"household" if household else "alone"}


def facts_of_rule(rule: TrackRule) -> dict[str, Any]:
    """How long a term of the track lasts and how often people meet."""
    return {
        "support.min_months": rule.min_months,
        "support.max_months": rule.max_months,
        "support.visit_days": rule.visit_days,
        "support.evaluation_months": rule.evaluation_months,
    }


def facts_of_dwelling(dwelling: Dwelling) -> dict[str, Any]:
    """Where it is and whose."""
    place = " ".join(each for each in (dwelling.postcode, dwelling.municipality) if each)
    address = ", ".join(each for each in (dwelling.address, place) if each)
    return {"dwelling.address": address, "landlord.name": str(dwelling.owner) if dwelling.owner else None}


def parties_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Who signs a paper, by party, from what is known; empty where nobody is."""
    names = {"resident": "resident.name", "worker": "worker.name", "lead": "lead.name", "landlord": "landlord.name"}
    return {party: values.get(name) or "" for party, name in names.items()}


def facts_about(pathway: Pathway, on: date, **told: Any) -> Facts:
    """The facts of a row of a room about a pathway: what the ground knows, and ``values``, ``conditions`` and ``pages`` of its own."""
    of_pathway, household = facts_of_pathway(pathway)
    values = {**facts_of_programme(pathway.programme, on), **of_pathway, **told.get("values", {})}
    return Facts(
        values=values,
        conditions=frozenset({str(pathway.track.kind)} | household | told.get("conditions", set())),
        pages=pages_of(pathway, told.get("dwelling")) | told.get("pages", {}),
        parties=parties_of(values),
        organisations=landlord_of(told.get("dwelling")),
        pathway_id=pathway.pk,
    )


def landlord_of(dwelling: Dwelling | None) -> dict[str, UUID]:
    """Which organisation signs for the landlord, on pages of its own."""
    return {"landlord": dwelling.owner_id} if dwelling and dwelling.owner_id else {}


def pages_of(pathway: Pathway, dwelling: Dwelling | None) -> dict[str, WayOut]:
    """Where the facts of the ground are filled in."""
    found = {
        "resident": WayOut(reverse("people:edit", args=[pathway.pk]), _("Fill in the person")),
        "household": WayOut(reverse("people:near", args=[pathway.pk]), _("Fill in who lives along")),
        "law": WayOut(reverse("programmes:code_list", args=[CodeList.LAW]), _("Laws that papers name")),
        "sharing": WayOut(reverse("programmes:code_list", args=[CodeList.SHARING]), _("Conditions of shared secrecy")),
    }
    if dwelling:
        edit = WayOut(reverse("dwellings:change", args=[dwelling.pk]), _("Fill in the dwelling"))
        found |= {"dwelling": edit, "landlord": edit}
    return found
