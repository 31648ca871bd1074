"""What a person settles about their account, and what they were typing. The journal is not told: it is nobody else's business."""

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from intrek.ground.accounts.models import Draft, User
from intrek.ground.accounts.queries import scoped_key
from intrek.ground.common.rows import save_version


@transaction.atomic
def change_account(
    user: User, *, name: str, language: str, theme: str, expected_version: int | None = None, by: object = None
) -> User:
    """A person is called otherwise, or reads in another language or other colours."""
    fields = {"name": name, "language": language, "theme": theme}
    save_version(user, fields=fields, expected_version=expected_version, by=by)
    return user


@transaction.atomic
def keep_draft(
    user: User,
    key: str,
    *,
    answers: dict[str, Any],
    base_version: int | None = None,
    base: dict[str, Any] | None = None,
    programme_id: UUID | None = None,
) -> Draft:
    """Keep what this person typed, in place of what was kept on this form before."""
    kept, _is_new = Draft.objects.update_or_create(
        user=user,
        key=scoped_key(key, programme_id),
        defaults={
            "programme_id": programme_id,
            "data": answers,
            "base_version": base_version,
            "base": base or {},
        },
    )
    return kept


@transaction.atomic
def end_draft(user: User, key: str, *, programme_id: UUID | None = None) -> None:
    """The form was saved, or its text thrown away: nothing of it stays."""
    Draft.objects.filter(user=user, key=scoped_key(key, programme_id)).delete()


@transaction.atomic
def set_up_app(user: User) -> None:
    """An app for sign-in codes, set up for somebody who is played: nobody real is given one by another."""
    TOTP.activate(user, generate_totp_secret())


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten new recovery codes; those of before are dead at once. App and passkeys stay as they are."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(user).generate_codes())


def lock_account(user: User, at: datetime | None) -> None:
    """From this instant nobody comes in with the account, and who is in is out; null takes the lock off."""
    user.locked_from = at
    user.save(update_fields=["locked_from"])
