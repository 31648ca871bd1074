"""Finding what somebody was typing."""

from uuid import UUID

from intrek.ground.accounts.models import Draft, User


def scoped_key(key: str, programme_id: UUID | None) -> str:
    """The key as kept: what is typed in one programme never shows up in another, also for who works in both."""
    return f"{programme_id.hex}/{key}" if programme_id else key


def draft_of(user: User, key: str, *, programme_id: UUID | None = None) -> Draft | None:
    """What this person typed on this form and has not saved."""
    return Draft.objects.filter(user=user, key=scoped_key(key, programme_id)).first()


def drafts_starting(user: User, start: str, *, programme_id: UUID | None = None) -> list[Draft]:
    """Everything this person typed on the forms whose keys begin so, the latest first: the steps of one piece of work."""
    begin = scoped_key(start, programme_id)
    return list(Draft.objects.filter(user=user, key__startswith=begin).order_by("-updated_at", "pk"))
