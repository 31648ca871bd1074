"""One person's way through the programme, from referral to the end of aftercare: the spine of the house."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.rows import Row
from intrek.ground.common.sql import DaysBetween
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.people.models import Person
from intrek.ground.programmes.models import Programme, Track


class Stage(models.TextChoices):
    """Where a pathway stands. A person moves it, along the transition table in ``rules`` (words for counting)."""

    NEW = "new", _("new")
    ON_AGENDA = "on_agenda", _("awaiting intervision")
    WAITING = "waiting", _("waiting")
    ALLOCATED = "allocated", _("allocated")
    RUNNING = "running", _("running")
    AFTERCARE = "aftercare", _("aftercare")
    CLOSED = "closed", _("closed")


class Ending(models.TextChoices):
    """How a closed pathway counts."""

    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    POSITIVE = "positive", _("completed")
    NEUTRAL = "neutral", _("ended otherwise")
    NEGATIVE = "negative", _("dropped out")
    PROGRAMME = "programme", _("ended by the programme")


class Awaited(models.TextChoices):
    """What an open pathway waits for; the facts of the pathway fill the places in the sentence (P24)."""

    AGENDA = "agenda", _("a place on the agenda of an intervision")
    DECISION = "decision", _("the decision of the intervision of %(on)s")
    ANSWER = "answer", _("an answer: %(question)s")
    DWELLING = "dwelling", _("a dwelling that fits")
    SUPPORT_PLACE = "support_place", _("the start of support")
    CANDIDATE = "candidate", _("the candidate's answer about %(dwelling)s")
    PAPERS = "papers", _("signed papers for %(dwelling)s")
    KEYS = "keys", _("the keys of %(dwelling)s")
    EVALUATION = "evaluation", _("evaluation %(number)s")
    FINAL_EVALUATION = "final_evaluation", _("the final evaluation")
    TENANCY = "tenancy", _("the tenancy contract")
    NEXT_STEP = "next_step", _("what comes after support")
    REVIEW = "review", _("the next aftercare talk")
    OTHER = "other", "%(text)s"


class Party(models.TextChoices):
    """From whom something is awaited; a name can stand beside it."""

    COORDINATOR = "coordinator", _("the coordinator")
    PARTNERS = "partners", _("the partners in intervision")
    REFERRER = "referrer", _("the referrer")
    WORKER = "worker", _("the support worker")
    CANDIDATE = "candidate", _("the candidate")
    HOUSING = "housing", _("the housing partners")
    LANDLORD = "landlord", _("the landlord")
    ANCHOR = "anchor", _("the anchor person")


class PathwayQuerySet(VisibleQuerySet):
    """Pathways by where they stand."""

    pathway_path = "id"

    def open(self) -> Self:
        """Not closed."""
        return self.exclude(stage=Stage.CLOSED)

    def at(self, *stages: Stage) -> Self:
        """At one of these stages."""
        return self.filter(stage__in=stages)


class Pathway(Row):
    """One person's way through the programme. The pathway line and the figures are drawn from this row and its steps alone.

    ``track`` is the track of the referral and never changes; ``current_track`` becomes *sitting* when a trial
    resident goes on as sitting tenant (P15). The dated milestones are written by later rooms and are null when the
    thing has not happened or its day is not known (then ``to_complete`` names it).
    ``clock`` is the running term: {"starts_on", "ends_on", "months", "pauses": [[from, until]], "evaluations":
    [{"due_on", "held_on"}]}, days as text.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pathways")
    number = models.CharField(_("number"), max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pathways")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="+")
    current_track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.NEW)
    referred_by = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("referred by")
    )
    worker = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pathways",
        verbose_name=_("support worker"),
    )

    awaits = models.CharField(_("awaited"), max_length=20, choices=Awaited.choices, blank=True)
    awaits_facts = models.JSONField(default=dict)
    awaits_party = models.CharField(_("awaited from"), max_length=12, choices=Party.choices, blank=True)
    awaits_from = models.CharField(_("awaited from whom"), max_length=120, blank=True)
    awaits_by = models.DateField(_("awaited by"), null=True, blank=True)
    hears_by = models.DateField(_("the referrer hears by"), null=True, blank=True)

    referred_on = models.DateField(_("referred on"), null=True)
    agenda_on = models.DateField(_("put on an agenda on"), null=True)
    discussed_on = models.DateField(_("discussed on"), null=True)
    accepted_on = models.DateField(_("accepted on"), null=True)
    started_on = models.DateField(_("support started on"), null=True)
    first_ended_on = models.DateField(_("first support ended on"), null=True)
    first_ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    continued_on = models.DateField(_("went on as sitting tenant on"), null=True)
    aftercare_on = models.DateField(_("aftercare since"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending.choices, blank=True)
    ended_how = models.CharField(_("support ended how"), max_length=40, blank=True)
    home_kept = models.CharField(_("home kept"), max_length=7, choices=YesNoUnknown.choices, blank=True)
    what_helped = models.TextField(_("what helped"), blank=True)
    what_otherwise = models.TextField(_("what would we do otherwise"), blank=True)
    lessons_about = models.JSONField(default=list)

    # How long this person waited, as the figures count it; null while one of the two days is not known (P22).
    decision_days = models.GeneratedField(
        expression=DaysBetween(F("accepted_on"), F("referred_on")),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    start_days = models.GeneratedField(
        expression=DaysBetween(F("started_on"), F("accepted_on")),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )

    clock = models.JSONField(default=dict)
    to_complete = models.JSONField(default=list)
    is_incomplete = models.BooleanField(default=False)

    objects = PathwayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_pathway_per_number"),
            models.UniqueConstraint(
                fields=["person"], condition=~Q(stage="closed"), name="one_open_pathway_per_person"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "stage", "-referred_on"], name="pathway_stage"),
            models.Index(fields=["programme", "-referred_on", "id"], name="pathway_referred"),
            models.Index(fields=["programme", "worker", "stage"], name="pathway_worker"),
            models.Index(
                fields=["programme", "hears_by"], name="pathway_hears_by", condition=Q(hears_by__isnull=False)
            ),
            models.Index(fields=["programme", "referred_by", "-referred_on"], name="pathway_referrer"),
            models.Index(fields=["programme", "referred_by", "stage"], name="pathway_referrer_stage"),
            models.Index(fields=["programme", "awaits_by"], name="pathway_awaits_by", condition=~Q(awaits="")),
            models.Index(
                fields=["programme", "-referred_on"], name="pathway_incomplete", condition=Q(is_incomplete=True)
            ),
            models.Index(
                fields=["programme", "track", "decision_days", "accepted_on"],
                name="pathway_decision_days",
                condition=Q(decision_days__isnull=False),
            ),
            models.Index(
                fields=["programme", "track", "start_days", "started_on"],
                name="pathway_start_days",
                condition=Q(start_days__isnull=False),
            ),
            # Narrow ones, of what came in, went through and went out by day.
            models.Index(
                fields=["programme", "referred_on"], name="pathway_inflow", condition=Q(referred_on__isnull=False)
            ),
            models.Index(
                fields=["programme", "started_on"], name="pathway_started", condition=Q(started_on__isnull=False)
            ),
            models.Index(
                fields=["programme", "closed_on", "ending"], name="pathway_closed", condition=Q(closed_on__isnull=False)
            ),
            # All that is counted, so that the figures are read from this index alone, its first five in the order they are grouped.
            models.Index(
                fields=[
                    "programme",
                    "track",
                    "referred_by",
                    "ended_how",
                    "home_kept",
                    "stage",
                    "ending",
                    "first_ending",
                    "referred_on",
                    "agenda_on",
                    "accepted_on",
                    "started_on",
                    "first_ended_on",
                    "continued_on",
                    "closed_on",
                    "current_track",
                ],
                name="pathway_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.person}"

    @property
    def is_open(self) -> bool:
        return self.stage != Stage.CLOSED


class Station(models.TextChoices):
    """The stations of the pathway line."""

    REFERRAL = "referral", _("Referral")
    ELIGIBILITY = "eligibility", _("Conditions")
    INTERVISION = "intervision", _("Intervision")
    ALLOCATION = "allocation", _("Allocation")
    KEYS = "keys", _("Keys")
    TRIAL_STAY = "trial_stay", _("Trial stay")
    FINAL_EVALUATION = "final_evaluation", _("Final evaluation")
    TENANCY = "tenancy", _("Tenancy")
    AGREEMENT = "agreement", _("Agreement")
    SUPPORT = "support", _("Support")
    SECOND_FINAL_EVALUATION = "second_final_evaluation", _("Final evaluation of support")
    AFTERCARE = "aftercare", _("Aftercare")


class StepState(models.TextChoices):
    """What became of a station."""

    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    SKIPPED = "skipped", _("skipped")


class Step(Row):
    """A station of the line that was reached, stopped at, or skipped, on a day (null: not known); ``expected_on`` before that."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="steps")
    station = models.CharField(max_length=24, choices=Station.choices)
    state = models.CharField(max_length=8, choices=StepState.choices, blank=True)
    on = models.DateField(null=True)
    expected_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pathway", "station"], name="one_step_per_station")]


class Promise(Row):
    """A day by which a referrer was promised to hear about a step, and the day they did (P24). A later day is a new row with a reason."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="promises")
    about = models.CharField(_("about which step"), max_length=24, choices=Station.choices)
    made_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("promised by"))
    reason = models.CharField(_("why later"), max_length=200, blank=True)
    kept_on = models.DateField(null=True)
    replaced_on = models.DateField(null=True)
    told_overdue_on = models.DateField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["programme", "due_on"],
                name="promise_open",
                condition=Q(kept_on__isnull=True, replaced_on__isnull=True),
            )
        ]
