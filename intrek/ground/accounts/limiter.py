"""How often a password or a code may be guessed: counted in the database, so that all processes of an installation share one count."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from intrek.ground.accounts.models import Try

logger = logging.getLogger("intrek.signing_in")


def digest_of(address: str) -> str:
    """An address as the limiter knows it: who is not here leaves no address behind."""
    return salted_hmac("intrek.accounts.try", address.strip().lower(), algorithm="sha256").hexdigest()


def note_refusal(account: str, why: str) -> None:
    """On the record of the server that somebody was refused: the same account by the same digits, and no address."""
    logger.warning("Sign-in refused: %s (account %s)", why, digest_of(account)[:12])


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
