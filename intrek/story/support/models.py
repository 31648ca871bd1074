"""The support term: agreement, home visits, goals, suspensions, threats to the tenancy (P11–P16, P19)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import LandlordQuerySet, VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Programme, Track
from intrek.story.placement.models import Placement


class TermQuerySet(VisibleQuerySet):
    """Support terms by where they stand."""

    def open(self) -> Self:
        """Not ended. History may know that a term ended without knowing the day: then ``ended_how`` tells."""
        return self.filter(ended_on__isnull=True, ended_how="")


class SupportTerm(Row):
    """A period of support on one track, from its first to its agreed last day, both inclusive. A pathway can have several in a row.

    On the trial track ``placement`` is set and support ends with the stay; on the other it follows the person (P11, P16).
    ``next_evaluation_on`` is kept by the actions that change the term, so that lists need not compute it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="terms")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="+")
    placement = models.OneToOneField(Placement, null=True, blank=True, on_delete=models.PROTECT, related_name="term")
    worker = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="terms", verbose_name=_("support worker")
    )
    agreement_on = models.DateField(_("support agreement signed on"), null=True, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    agreed_last_day = models.DateField(_("agreed last day"), null=True, blank=True)
    next_evaluation_on = models.DateField(null=True, blank=True)
    evaluations_held = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_how = models.CharField(_("support ended how"), max_length=40, blank=True)
    ended_note = models.TextField(_("in own words"), blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pathway"],
                condition=Q(ended_on__isnull=True, ended_how=""),
                name="one_open_term_per_pathway",
            )
        ]
        indexes = [
            models.Index(fields=["programme", "pathway"], name="term_pathway"),
            models.Index(
                fields=["programme", "worker", "agreed_last_day"],
                name="term_open_worker",
                condition=Q(ended_on__isnull=True),
            ),
            models.Index(
                fields=["programme", "next_evaluation_on"],
                name="term_evaluation_due",
                condition=Q(ended_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pathway}, {self.track}"

    @property
    def is_ended(self) -> bool:
        """Whether support is over, also when history does not know since when."""
        return self.ended_on is not None or bool(self.ended_how)


class Suspension(Row):
    """Days on which support rests, such as an admission; whether they move the last day is the track's rule."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    term = models.ForeignKey(SupportTerm, on_delete=models.CASCADE, related_name="suspensions")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"), null=True, blank=True)
    reason_code = models.CharField(_("reason"), max_length=40)
    note = models.CharField(_("note"), max_length=200, blank=True)


class VisitState(models.TextChoices):
    """What became of a home visit."""

    PLANNED = "planned", _("planned")
    DONE = "done", _("done")
    MISSED = "missed", _("nobody home")
    CANCELLED = "cancelled", _("cancelled")


class Visit(Row):
    """A home visit, planned or done: who, when, how long, what kind of help, a note (P11, P19)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="visits")
    term = models.ForeignKey(SupportTerm, null=True, on_delete=models.CASCADE, related_name="visits")
    worker = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="visits", verbose_name=_("support worker")
    )
    state = models.CharField(
        _("what became of it"), max_length=9, choices=VisitState.choices, default=VisitState.PLANNED
    )
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    help_kinds = models.JSONField(_("kind of help"), default=list)
    note = models.TextField(_("note"), blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "pathway", "-on"], name="visit_pathway"),
            models.Index(fields=["programme", "worker", "on"], name="visit_planned", condition=Q(state="planned")),
        ]


class Goal(Row):
    """What the resident wants to reach in a life domain, with steps."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="goals")
    domain = models.CharField(_("life domain"), max_length=40)
    text = models.CharField(_("goal"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    set_on = models.DateField(_("set on"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["set_on", "pk"]
        indexes = [models.Index(fields=["programme", "pathway"], name="goal_pathway")]


class GoalStep(Row):
    """A step toward a goal."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(_("step"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]


