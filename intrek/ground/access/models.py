"""Who may see what of whom, on what ground, until when. Persons and pathways are named by id: this stands on the ground."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.programmes.models import Programme


class Category(models.TextChoices):
    """Kinds of facts about a person; each field belongs to one."""

    IDENTITY = "identity", _("identity")
    CONTACT = "contact", _("contact")
    TENANCY = "tenancy", _("tenancy")
    PROGRESS = "progress", _("progress on the pathway")
    REFERRAL = "referral", _("what the referral said")
    FINANCES = "finances", _("finances")
    HEALTH = "health", _("health")
    ADDICTION = "addiction", _("addiction")
    JUSTICE = "justice", _("justice")
    SUPPORT = "support", _("support")


class Ground(models.TextChoices):
    """Why a grant exists."""

    OWN_REFERRAL = "own_referral", _("own organisation's referral")
    OWN_DWELLING = "own_dwelling", _("own dwelling")
    MEETING = "meeting", _("attends that meeting")
    SHARE = "share", _("shared with agreement")


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by day."""

    def in_force(self, on: date) -> Self:
        """Those that hold on day ``on``."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Grant(Row):
    """The organisation (or the one contact of it) may see these categories of this pathway, on this ground, from, until."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway_id = models.UUIDField()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE)
    ground = models.CharField(max_length=20, choices=Ground.choices)
    categories = models.JSONField(default=list)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "organisation", "ground", "pathway_id"], name="grant_organisation"),
            models.Index(fields=["programme", "pathway_id"], name="grant_pathway"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_ground_display()}"
