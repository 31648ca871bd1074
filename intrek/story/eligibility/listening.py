"""Hears when a referral or a person was saved, and looks at the conditions again."""

from datetime import date
from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from intrek.ground.common.rows import Row
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.models import Person
from intrek.story.eligibility.actions import assess
from intrek.story.eligibility.models import Assessment
from intrek.story.referral.models import Referral


def saved_on(row: Row) -> date:
    """The day of a saving, in the installation's own time."""
    return timezone.make_naive(row.saved_at).date()


def hear_referral(sender: Any, *, instance: Referral, created: bool, raw: bool = False, **_facts: Any) -> None:
    """A referral was handed in or corrected. At its making the care part is not there yet; it is saved again after that."""
    if created or raw:
        return
    is_first = not Assessment.objects.filter(pathway_id=instance.pathway_id).exists()
    assess(instance.pathway, on=(instance.referred_on if is_first else None) or saved_on(instance))


def hear_person(sender: Any, *, instance: Person, created: bool, raw: bool = False, **_facts: Any) -> None:
    """A fact about a person was corrected: birth date, residences, registration."""
    if created or raw:
        return
    for pathway in Pathway.objects.open().filter(person=instance).select_related("track"):
        assess(pathway, on=saved_on(instance))


post_save.connect(hear_referral, sender=Referral, dispatch_uid="eligibility.referral")
post_save.connect(hear_person, sender=Person, dispatch_uid="eligibility.person")
