"""Messages between the programme and its people. A message names nobody outside the page it links to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Contact, Organisation, Sector
from intrek.ground.programmes.models import Programme


class Kind(models.TextChoices):
    """What a message is about; each has its own subject line, without a name in it."""

    REFERRAL_RECEIVED = "referral_received", _("Your referral %(number)s was received")
    DECISION = "decision", _("There is a decision on referral %(number)s")
    QUESTION = "question", _("There is a question about referral %(number)s")
    ANSWER = "answer", _("There is an answer about referral %(number)s")
    ADDITION = "addition", _("Something was added to referral %(number)s")
    NEWS = "news", _("There is news about referral %(number)s")
    LATER_DAY = "later_day", _("You will hear later about referral %(number)s")
    ALLOCATION = "allocation", _("There is news about a dwelling for referral %(number)s")
    STARTED = "started", _("Support has started for referral %(number)s")
    ENDED = "ended", _("Support has ended for referral %(number)s")
    WITHDRAWN = "withdrawn", _("Referral %(number)s was withdrawn")
    BREAK_IN = "break_in", _("A file was opened from another team")
    ACTION_POINT = "action_point", _("You have an action point on %(number)s")
    SIGNAL = "signal", _("There is news about a signal of a landlord")
    KNOCK = "knock", _("A landlord knocks about %(number)s")
    KNOCK_ANSWERED = "knock_answered", _("Your knock was answered")
    OVERDUE = "overdue", _("You would have heard about referral %(number)s by now")
    ANNOUNCEMENT = "announcement", _("There is an announcement of the programme")
    INVITATION = "invitation", _("You are invited to a meeting")
    SIGN = "sign", _("A paper waits for your signature")
    SIGNED = "signed", _("There is news about a paper to be signed for %(number)s")
    MEETING_CHANGED = "meeting_changed", _("A meeting to which you are invited has changed")


class MailState(models.TextChoices):
    """What became of a mail."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("nothing was left to tell")
    UNCERTAIN = "uncertain", _("perhaps sent")
    GIVEN_UP = "given_up", _("given up")


class Mail(Row):
    """A mail on its way out: written with what it tells of, in the same transaction, and sent after it by the worker.

    ``handed_at`` is when the mail server was given it: from then on it is never given again, whatever happens, so that nothing
    is sent twice. A digest gathers what comes in until ``due_at``.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    to = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="mails")
    is_digest = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=MailState.choices, default=MailState.WAITING)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["to"],
                condition=Q(is_digest=True, state="waiting", claimed_until__isnull=True, tries=0),
                name="one_open_digest",
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], name="mail_due", condition=Q(state="waiting")),
            models.Index(
                fields=["programme", "-due_at"], name="mail_stuck", condition=Q(state__in=["uncertain", "given_up"])
            ),
        ]

    @property
    def address(self) -> str:
        """Where it goes: the address one signs in with, else the one that was noted."""
        return self.to.user.email if self.to.user else self.to.email


class Announcement(Row):
    """Something the steering group or the coordinator tells all referrers, one sector, or one organisation."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    sector = models.CharField(_("for the sector"), max_length=20, choices=Sector.choices, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("for the organisation"),
    )
    on = models.DateField(_("on"))
    by_label = models.CharField(_("from whom"), max_length=120)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "-on"], name="announcement_on")]

    def __str__(self) -> str:
        return self.title


class Message(Row):
    """A message in somebody's inbox; the mail says only number, what, by when, and a link that asks to sign in (P24)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    to = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    pathway_id = models.UUIDField(null=True)
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField(_("message"), blank=True)
    path = models.CharField(max_length=200, blank=True)
    calendar = models.TextField(_("calendar entry that goes with the mail"), blank=True)
    by_label = models.CharField(_("from whom"), max_length=120, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(Mail, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages")
    announcement = models.ForeignKey(
        Announcement, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )

    class Meta:
        indexes = [
            models.Index(fields=["programme", "to", "-created_at"], name="message_inbox"),
            models.Index(fields=["to", "pathway_id", "kind"], name="message_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(Kind(self.kind).label) % {"number": self.number}


class MailChoice(Row):
    """When somebody wants a mail, by kind of message; a kind that is not in it keeps what holds for everybody."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="mail_choice")
    choices = models.JSONField(default=dict)


class Pause(Row):
    """Somebody wants no mail about one pathway until and including a day; the messages stand in the inbox all the same."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="pauses")
    pathway_id = models.UUIDField()
    until_on = models.DateField(_("until and including"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "pathway_id"], name="one_pause_per_pathway")]
