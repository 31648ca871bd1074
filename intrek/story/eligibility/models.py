"""Whether the conditions hold for one person: met, unmet or unknown, with the evidence, who judged and when (P4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Contact
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Criterion, Programme


class Verdict(models.TextChoices):
    """Unknown is a valid answer, never silently no (P4)."""

    MET = "met", _("met")
    UNMET = "unmet", _("unmet")
    UNKNOWN = "unknown", _("unknown")


class Assessment(Row):
    """One verdict on one condition for one pathway. Never rewritten: a new verdict makes the older one no longer current.

    ``evidence`` by kind: min_age {age, birth_on}; domicile_days {days_certain, days_possible, needed, window:[from, until],
    periods:[[from, until, municipality, precise]]}; others {answer, words}.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="assessments")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=7, choices=Verdict.choices)
    evidence = models.JSONField(default=dict)
    note = models.TextField(_("evidence in words"), blank=True)
    judged_by = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField()
    is_current = models.BooleanField(default=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pathway", "criterion"], condition=Q(is_current=True), name="one_current_verdict_per_condition"
            )
        ]
        indexes = [models.Index(fields=["programme", "pathway"], name="assessment_pathway")]
