"""What happened, to whom, by whom: the timeline reads it, nobody rewrites it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.ids import new_id
from intrek.ground.common.rows import Row


class Recorded(models.Model):
    """A row of the record: written once. ``digest`` seals its payload with ``salt``; an erasure empties payload and salt alone."""

    salt = models.CharField(max_length=32, blank=True, editable=False)
    digest = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        abstract = True


class Entry(Recorded, Row):
    """One act in the programme: who did what, when, about whom.

    Everything is named by id and label, so that the journal needs to know no other room. ``on`` is the day it
    happened in the programme (null: not known), ``created_at`` the instant it was written down; they differ for
    what was imported or entered afterwards.
    """

    programme_id = models.UUIDField()
    pathway_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    verb = models.CharField(_("what"), max_length=60)
    on = models.DateField(_("on"), null=True)
    by_id = models.UUIDField(null=True)
    by_label = models.CharField(_("by"), max_length=120)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["programme_id", "pathway_id", "-on"], name="journal_pathway_on"),
            models.Index(fields=["programme_id", "person_id"], name="journal_person"),
            models.Index(fields=["programme_id", "-created_at"], name="journal_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.on}"


class Outcome(models.TextChoices):
    """What became of a look."""

    SHOWN = "shown", _("shown")
    DENIED = "denied", _("refused")


class Look(Recorded):
    """One request that showed persons to somebody, or that was refused: who looked, for whom, in what role, at what page.

    ``seen`` are the persons shown; of what was refused, the ids that were asked for. Everybody is named by id and label. ``method`` is
    that of the request, or ``PICTURE``: a page asked for a picture on it.
    """

    PICTURE = "PICTURE"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    programme_id = models.UUIDField()
    member_id = models.UUIDField()
    by_label = models.CharField(_("by"), max_length=120)
    for_label = models.CharField(_("for"), max_length=120)
    role = models.CharField(_("role"), max_length=20)
    page = models.CharField(max_length=80)
    method = models.CharField(max_length=8)
    outcome = models.CharField(_("what became of it"), max_length=6, choices=Outcome.choices)
    why = models.CharField(_("why"), max_length=80, blank=True)
    kinds = models.JSONField(default=list)
    seen = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["programme_id", "-created_at"], name="look_recent")]

    def __str__(self) -> str:
        return f"{self.by_label}: {self.page}"


class LookedAt(models.Model):
    """Who was looked at: found by the sealing, so that the looks at one person are found at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme_id = models.UUIDField()
    look = models.ForeignKey(Look, on_delete=models.CASCADE)
    subject_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["subject_id", "look"], name="looked_at_subject")]

    def __str__(self) -> str:
        return f"{self.look_id}: {self.subject_id}"


class Link(models.Model):
    """One place in a programme's chain: each seals a row of the record together with the link before it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme_id = models.UUIDField()
    position = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=4)
    row_id = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "position"], name="one_link_at_a_position")]

    def __str__(self) -> str:
        return f"{self.position}: {self.kind} {self.row_id}"
