"""Every two months and at the end: how is it going, what next (P14, P15)."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Programme
from intrek.story.support.models import SupportTerm


class NextStep(models.TextChoices):
    """What a final evaluation decides (P15)."""

    CONTINUE = "continue", _("continue as agreed")
    EXTEND = "extend", _("extend the term")
    STOP = "stop", _("stop")
    MOVE_ON = "move_on", _("move on: own tenancy or aftercare")


def verdict_words(is_positive: bool | None) -> Any:
    """How a final evaluation turned out, in words."""
    words = {True: _("positive"), False: _("not positive"), None: _("verdict not known")}
    return words[is_positive]


class Evaluation(Row):
    """One evaluation held with the resident; the final one decides what comes next (P14, P15).

    ``held_on`` is empty only where history does not know the day.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="evaluations")
    term = models.ForeignKey(SupportTerm, on_delete=models.CASCADE, related_name="evaluations")
    sequence = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    is_final = models.BooleanField(_("final evaluation"), default=False)
    is_positive = models.BooleanField(_("positive"), null=True, blank=True)
    going_well = models.TextField(_("what goes well"), blank=True)
    hard = models.TextField(_("what is hard"), blank=True)
    agreed = models.TextField(_("what was agreed"), blank=True)
    resident_words = models.TextField(_("in the resident's own words"), blank=True)
    next_step = models.CharField(_("what next"), max_length=10, choices=NextStep.choices, blank=True)
    support_goes_on = models.BooleanField(_("on condition of support as sitting tenant"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "sequence"], name="one_evaluation_per_number")]
        indexes = [models.Index(fields=["programme", "pathway"], name="evaluation_pathway")]

    def __str__(self) -> str:
        return f"{self.pathway}, {self.sequence}"

    @property
    def verdict(self) -> str:
        """Positive or not, in words; a final evaluation alone says it."""
        return str(verdict_words(self.is_positive))


class Score(Row):
    """How a life domain is going, by the resident and by the worker: 0 to 4; null is *unknown*."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="scores")
    domain = models.CharField(_("life domain"), max_length=40)
    by_resident = models.PositiveSmallIntegerField(
        _("resident"), null=True, blank=True, validators=[MaxValueValidator(4)]
    )
    by_worker = models.PositiveSmallIntegerField(_("worker"), null=True, blank=True, validators=[MaxValueValidator(4)])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluation", "domain"], name="one_score_per_domain")]
