"""Letting somebody in again who lost the second step of signing in: with a colleague who called back, and a second who agrees."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from intrek.ground.accounts.actions import lock_account, new_recovery_codes
from intrek.ground.accounts.queries import has_second_step
from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership, Reset
from intrek.ground.partners.queries import open_resets
from intrek.ground.partners.rules import Reason
from intrek.ground.partners.tasks import mail_reset


@transaction.atomic
def ask_reset(membership: Membership, *, called: str, at: datetime, by: Membership) -> Reset:
    """New recovery codes for somebody who was called back on a number that was known before; the first one is read out to them."""
    name = {"name": membership.contact.name}
    checks = (
        (membership.user_id == by.user_id, Reason.OWN_RESET),
        (not has_second_step(membership.user), Reason.NO_SECOND_STEP),
        (open_resets(by.programme_id).filter(membership__user_id=membership.user_id).exists(), Reason.RESET_OPEN),
    )
    refuse_if(Refusal(reason, name) for fails, reason in checks if fails)
    made = Reset.objects.create(
        programme_id=membership.programme_id,
        membership=membership,
        asked_by=by,
        called=called,
        confirm_by=at + timedelta(hours=settings.RESET_CONFIRMED_WITHIN_HOURS),
    )
    made.code = new_recovery_codes(membership.user)[0]
    lock_account(membership.user, made.confirm_by)
    record(made, "partners.reset_asked", on=localdate(at), by=by, name=membership.contact.name)
    transaction.on_commit(partial(mail_reset.enqueue, str(made.pk), str(made.programme_id)))
    return made


@transaction.atomic
def confirm_reset(reset: Reset, *, at: datetime, by: Membership) -> Reset:
    """A second colleague knows of it too; a lock that fell in the meantime is taken off."""
    held, name = reset.membership, {"name": reset.membership.contact.name}
    checks = (
        (by.user_id == reset.asked_by.user_id, Reason.ASKED_IT_YOURSELF),
        (by.user_id == held.user_id, Reason.OWN_RESET),
        (reset.confirmed_at is not None, Reason.RESET_CONFIRMED),
    )
    refuse_if(Refusal(reason, name) for fails, reason in checks if fails)
    reset.confirmed_by, reset.confirmed_at = by, at
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    lock_account(held.user, None)
    record(reset, "partners.reset_confirmed", on=localdate(at), by=by, name=held.contact.name)
    return reset
