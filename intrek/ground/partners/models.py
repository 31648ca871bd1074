"""Organisations, their people, and who works for whom in what role (P7)."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.rows import Row
from intrek.ground.programmes.models import Programme


class Sector(models.TextChoices):
    """What side of the partnership an organisation stands on."""

    LEAD = "lead", _("lead")
    WELFARE = "welfare", _("welfare partner")
    HOUSING = "housing", _("housing partner")


class Organisation(Row):
    """A partner of the programme. Its names change and it may merge: every name it ever had finds it (P7)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="organisations")
    name = models.CharField(_("name"), max_length=120)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector.choices)
    bound_by_secrecy = models.BooleanField(_("its staff are bound by professional secrecy"), default=False)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        verbose_name=_("went on as"),
    )
    until_on = models.DateField(_("partner until"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["programme", "name"], name="organisation_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_housing(self) -> bool:
        return self.sector == Sector.HOUSING


class ProtocolKind(models.TextChoices):
    """On what an organisation may receive what is shared."""

    SIGNED = "signed", _("a protocol was signed")
    NOT_NEEDED = "not_needed", _("no protocol is needed")


class ProtocolQuerySet(models.QuerySet["Protocol"]):
    """Protocols by day."""

    def in_force(self, on: date) -> Self:
        """Those that hold on day ``on``."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Protocol(Row):
    """The agreement on data with a partner, or why none is needed and who judged that: without it nothing is shared."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="protocols")
    kind = models.CharField(max_length=12, choices=ProtocolKind.choices)
    reason = models.CharField(_("why none is needed"), max_length=300, blank=True)
    judged_by = models.CharField(_("judged by"), max_length=120, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"), null=True, blank=True)

    objects = ProtocolQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "pk"]
        indexes = [models.Index(fields=["organisation", "from_on"], name="protocol_organisation")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class OrganisationName(Row):
    """A name an organisation has or had; ``folded`` is without case, accents and punctuation."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=120)
    folded = models.CharField(max_length=120)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until and including"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "folded"], name="one_organisation_per_folded_name")]

    def __str__(self) -> str:
        return self.name


class Contact(Row):
    """Somebody who works for a partner, with or without an account: a referrer, a support worker, a housing officer."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="people", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts"
    )
    left_on = models.DateField(_("left on"), null=True, blank=True)
    bound_by_secrecy = models.BooleanField(_("this function is bound by professional secrecy"), default=False)
    carries_pathways = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["programme", "organisation", "name"], name="contact_name")]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member does in the programme (P7)."""

    COORDINATOR = "coordinator", _("coordinator")
    SUPPORT_WORKER = "support_worker", _("support worker")
    REFERRER = "referrer", _("referrer")
    HOUSING_OFFICER = "housing_officer", _("housing officer")
    STEERING_MEMBER = "steering_member", _("steering member")
    PROTECTION_OFFICER = "protection_officer", _("data protection officer")
    ADMINISTRATOR = "administrator", _("administrator")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by day."""

    def in_force(self, on: date) -> Self:
        """Those that hold on day ``on``, of people and organisations that are still there."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Membership(Row):
    """One person's role for one organisation in one programme, from a day until a day. This is the *member* who acts."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    # The day on which this member looks or acts; the request (or the command) sets it, so that nothing below asks the clock.
    on: date | None = None

    class Meta:
        indexes = [models.Index(fields=["user", "from_on"], name="membership_user")]

    def __str__(self) -> str:
        return f"{self.contact} ({self.get_role_display()})"

    @property
    def label(self) -> str:
        """How the journal names this member."""
        return self.contact.name

    @property
    def is_staff_of_programme(self) -> bool:
        """Coordinator or support worker of the lead: sees the programme's pathways (P7)."""
        return self.role in {Role.COORDINATOR, Role.SUPPORT_WORKER}

    @property
    def is_bound_by_secrecy(self) -> bool:
        """Whether organisation and function both are: only then is care shared with this member."""
        return bool(self.contact_id) and self.organisation.bound_by_secrecy and self.contact.bound_by_secrecy

    def holds_on(self, day: date) -> bool:
        """Whether the role holds on this day."""
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)

    def standing_on(self, day: date) -> Self:
        """The same member, looking on ``day``."""
        self.on = day
        return self

    def is_same_member(self, other: Any) -> bool:
        """Whether the other is this very membership."""
        return bool(other) and other.pk == self.pk


class Reset(Row):
    """Somebody lost app and passkey: a colleague called them back and gave them a recovery code, a second colleague confirms it.

    Nobody is ever let in with less than two steps: the code stands beside the password. Without the second colleague the account
    locks at ``confirm_by``.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="resets")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    called = models.CharField(_("called back on"), max_length=40)
    confirm_by = models.DateTimeField()
    confirmed_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    # The code itself, for who reads it out; it is kept nowhere.
    code = ""

    class Meta:
        indexes = [models.Index(fields=["programme", "confirmed_at"], name="reset_open")]

    def __str__(self) -> str:
        return str(self.membership.contact)
