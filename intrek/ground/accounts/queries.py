"""Finding what somebody was typing, and with what they showed who they are."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt

from intrek.ground.accounts.limiter import code_account, digest_of
from intrek.ground.accounts.models import Draft, Refusal, User

SHOWN = "shown"
PASSKEY, APP, CODES = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


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


def codes_of(user: User) -> list[str]:
    """The codes that count now for this account's app, the oldest first: of half a minute ago, of now, of the next half minute."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    secret = decrypt(app.data["secret"])
    return [format_hotp_value(hotp_value(secret, counter)) for counter in yield_hotp_counters_from_time()]


def shown_in(session: Mapping[str, Any], user: User) -> frozenset[str]:
    """The kinds of second step that who is signed in has taken in this session: passkey, app, recovery code."""
    return frozenset(shown_by(session, user)["kinds"])


def shown_at(session: Mapping[str, Any], user: User) -> float:
    """The instant at which they last showed who they are, by password or second step; seconds since 1970."""
    return float(shown_by(session, user)["at"])


def shown_by(session: Mapping[str, Any], user: User) -> dict[str, Any]:
    """What this session keeps of it; what was shown for one account says nothing about another that is tried in the same browser."""
    told: dict[str, Any] = session.get(SHOWN) or {}
    return told if told.get("of") == str(user.pk) else {"of": str(user.pk), "kinds": [], "at": 0.0}


def has_second_step(user: User) -> bool:
    """Whether an app or a passkey is set up for this account."""
    return Authenticator.objects.filter(user=user).exclude(type=CODES).exists()


def refusals_of(users: Iterable[User]) -> dict[UUID, list[Refusal]]:
    """The refused sign-ins that are still kept, of each of these accounts that has any, the latest first."""
    owners = {digest_of(name): user.pk for user in users for name in (user.email, code_account(user.pk))}
    found: dict[UUID, list[Refusal]] = {}
    for each in Refusal.objects.filter(digest__in=sorted(owners)).order_by("-created_at", "pk"):
        found.setdefault(owners[each.digest], []).append(each)
    return found
