"""One thing to do about a pathway, as *My day* shows it."""

from datetime import date

from django.urls import reverse

from intrek.ground.pathways.models import Pathway
from intrek.windows.desk.rules import Todo


def pathway_url(pathway: Pathway) -> str:
    """The page of a pathway."""
    return reverse("desk:pathway", args=[pathway.pk])


def todo(icon: str, pathway: Pathway, *, what: str, why: str, by: date | None, url: str, action: str) -> Todo:
    """What is to be done about somebody, why, by when, and the one click that does it."""
    return Todo(icon, pathway.person_id, pathway.person.name, pathway_url(pathway), what, why, by, url, action)
