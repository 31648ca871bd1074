"""Partners meet: agenda, discussion, decision, action points (P17); the steering group meets over figures and rules."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.journal.models import Entry
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.post.models import MailState, Message
from intrek.ground.programmes.models import CodeList, Programme


class MeetingKind(models.TextChoices):
    """Who meets: the partners over people, or the steering group over figures and rules."""

    INTERVISION = "intervision", _("Intervision")
    STEERING = "steering", _("Steering group")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings by kind."""

    def of_partners(self) -> Self:
        """Those in which partners discuss people."""
        return self.filter(kind=MeetingKind.INTERVISION)

    def of_steering_group(self) -> Self:
        """Those of the steering group, which sees no person."""
        return self.filter(kind=MeetingKind.STEERING)


class Meeting(Row):
    """A day on which partners discuss running clients and new referrals, or on which the steering group meets."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(
        _("kind of meeting"), max_length=12, choices=MeetingKind.choices, default=MeetingKind.INTERVISION
    )
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    chair = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("chair")
    )
    agenda_closes_on = models.DateField(_("agenda closes on"), null=True, blank=True)
    closed_on = models.DateField(_("minutes closed on"), null=True, blank=True)
    # A meeting that is called off is closed that day too: nothing is written in it any more.
    called_off_on = models.DateField(_("called off on"), null=True, blank=True)
    called_off_why = models.CharField(_("why it is called off"), max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["programme", "-on"], name="meeting_on")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"

    @property
    def is_of_steering_group(self) -> bool:
        """No person is discussed in it, and nobody sees one because of it."""
        return self.kind == MeetingKind.STEERING

    @property
    def planned_start(self) -> datetime | None:
        """The instant at which it is to begin; null when no hour was set."""
        return make_aware(datetime.combine(self.on, self.starts_at)) if self.starts_at else None

    @property
    def planned_end(self) -> datetime | None:
        """The instant at which it is to end; null when no hour was set."""
        return make_aware(datetime.combine(self.on, self.ends_at)) if self.ends_at else None


class Attendance(Row):
    """Somebody who attends, or sends apologies."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField(_("present"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "contact"], name="once_per_meeting")]


class Answer(models.TextChoices):
    """What somebody who is invited says."""

    COMES = "comes", _("comes")
    APOLOGIES = "apologies", _("apologies")


class Invitation(Row):
    """Somebody is invited to a meeting and says whether they come. It opens nothing of anybody: attending does (P7)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="invitations")
    invited_on = models.DateField(_("invited on"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    note = models.CharField(_("a word with it"), max_length=200, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "contact"], name="invited_once")]
        indexes = [models.Index(fields=["programme", "contact"], name="invitation_contact")]

    @property
    def is_stuck(self) -> bool:
        """Its mail did not arrive, or perhaps did."""
        mail = self.message.mail if self.message else None
        return mail is not None and MailState(mail.state) in {MailState.GIVEN_UP, MailState.UNCERTAIN}


class Why(models.TextChoices):
    """Why a pathway stands on the agenda."""

    NEW_REFERRAL = "new_referral", _("new referral")
    POSTPONED = "postponed", _("postponed last time")
    ASKED = "asked", _("asked by the support worker")
    EVALUATION_DUE = "evaluation_due", _("evaluation due")
    TERM_ENDING = "term_ending", _("term ending")
    SIGNAL = "signal", _("signal of a landlord")
    TOO_LATE = "too_late", _("a service comes too late")
    ADDED = "added", _("put on by hand")


# Somebody whom a partner referred and on whom is not decided yet.
REFERRALS = (Why.NEW_REFERRAL, Why.POSTPONED)


class Decision(models.TextChoices):
    """What the partners decided about an item."""

    ACCEPT = "accept", _("accept")
    DECLINE = "decline", _("decline")
    ASK_MORE = "ask_more", _("ask for more")
    POSTPONE = "postpone", _("postpone")
    OTHER = "other", _("other")


class AgendaItem(Row):
    """One pathway on one agenda: the discussion, the decision with its motive and owner, and what the referrer hears (P17, P24)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="agenda_items")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    why = models.CharField(_("why"), max_length=16, choices=Why.choices)
    question = models.TextField(_("question"), blank=True)
    note = models.TextField(_("discussion"), blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    reason_code = models.CharField(_("reason"), max_length=40, blank=True)
    motive = models.TextField(_("motive, for the programme itself"), blank=True)
    motive_for_referrer = models.TextField(_("motive, as the referrer reads it"), blank=True)
    owner = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "pathway"], name="once_per_agenda")]
        indexes = [
            models.Index(fields=["programme", "pathway"], name="agenda_item_pathway"),
            models.Index(fields=["programme", "meeting"], name="agenda_item_undecided", condition=Q(decision="")),
        ]

    @property
    def is_referral(self) -> bool:
        """Somebody new on whom is decided, and not a pathway that runs already."""
        return self.why in REFERRALS

    @property
    def is_written_about(self) -> bool:
        """Something was written of the talk or of the decision to come."""
        return bool(self.note or self.motive or self.motive_for_referrer)

    @property
    def reason_words(self) -> str:
        """Why the referral was declined, in the reader's words."""
        return self.programme.code_label(CodeList.DECLINE, self.reason_code)


class ActionPoint(Row):
    """What somebody will do after the meeting, by a day."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="action_points")
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="action_points")
    text = models.CharField(_("what"), max_length=300)
    owner = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="action_points", verbose_name=_("who"))
    due_on = models.DateField(_("by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["programme", "owner", "due_on"], name="action_point_open", condition=Q(done_on__isnull=True)
            )
        ]


class Resolution(Row):
    """What the steering group decided and why, who follows it up, and the dated change of a rule that it caused."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="resolutions")
    text = models.TextField(_("what is decided"))
    motive = models.TextField(_("why"), blank=True)
    owner = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    decided_on = models.DateField(_("decided on"))
    change = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("change of a rule")
    )

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["programme", "meeting"], name="resolution_meeting")]


class KeptFigures(Row):
    """The figures as the steering group saw them, kept with its minutes whatever becomes of the rows behind them.

    ``counts`` holds, by figure, the number of each track: {"referrals": {"trial": 30, "sitting": 11}}.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="figures")
    from_on = models.DateField(_("from"), null=True)
    until_on = models.DateField(_("until"), null=True)
    kept_on = models.DateField(_("kept on"))
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["programme", "meeting"], name="kept_figures_meeting")]
