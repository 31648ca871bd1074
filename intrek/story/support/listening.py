"""Hears when somebody was put on an agenda, so that what a worker asked is handled; and when a signal became a referral."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from intrek.story.intervision.models import AgendaItem
from intrek.story.referral.models import Referral
from intrek.story.support.actions import handle_talks, know_tenant, reopen_talks


def hear_agenda(sender: Any, *, instance: AgendaItem, created: bool, raw: bool = False, **_facts: Any) -> None:
    """The partners will talk about this pathway."""
    if created and not raw:
        handle_talks(instance.pathway, on=instance.meeting.on)


def hear_taken_off(sender: Any, *, instance: AgendaItem, **_facts: Any) -> None:
    """They will not talk about it after all; where the whole meeting or pathway goes, nothing is left to reopen."""
    reopen_talks(instance.pathway, on=instance.meeting.on)


def hear_referral(sender: Any, *, instance: Referral, created: bool, raw: bool = False, **_facts: Any) -> None:
    """The tenant of a signal was referred: the signal is about that pathway from now on (P22)."""
    if created and not raw:
        know_tenant(instance)


post_save.connect(hear_referral, sender=Referral, dispatch_uid="support.signal_referred")
post_delete.connect(hear_taken_off, sender=AgendaItem, dispatch_uid="support.agenda_taken_off")
post_save.connect(hear_agenda, sender=AgendaItem, dispatch_uid="support.agenda")