class Threat(Row):
    """What threatens a tenancy: arrears, nuisance, upkeep (P16)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="threats")
    kind = models.CharField(_("what threatens"), max_length=40)
    since_on = models.DateField(_("since"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2, null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()


class EvictionKind(models.TextChoices):
    """The steps of an eviction (P16)."""

    NOTICE = "notice", _("notice")
    HEARING = "hearing", _("hearing")
    JUDGMENT = "judgment", _("judgment")
    PLANNED = "planned", _("planned eviction")


class EvictionStep(Row):
    """A step of an eviction with its day; open until its outcome is written (P16)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="eviction_steps")
    kind = models.CharField(_("step"), max_length=10, choices=EvictionKind.choices)
    on = models.DateField(_("day"))
    note = models.TextField(_("note"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "on"], name="eviction_step_open", condition=Q(closed_on__isnull=True))
        ]


class TalkRequest(Row):
    """A support worker asks the partners to talk about a running pathway at the next intervision (P17)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="talk_requests")
    question = models.TextField(_("question"))
    asked_on = models.DateField(_("asked on"))
    asked_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    handled_on = models.DateField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["programme", "pathway"], name="talk_request_open", condition=Q(handled_on__isnull=True)
            )
        ]


class SignalKind(models.TextChoices):
    """What a landlord sees; the first three are what threatens a tenancy too."""

    ARREARS = "arrears", _("rent arrears")
    NUISANCE = "nuisance", _("nuisance")
    UPKEEP = "upkeep", _("upkeep or hygiene")
    NO_CONTACT = "no_contact", _("no contact")
    OTHER = "other", _("something else")


class SignalWeight(models.TextChoices):
    """How heavily it weighs, for the landlord."""

    TO_KNOW = "to_know", _("to know")
    SERIOUS = "serious", _("serious")
    URGENT = "urgent", _("urgent: the tenancy is in danger")


class SignalQuerySet(LandlordQuerySet):
    """Signals by where they stand."""

    def open(self) -> Self:
        """Not closed by both sides."""
        return self.filter(Q(closed_by_programme_on=None) | Q(closed_by_landlord_on=None))


class Signal(Row):
    """A landlord tells what goes wrong in a dwelling; both sides read one list of what was said and agreed, and close it together.

    ``pathway`` is whose home it is, when the programme knows; else ``tenant`` holds the name as the landlord wrote it.
    ``awaits``: which side has the word.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("landlord")
    )
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="signals", verbose_name=_("dwelling"))
    pathway = models.ForeignKey(Pathway, null=True, blank=True, on_delete=models.CASCADE, related_name="signals")
    tenant = models.CharField(_("tenant"), max_length=120, blank=True)
    kind = models.CharField(_("what is it about"), max_length=10, choices=SignalKind.choices)
    weight = models.CharField(_("how heavily does it weigh"), max_length=8, choices=SignalWeight.choices)
    what = models.TextField(_("what happens"))
    tried = models.TextField(_("what was tried already"), blank=True)
    raised_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", verbose_name=_("told by"))
    on = models.DateField(_("on"))
    answer_by = models.DateField(_("answer by"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by_label = models.CharField(_("read by"), max_length=120, blank=True)
    awaits = models.CharField(
        max_length=9, choices=[("programme", _("the programme")), ("landlord", _("the landlord"))]
    )
    closed_by_programme_on = models.DateField(null=True, blank=True)
    closed_by_landlord_on = models.DateField(null=True, blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "-on"], name="signal_on"),
            models.Index(fields=["programme", "organisation", "-on"], name="signal_landlord"),
            models.Index(
                fields=["programme", "answer_by"],
                name="signal_awaits_programme",
                condition=Q(awaits="programme", closed_by_programme_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.dwelling}"

    @property
    def is_closed(self) -> bool:
        """Both sides said that it is over."""
        return bool(self.closed_by_programme_on and self.closed_by_landlord_on)


class SignalWord(Row):
    """What one side says about a signal; with ``due_on`` it is agreed who does it by then, until it is done."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="words")
    from_programme = models.BooleanField()
    by_label = models.CharField(_("from whom"), max_length=120)
    text = models.TextField(_("text"))
    said_on = models.DateField(_("said on"))
    for_programme = models.BooleanField(_("the programme does it"), null=True, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "signal", "created_at"], name="signal_word")]
