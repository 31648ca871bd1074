"""How often a password or a code may be guessed: counted in the database, so that all processes of an installation share one count."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from intrek.ground.accounts.models import Refusal, Refused, Try

logger = logging.getLogger("intrek.signing_in")


def digest_of(address: str) -> str:
    """An address as the limiter knows it: who is not here leaves no address behind."""
    return salted_hmac("intrek.accounts.try", address.strip().lower(), algorithm="sha256").hexdigest()


def code_account(user_id: UUID | str) -> str:
    """The name under which the codes of an account are counted: beside its passwords, not with them."""
    return f"code of {user_id}"


def note_refusal(account: str, why: Refused, *, at: datetime) -> None:
    """On record that somebody was refused: the same account by the same digits, and no address. It takes as long for who has none."""
    digest = digest_of(account)
    Refusal.objects.filter(created_at__lt=at - timedelta(days=settings.REFUSALS_KEPT_DAYS)).delete()
    Refusal.objects.create(digest=digest, why=why)
    logger.warning("Sign-in refused: %s (account %s)", why.value, digest[:12])


def stretch_of(at: datetime) -> int:
    """The number of the stretch of time in which tries are counted together."""
    return int(at.timestamp()) // settings.SIGN_IN_SECONDS


def take_try(address: str, *, at: datetime) -> bool:
    """Whether one more try with this address may be looked at now. Of many at once, exactly as many may as are left."""
    digest, stretch = digest_of(address), stretch_of(at)
    Try.objects.filter(stretch__lt=stretch - 1).delete()
    while True:
        used = Try.objects.filter(digest=digest, stretch=stretch).count()
        if used >= settings.SIGN_IN_TRIES:
            return False
        try:
            with transaction.atomic():
                Try.objects.create(digest=digest, stretch=stretch, place=used)
        except IntegrityError:  # somebody else took this place in the same instant
            continue
        return True


def forget_tries(address: str) -> None:
    """Who signed in has guessed nothing."""
    Try.objects.filter(digest=digest_of(address)).delete()


def spend(account: str, code: str, *, at: datetime) -> bool:
    """Whether this code counts now for this account: once, whoever else has overheard it. A code is dead before this is forgotten."""
    digest = digest_of(f"{account}: {code}")
    try:
        with transaction.atomic():
            Try.objects.create(digest=digest, stretch=stretch_of(at), place=0)
    except IntegrityError:
        return False
    return not Try.objects.filter(digest=digest, stretch__lt=stretch_of(at)).exists()
