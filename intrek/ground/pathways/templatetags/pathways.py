"""The head of every page about one pathway: who it is, where they stand, and the other pages about them."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import line_of

register = template.Library()


@dataclass(frozen=True)
class Section:
    """One page about a pathway: its name, the URL name that takes the pathway's id, and the permission it asks."""

    code: str
    label: Any
    url_name: str
    permission: str
    tracks: tuple[str, ...] = ("trial", "sitting")


# In the order of the story; pages of later rooms are known here by URL name alone.
SECTIONS = (
    Section("now", _("Now"), "desk:pathway", "desk.pathway"),
    Section("referral", _("Referral"), "referral:of_pathway", "referral.read"),
    Section("person", _("Person"), "people:of_pathway", "people.read"),
    Section("eligibility", _("Conditions"), "eligibility:of_pathway", "eligibility.read"),
    Section("intervision", _("Intervision"), "intervision:of_pathway", "intervision.read"),
    Section("stay", _("Stay"), "placement:of_pathway", "placement.read", ("trial",)),
    Section("papers", _("Papers"), "documents:of_pathway", "documents.read"),
    Section("support", _("Support"), "support:of_pathway", "support.read"),
    Section("services", _("Services"), "services:of_pathway", "services.read"),
    Section("evaluation", _("Evaluations"), "evaluation:of_pathway", "evaluation.read"),
    Section("aftercare", _("Aftercare"), "aftercare:of_pathway", "aftercare.read"),
    Section("sharing", _("Who sees what"), "people:sharing", "people.read"),
    Section("timeline", _("Timeline"), "desk:timeline", "desk.pathway"),
)


@dataclass(frozen=True)
class Item:
    """An entry of the sub-navigation."""

    url: str
    label: str
    current: bool


def items_of(pathway: Pathway, current: str, may: frozenset[str]) -> list[Item]:
    """The pages about this pathway that the reader may open."""
    shown = [each for each in SECTIONS if each.permission in may and pathway.track.kind in each.tracks]
    return [Item(reverse(each.url_name, args=[pathway.pk]), str(each.label), each.code == current) for each in shown]


@register.inclusion_tag("pathways/_head.html", takes_context=True)
def pathway_head(
    context: Context, pathway: Pathway, section: str, title: str = "", *, with_line: bool = True
) -> dict[str, Any]:
    """Name, track, line and sub-navigation; ``section`` is the page one is on, ``title`` what it is called."""
    today, may = context["today"], context["may"]
    label = next((str(each.label) for each in SECTIONS if each.code == section), "")
    return {
        "pathway": pathway,
        "title": title or label,
        "is_now": section == "now" and not title,
        "line": line_of(pathway, today) if with_line else None,
        "items": items_of(pathway, section, may),
        "age": pathway.person.age(today),
    }
