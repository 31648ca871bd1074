"""A partner brings someone forward: what was said about the person, frozen at submission."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Programme, Track


class MentalHealth(models.TextChoices):
    """Whether there is a mental-health problem (P1)."""

    DIAGNOSED = "diagnosed", _("diagnosed")
    SUSPECTED = "suspected", _("suspected")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("unknown")


class WithdrawnBy(models.TextChoices):
    """Who took the referral back."""

    REFERRER = "referrer", _("the referrer")
    CLIENT = "client", _("the client")


class Referral(Row):
    """What a partner said when they brought someone forward. Health, addiction and justice are kept apart, in ``ReferralCare`` (P7)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="referrals")
    pathway = models.OneToOneField(Pathway, on_delete=models.CASCADE, related_name="referral")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("referring organisation")
    )
    referrer = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("referrer")
    )
    typed_by = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("typed by")
    )
    referred_on = models.DateField(_("referred on"), null=True)
    submitted_at = models.DateTimeField(null=True)

    known_since = models.CharField(_("how long known"), max_length=80, blank=True)
    commits = models.CharField(
        _("goes on supporting"), max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    commits_until = models.CharField(_("until when"), max_length=80, blank=True)
    successor = models.CharField(_("who takes over"), max_length=160, blank=True)

    landlord = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("landlord")
    )
    landlord_other = models.CharField(_("other landlord"), max_length=120, blank=True)
    dwelling_address = models.CharField(_("dwelling"), max_length=160, blank=True)
    tenant_since = models.CharField(_("tenant since"), max_length=40, blank=True)
    threats = models.JSONField(_("what threatens the tenancy"), default=list)
    threat_note = models.TextField(_("in own words"), blank=True)

    repeated_housing = models.CharField(
        _("repeated housing problems"), max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    housing_note = models.TextField(_("housing history"), blank=True)
    income = models.CharField(_("income"), max_length=160, blank=True)
    debts = models.CharField(_("debts"), max_length=160, blank=True)
    budget_management = models.CharField(
        _("budget management"), max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    administrator = models.CharField(_("court-appointed administrator"), max_length=120, blank=True)
    accepts_support = models.CharField(
        _("accepts support"), max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    informed = models.CharField(
        _("the person knows of the referral and agrees"),
        max_length=7,
        choices=YesNoUnknown.choices,
        default=YesNoUnknown.UNKNOWN,
    )
    support_need = models.TextField(_("support need"), blank=True)
    motivation = models.TextField(_("motivation"), blank=True)
    goals = models.TextField(_("goals"), blank=True)
    services_running = models.TextField(_("running services"), blank=True)
    services_waiting = models.TextField(_("services on a waiting list"), blank=True)
    remarks = models.TextField(_("remarks"), blank=True)

    said = models.JSONField(default=dict)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=8, choices=WithdrawnBy.choices, blank=True)
    withdrawn_why = models.TextField(_("why withdrawn"), blank=True)
    same_person_checked_on = models.DateField(null=True, blank=True)
    import_key = models.CharField(max_length=64, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "import_key"], condition=~Q(import_key=""), name="one_referral_per_imported_row"
            )
        ]
        indexes = [
            models.Index(fields=["programme", "-referred_on"], name="referral_referred"),
            models.Index(fields=["programme", "organisation", "-referred_on"], name="referral_organisation"),
        ]

    def __str__(self) -> str:
        return str(self.pathway)


class ReferralCare(Row):
    """The care side of a referral: health, addiction, justice. Never asked of, never shown to, a housing partner (P7)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="care")
    mental_health = models.CharField(
        _("mental-health problem"), max_length=9, choices=MentalHealth.choices, default=MentalHealth.UNKNOWN
    )
    mental_health_note = models.TextField(_("mental health, in own words"), blank=True)
    addiction = models.CharField(
        _("addiction"), max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    addiction_note = models.TextField(_("addiction, in own words"), blank=True)
    justice_note = models.TextField(_("justice"), blank=True)


class RemarkKind(models.TextChoices):
    """What is said about a referral after it was handed in."""

    NEWS = "news", _("news")
    QUESTION = "question", _("question")
    ANSWER = "answer", _("answer")
    ADDITION = "addition", _("added later")


class Remark(Row):
    """Something said between referrer and programme about a referral, in one list that both sides read (P24).

    ``read_at`` is when the other side first saw it. ``before`` is what the pathway awaited until a question of the
    programme made it await the answer.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=8, choices=RemarkKind.choices)
    from_programme = models.BooleanField()
    by_label = models.CharField(_("from whom"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    said_on = models.DateField(_("said on"))
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answered_with")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by_label = models.CharField(_("read by"), max_length=120, blank=True)
    before = models.JSONField(default=dict)

    objects = VisibleQuerySet.as_manager()
    # What was added to it, where a list of remarks is read together with its files.
    files: Sequence[Any] = ()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "pathway", "created_at"], name="remark_pathway"),
            models.Index(
                fields=["programme", "from_programme", "answer_by"],
                name="remark_open_question",
                condition=Q(kind="question", answered_on__isnull=True),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """A question that nobody answered yet."""
        return self.kind == RemarkKind.QUESTION and self.answered_on is None
