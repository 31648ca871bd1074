"""Papers, keys, the trial stay, its fee (P9–P13, P20)."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.dwellings.models import Dwelling, Occupancy
from intrek.ground.partners.models import Contact
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Programme, StayTitle
from intrek.story.allocation.models import Allocation
from intrek.story.placement.rules import reference_of


class PlacementQuerySet(VisibleQuerySet):
    """Stays by where they stand."""

    def open(self) -> Self:
        """Not ended. History may know that a stay ended without knowing the day: then ``ended_how`` tells."""
        return self.filter(ended_on__isnull=True, ended_how="")


class Placement(Row):
    """A trial stay: a furnished dwelling on loan, from a first to an agreed last day, both inclusive (P9, P12).

    It is *prepared* until the keys are handed over (then the occupancy begins) and *ended* by ``ended_on``.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="placements")
    allocation = models.ForeignKey(Allocation, null=True, on_delete=models.PROTECT, related_name="placements")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="placements")
    occupancy = models.OneToOneField(
        Occupancy, null=True, blank=True, on_delete=models.PROTECT, related_name="placement"
    )
    title = models.CharField(_("title"), max_length=10, choices=StayTitle.choices)
    starts_on = models.DateField(_("first day"), null=True)
    agreed_last_day = models.DateField(_("last day"), null=True)
    keys_on = models.DateField(_("keys handed over on"), null=True, blank=True)
    keys_back_on = models.DateField(_("keys returned on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_how = models.CharField(_("why it ended"), max_length=40, blank=True)
    ended_note = models.TextField(_("in own words"), blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pathway"],
                condition=Q(ended_on__isnull=True, ended_how=""),
                name="one_open_placement_per_pathway",
            ),
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(ended_on__isnull=True, ended_how=""),
                name="one_open_placement_per_dwelling",
            ),
        ]
        indexes = [models.Index(fields=["programme", "pathway"], name="placement_pathway")]

    def __str__(self) -> str:
        return f"{self.pathway}, {self.dwelling}"

    @property
    def is_ended(self) -> bool:
        """Whether the stay is over, also when history does not know since when."""
        return self.ended_on is not None or bool(self.ended_how)


class Furnishing(Row):
    """One thing on the furnishing checklist of a dwelling (P9)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.CASCADE, related_name="furnishings")
    what = models.CharField(_("what"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(_("in place since"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["programme", "dwelling"], name="furnishing_dwelling")]


class Moment(models.TextChoices):
    """When a dwelling is looked over together (P13)."""

    ENTRY = "entry", _("at entry")
    LEAVING = "leaving", _("at leaving")


class State(models.TextChoices):
    """In what state a thing is, the best first; nothing: not looked at yet."""

    NEW = "new", _("new")
    GOOD = "good", _("good")
    WORN = "worn", _("worn")
    DAMAGED = "damaged", _("damaged")
    MISSING = "missing", _("missing")


class Bears(models.TextChoices):
    """Who bears what differs at leaving."""

    WEAR = "wear", _("nobody: ordinary wear")
    RESIDENT = "resident", _("the resident")
    PROGRAMME = "programme", _("the programme")
    LANDLORD = "landlord", _("the landlord")


class Condition(Row):
    """A dwelling that was looked over, room by room, at entry or at leaving (P13)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="conditions")
    moment = models.CharField(_("moment"), max_length=7, choices=Moment.choices)
    looked_on = models.DateField(_("looked over on"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "moment"], name="one_condition_per_moment")]

    def __str__(self) -> str:
        return f"{self.placement}, {self.get_moment_display()}"


class ConditionItemQuerySet(VisibleQuerySet):
    """Things that were looked at."""

    pathway_path = "condition__placement__pathway_id"


