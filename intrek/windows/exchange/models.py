"""Import batches: what was read from a spreadsheet, what became of each row; and the links of calendars that read along."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.programmes.models import Programme

MOST_SHOWN = 7


class Batch(Row):
    """One list. Nothing is made before somebody confirmed the preview; its content is kept until the last row is dealt with.

    ``columns`` are those pointed out by hand; ``line`` is the last row of the sheet that was dealt with, so that a long
    list goes on where it stopped; ``headings`` stand above the rows that are given back.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(blank=True)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    read_by = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    with_doubtful = models.BooleanField(default=True)
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    line = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["programme", "-created_at"], name="batch_recent")]

    def __str__(self) -> str:
        return self.file_name


class RefusedRow(Row):
    """A row that was not taken, as it stood, with every reason: lost to nobody."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="refused_rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["line"]

    @property
    def told(self) -> str:
        """What stood in its first cells, to recognise it by."""
        return " · ".join([cell for cell in self.cells if cell][:MOST_SHOWN])


class Feed(Row):
    """A link by which the calendar of one member reads their own visits, meetings and days to keep; no person is named in it.

    Of the secret in the link the digest is kept alone. It works until ``expires_on``, until it is ended, and no longer than
    the role does.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="feeds")
    name = models.CharField(_("in which calendar"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(_("works until"))
    last_used_at = models.DateTimeField(_("last read"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "membership"], name="feed_membership")]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: date) -> bool:
        """Whether a calendar may read along on this day."""
        return self.ended_on is None and day <= self.expires_on
