"""Answers that come back in many rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class YesNoUnknown(models.TextChoices):
    """An answer that may be missing: *unknown* is an answer, and never a silent *no* (P4)."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("I do not know")
