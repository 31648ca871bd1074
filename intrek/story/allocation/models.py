"""A dwelling is offered to the programme; people choose who gets it (P8, P17)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.partners.models import Contact
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeList, Programme


class Offer(Row):
    """A dwelling in the programme's pool. Offered once, it counts once, in the calendar year of ``offered_on``;
    a dwelling that comes back after a failed stay is the same offer (P8).
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="offers")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="offers")
    offered_on = models.DateField(_("offered on"), null=True)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    available_until = models.DateField(_("available until"), null=True, blank=True)
    missing = models.TextField(_("what is still missing"), blank=True)
    over_quota_motive = models.TextField(_("motive for a dwelling above the quota"), blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    used_up_on = models.DateField(_("became a tenancy on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(withdrawn_on__isnull=True, used_up_on__isnull=True),
                name="one_open_offer_per_dwelling",
            )
        ]
        indexes = [models.Index(fields=["programme", "offered_on"], name="offer_offered")]

    def __str__(self) -> str:
        return str(self.dwelling)


class Allocation(Row):
    """People chose this candidate for this dwelling, with a motive; the candidate accepts or declines (P17)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="allocations")
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="allocations")
    chosen_on = models.DateField(_("chosen on"), null=True)
    chosen_by = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    motive = models.TextField(_("motive"), blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    declined_on = models.DateField(_("declined on"), null=True, blank=True)
    declined_code = models.CharField(_("reason"), max_length=40, blank=True)
    declined_why = models.TextField(_("in own words"), blank=True)
    released_on = models.DateField(_("no longer holds the dwelling since"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer"], condition=Q(released_on__isnull=True), name="one_candidate_per_dwelling"
            ),
            models.UniqueConstraint(
                fields=["pathway"], condition=Q(released_on__isnull=True), name="one_dwelling_per_candidate"
            ),
        ]
        indexes = [models.Index(fields=["programme", "pathway"], name="allocation_pathway")]

    @property
    def declined_words(self) -> str:
        """Why the candidate declined, in the reader's words."""
        return self.programme.code_label(CodeList.CANDIDATE_REFUSAL, self.declined_code)
