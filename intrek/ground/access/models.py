"""Who may see what of whom, on what ground, until when. Persons and pathways are named by id: this stands on the ground."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Contact, Membership, Organisation
from intrek.ground.programmes.models import Programme


class Category(models.TextChoices):
    """Kinds of facts about a person; each field belongs to one."""

    IDENTITY = "identity", _("identity")
    CONTACT = "contact", _("contact")
    TENANCY = "tenancy", _("home and tenancy")
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


# What is one's own opens the pages of partners; what is shared opens only the page of what is shared.
OWN_GROUNDS = frozenset({Ground.OWN_REFERRAL, Ground.OWN_DWELLING})
SHARED_GROUNDS = frozenset({Ground.MEETING, Ground.SHARE})


class Basis(models.TextChoices):
    """On what somebody's facts may be shared with a partner."""

    AGREEMENT = "agreement", _("the person agreed")
    LEGAL = "legal", _("a law allows or asks it")


class ShareQuerySet(models.QuerySet["Share"]):
    """Shares by day."""

    def in_force(self, on: date) -> Self:
        """Those that hold on day ``on``: begun, not over, not taken back."""
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on), from_on__lte=on, until_on__gte=on)


class Share(Row):
    """What of a pathway is shared with an organisation (or one person of it), on what basis, for what, from, until."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway_id = models.UUIDField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="shares", verbose_name=_("organisation")
    )
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    legal_ground = models.CharField(_("legal ground"), max_length=300, blank=True)
    purpose = models.TextField(_("for what"))
    categories = models.JSONField(_("what is shared"), default=list)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"))
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    withdrawn_why = models.CharField(_("why"), max_length=300, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["programme", "pathway_id"], name="share_pathway")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.category_words}"

    @property
    def category_words(self) -> str:
        """The kinds of facts that are shared, in words."""
        return ", ".join(str(each.label) for each in Category if each.value in self.categories)

    @property
    def with_whom(self) -> str:
        """The organisation, or the one person of it."""
        return f"{self.contact} ({self.organisation})" if self.contact else str(self.organisation)


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
    share = models.ForeignKey(Share, null=True, on_delete=models.CASCADE, related_name="grants")
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


class BreakIn(Row):
    """Somebody of another team opened a file, for a reason, for an hour. It stands between two programmes: ``programme`` is the file's."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway_id = models.UUIDField()
    number = models.CharField(_("number of the pathway"), max_length=20)
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="break_ins")
    by_label = models.CharField(_("by"), max_length=120)
    for_label = models.CharField(_("for"), max_length=120)
    reason = models.TextField(_("reason"))
    opened_at = models.DateTimeField(_("opened"))
    until_at = models.DateTimeField(_("until"))

    class Meta:
        indexes = [models.Index(fields=["member", "pathway_id", "until_at"], name="break_in_open")]

    def __str__(self) -> str:
        return f"{self.by_label}: {self.number}"


class Tie(models.TextChoices):
    """How somebody of the team knows a person outside of work."""

    FAMILY = "family", _("family")
    NEIGHBOUR = "neighbour", _("neighbour")
    ACQUAINTANCE = "acquaintance", _("friend or acquaintance")


class CloseTie(Row):
    """Somebody of the team said that they know this person outside of work: from then on each look of theirs is gone over.

    It is ended and never deleted: who takes it back takes no look off the list.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway_id = models.UUIDField()
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="close_ties")
    kind = models.CharField(_("how you know this person"), max_length=20, choices=Tie.choices)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "pathway_id"], name="one_tie_of_a_member")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Concern(models.TextChoices):
    """Why looks are gone over."""

    BREAK_IN = "break_in", _("opened from another team")
    TIE = "tie", _("looked at somebody they know outside of work")
    MANY = "many", _("many files in few minutes")


class Judgement(Row):
    """What a coordinator or the data protection officer found of looks that were gone over."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    concern = models.CharField(max_length=10, choices=Concern.choices)
    about_id = models.UUIDField()
    pathway_id = models.UUIDField(null=True)
    week_on = models.DateField(_("week of"))
    is_in_order = models.BooleanField(_("in order"))
    note = models.TextField(_("what was found"), blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="judgements")
    judged_at = models.DateTimeField(_("judged"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "about_id", "week_on"], name="judged_once")]

    def __str__(self) -> str:
        return self.get_concern_display()
