"""Finding what somebody was typing."""

from uuid import UUID

from intrek.ground.accounts.models import Draft, User


def scoped_key(key: str, programme_id: UUID | None) -> str:
    """The key as kept: what is typed in one programme never shows up in another, also for who works in both."""
    return f"{programme_id.hex}/{key}" if programme_id else key


def draft_of(user: User, key: str, *, programme_id: UUID | None = None) -> Draft | None:
    """What this person typed on this form and has not saved."""
    return Draft.objects.filter(user=user, key=scoped_key(key, programme_id)).first()