class ConditionItem(Row):
    """One thing in one room, and its state; ``was`` is the same thing at entry, ``bears`` and ``amount`` who bears what differs from it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="items")
    was = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="became")
    room = models.CharField(_("room"), max_length=60)
    what = models.CharField(_("what"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    bears = models.CharField(_("who bears it"), max_length=9, choices=Bears.choices, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2, null=True, blank=True)

    objects = ConditionItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.room}: {self.what}"


class UsageFee(Row):
    """The usage fee of a stay from a day on: a cost cover with its parts, never a rent (P9)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="fees")
    from_on = models.DateField(_("from"))
    stay = models.DecimalField(_("stay"), max_digits=8, decimal_places=2, default=0)
    common_parts = models.DecimalField(_("common parts"), max_digits=8, decimal_places=2, default=0)
    furniture = models.DecimalField(_("furniture"), max_digits=8, decimal_places=2, default=0)
    water = models.DecimalField(_("water"), max_digits=8, decimal_places=2, default=0)
    gas = models.DecimalField(_("gas"), max_digits=8, decimal_places=2, default=0)
    electricity = models.DecimalField(_("electricity"), max_digits=8, decimal_places=2, default=0)
    other = models.DecimalField(_("other"), max_digits=8, decimal_places=2, default=0)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["from_on"]
        constraints = [models.UniqueConstraint(fields=["placement", "from_on"], name="one_fee_per_day")]


class NoDomicile(Row):
    """No domicile at the dwelling during the trial: why, where the person really is registered, and who reviews it (P10)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="no_domicile")
    reason = models.TextField(_("reason"))
    real_address = models.CharField(_("real address"), max_length=200)
    is_reference_address = models.BooleanField(_("a reference address at the welfare centre"), default=False)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"), null=True, blank=True)
    reviewer = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    review_on = models.DateField(_("review on"), null=True, blank=True)
    last_contact_on = models.DateField(_("last contact for the reference address"), null=True, blank=True)


class Deviation(Row):
    """One stay that deviates from the programme's rule: in what, why, approved by whom, reviewed when, and what was learned (P20)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="deviations")
    what = models.TextField(_("what deviates"))
    reason = models.TextField(_("reason"))
    approved_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by"))
    review_on = models.DateField(_("review on"))
    learned = models.TextField(_("what was learned"), blank=True)


class RequestQuerySet(VisibleQuerySet):
    """Requests to pay, by where they stand."""

    pathway_path = "placement__pathway_id"

    def open(self) -> Self:
        """Those of which something is still to be paid."""
        return self.filter(total__gt=F("paid"))


class PaymentRequest(Row):
    """The usage fee of one calendar month, asked of a resident: its parts, the day it is due, its structured communication (P9).

    ``number`` is ten digits, given once in a programme; ``parts`` are the amounts by name, as they were reckoned; ``paid`` is the sum of
    its payments, kept by the action that books them.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="requests")
    number = models.CharField(_("number"), max_length=20)
    month = models.DateField(_("month"))
    due_on = models.DateField(_("to be paid by"))
    days = models.PositiveSmallIntegerField(_("days"))
    parts = models.JSONField(_("parts"), default=dict)
    total = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)
    paid = models.DecimalField(_("paid"), max_digits=9, decimal_places=2, default=0)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "month"], name="one_request_per_month"),
            models.UniqueConstraint(fields=["programme", "number"], name="one_request_per_number"),
        ]
        # What is open is few, however long the programme runs.
        indexes = [models.Index(fields=["programme", "due_on"], name="request_open", condition=Q(total__gt=F("paid")))]

    def __str__(self) -> str:
        return self.number

    @property
    def open_amount(self) -> Decimal:
        """What is still to be paid; less than nothing when too much came in."""
        return self.total - self.paid

    @property
    def reference(self) -> str:
        """The structured communication; none after an erasure."""
        return reference_of(self.number) if self.number.isdigit() else ""


class Payment(Row):
    """Money that came in for a request, booked by hand; one that takes an earlier one back is less than nothing, with a reason."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    request = models.ForeignKey(PaymentRequest, on_delete=models.CASCADE, related_name="payments")
    paid_on = models.DateField(_("paid on"))
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2)
    why = models.CharField(_("reason"), max_length=200, blank=True)
    takes_back = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="taken_back_by"
    )
