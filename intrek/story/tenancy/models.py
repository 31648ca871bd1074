"""The contract passes to the resident (P8, P15)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.partners.models import Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Programme
from intrek.story.placement.models import Placement


class Tenancy(Row):
    """A trial resident's own contract: the loan turned into a lease, possibly on condition of support (P15)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="tenancies")
    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="tenancy")
    occupancy = models.OneToOneField(Occupancy, on_delete=models.PROTECT, related_name="tenancy")
    landlord = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("landlord")
    )
    signed_on = models.DateField(_("contract signed on"), null=True, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    with_support = models.BooleanField(_("on condition of support as sitting tenant"), default=False)
    conditions = models.TextField(_("conditions"), blank=True)

    objects = VisibleQuerySet.as_manager()
