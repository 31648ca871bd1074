"""Messages between the programme and its people. A message names nobody outside the page it links to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Contact
from intrek.ground.programmes.models import Programme


class Kind(models.TextChoices):
    """What a message is about; each has its own subject line, without a name in it."""

    REFERRAL_RECEIVED = "referral_received", _("Your referral %(number)s was received")
    DECISION = "decision", _("There is a decision on referral %(number)s")
    QUESTION = "question", _("There is a question about referral %(number)s")
    LATER_DAY = "later_day", _("You will hear later about referral %(number)s")
    ALLOCATION = "allocation", _("There is news about a dwelling for referral %(number)s")
    STARTED = "started", _("Support has started for referral %(number)s")
    ENDED = "ended", _("Support has ended for referral %(number)s")
    WITHDRAWN = "withdrawn", _("Referral %(number)s was withdrawn")
    BREAK_IN = "break_in", _("A file was opened from another team")
    ACTION_POINT = "action_point", _("You have an action point on %(number)s")


class Message(Row):
    """A message in somebody's inbox; the mail says only number, what, by when, and a link that asks to sign in (P24)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    to = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    pathway_id = models.UUIDField(null=True)
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField(_("message"), blank=True)
    path = models.CharField(max_length=200, blank=True)
    by_label = models.CharField(_("from whom"), max_length=120, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "to", "-created_at"], name="message_inbox")]

    def __str__(self) -> str:
        return str(Kind(self.kind).label) % {"number": self.number}
