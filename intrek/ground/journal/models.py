"""What happened, to whom, by whom: the timeline reads it, nobody rewrites it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.rows import Row


class Entry(Row):
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
