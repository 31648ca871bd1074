"""The anchor person, the reviews, the knock, then goodbye (P6, P23)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Contact
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Programme


class Aftercare(Row):
    """A named anchor person for resident and landlord after support has ended, until a day (P23). History may not know who, or the days."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="aftercares")
    anchor = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="anchors", verbose_name=_("anchor person")
    )
    for_resident = models.BooleanField(_("for the resident"), default=True)
    for_landlord = models.BooleanField(_("for the landlord"), default=True)
    how_to_reach = models.CharField(_("how to reach the anchor person"), max_length=200, blank=True)
    from_on = models.DateField(_("from"), null=True)
    until_on = models.DateField(_("until and including"), null=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pathway"], condition=Q(ended_on__isnull=True), name="one_open_aftercare_per_pathway"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pathway}, {self.anchor}"


class Review(Row):
    """A moment at which the anchor person asks resident and landlord how it goes."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    aftercare = models.ForeignKey(Aftercare, on_delete=models.CASCADE, related_name="reviews")
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="reviews")
    due_on = models.DateField(_("due on"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        indexes = [models.Index(fields=["programme", "due_on"], name="review_due", condition=Q(held_on__isnull=True))]

    def __str__(self) -> str:
        return f"{self.aftercare}, {self.due_on:%d/%m/%Y}"


class Knock(Row):
    """Resident or landlord asks for the anchor person after support has ended (P23).

    ``knocked_by`` is the landlord's own colleague when they knocked themselves; ``told`` is what they read as the answer.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="knocks")
    on = models.DateField(_("day"))
    by = models.CharField(_("who knocked"), max_length=120)
    what = models.TextField(_("what it is about"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("what was done"), blank=True)
    knocked_by = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told = models.TextField(_("what the landlord reads"), blank=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.by}, {self.on:%d/%m/%Y}"
