"""When a calendar may read along, and what its link is known by."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal

# A calendar looks back and ahead so far; what lies outside is on the pages.
BEHIND, AHEAD = timedelta(days=31), timedelta(days=366)


class Reason(TextChoices):
    """Why a link is not made or ended."""

    NO_NAME = "no_name", _("Write in which calendar the link is going to stand.")
    SAME_NAME = "same_name", _("There is a link for “%(name)s” already.")
    ENDED_ALREADY = "ended_already", _("This link was ended on %(on)s.")


def make_reasons(name: str, *, names: Iterable[str]) -> list[Refusal]:
    """Why no link is made; ``names`` are those of the links that still work."""
    if not name.strip():
        return [Refusal(Reason.NO_NAME, form_field="name")]
    known = {each.casefold() for each in names}
    return [Refusal(Reason.SAME_NAME, {"name": name}, form_field="name")] if name.strip().casefold() in known else []


def end_reasons(ended_on: date | None) -> list[Refusal]:
    """Why a link is not ended twice."""
    return [Refusal(Reason.ENDED_ALREADY, {"on": ended_on})] if ended_on else []


def digest_of(secret: str) -> str:
    """What is kept of a secret: who reads the database cannot make the link of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
