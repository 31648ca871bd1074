"""Papers: which a stay asks for, and when each was signed (P9, P13)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import PaperGroup, PaperRule, Programme


class Paper(Row):
    """One paper of one pathway, drawn from the track's rule; ``signed_on`` empty means not signed yet.

    ``stay_id`` names the stay or term it belongs to, by id: a second stay has its own papers.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="papers")
    rule = models.ForeignKey(PaperRule, on_delete=models.PROTECT, related_name="+")
    stay_id = models.UUIDField()
    group = models.CharField(max_length=12, choices=PaperGroup.choices)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=200, blank=True)
    not_needed_why = models.CharField(_("not needed, because"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stay_id", "rule"], name="one_paper_per_stay_and_rule")]
        indexes = [models.Index(fields=["programme", "pathway"], name="paper_pathway")]

    def __str__(self) -> str:
        return str(self.rule)

    @property
    def is_in(self) -> bool:
        """Signed, or set aside with a reason (P20)."""
        return self.signed_on is not None or bool(self.not_needed_why)
