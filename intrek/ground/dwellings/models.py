"""The stock: dwellings, their owners, and who lives where under what title."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import LandlordQuerySet, VisibleQuerySet
from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.models import Person
from intrek.ground.programmes.models import Programme, StayTitle


class DwellingKind(models.TextChoices):
    """What kind of home."""

    STUDIO = "studio", _("studio")
    APARTMENT = "apartment", _("apartment")
    HOUSE = "house", _("house")
    UNKNOWN = "unknown", _("unknown")


class DwellingQuerySet(LandlordQuerySet):
    """Dwellings by who may see them."""

    landlord_path = "owner_id"


class Dwelling(Row):
    """A home that belongs to a landlord. Whether it is offered to the programme is told in allocation."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="dwellings")
    owner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dwellings",
        verbose_name=_("landlord"),
    )
    address = models.CharField(_("street, number, box"), max_length=160)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    folded = models.CharField(max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=DwellingKind.choices, default=DwellingKind.UNKNOWN)
    bedrooms = models.PositiveSmallIntegerField(_("bedrooms"), null=True, blank=True)
    floor = models.SmallIntegerField(_("floor"), null=True, blank=True)
    lift = models.CharField(_("lift"), max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN)
    step_free = models.CharField(
        _("step-free"), max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    note = models.TextField(_("note"), blank=True)

    objects = DwellingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "folded"], name="dwelling_address"),
            models.Index(fields=["programme", "owner"], name="dwelling_owner"),
        ]

    def __str__(self) -> str:
        return self.address


class Occupancy(Row):
    """Who lives in a dwelling under what title, from a day until a day. A loan that turns into a lease is two rows.

    ``from_on`` null: since an unknown day. ``until_on`` null: still there. ``with_household_of`` is set for somebody who
    lives along in the home of another, and only then may two open stays share a dwelling.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="occupancies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="occupancies")
    pathway = models.ForeignKey(Pathway, null=True, on_delete=models.PROTECT, related_name="occupancies")
    title = models.CharField(_("title"), max_length=10, choices=StayTitle.choices)
    title_note = models.CharField(_("which other title"), max_length=160, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until and including"), null=True, blank=True)
    with_household_of = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(until_on__isnull=True, with_household_of__isnull=True),
                name="one_open_stay_in_a_dwelling",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(until_on__isnull=True), name="one_open_stay_of_a_person"
            ),
        ]
        indexes = [models.Index(fields=["programme", "pathway"], name="occupancy_pathway")]

    def __str__(self) -> str:
        return f"{self.person}, {self.dwelling}"
