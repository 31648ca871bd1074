"""When a paper may be called signed."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal


class Reason(TextChoices):
    """Why a paper is refused, or missing."""

    SIGNED_LATER = "signed_later", _("A paper cannot be signed on %(on)s: that day is still to come.")
    NO_REASON = "no_reason", _("Say why this paper is not needed.")
    MISSING = "missing", _("%(paper)s is not signed.")


def sign_reasons(signed_on: date, today: date) -> list[Refusal]:
    """Why a paper cannot have been signed on that day."""
    return [Refusal(Reason.SIGNED_LATER, {"on": signed_on}, form_field="signed_on")] if signed_on > today else []
