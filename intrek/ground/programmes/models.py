"""A programme and its dated rules: tracks, terms, criteria, quota, code lists. Nothing of one city is in the code."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.rows import Row
from intrek.ground.programmes.rules import sentence


def in_words(texts: dict[str, str]) -> str:
    """The text in the reader's language, else in the installation's, else in any."""
    for language in ((get_language() or "")[:2], settings.LANGUAGE_CODE[:2], "en"):
        if texts.get(language):
            return texts[language]
    return next(iter(texts.values()), "")


class DatedQuerySet(models.QuerySet[Any]):
    """Rules with a first and last day, both inclusive."""

    def in_force(self, on: date) -> "DatedQuerySet":
        """Those that hold on day ``on``."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class DatedRule(Row):
    """A rule that holds from a day until a day; changing it ends this row and starts another."""

    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


class Programme(Row):
    """A housing-and-welfare programme: one data controller, its own people, partners and rules."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    municipality = models.CharField(_("municipality"), max_length=80)
    names = models.JSONField(default=dict)
    about = models.JSONField(default=dict)
    lead_name = models.CharField(_("organisation that leads"), max_length=120, blank=True)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return in_words(self.names) or self.name

    @cached_property
    def code_items(self) -> "dict[tuple[str, str], CodeItem]":
        """Every entry of the programme's code lists by list and code: read once for each page."""
        return {(item.list, item.code): item for item in self.codes.all()}

    def code_label(self, code_list: str, code: str) -> str:
        """A code in the reader's words; a code that is no longer there, as it stands."""
        item = self.code_items.get((code_list, code))
        return str(item) if item else code


class ProgrammeRule(DatedRule):
    """What holds for the whole programme in a period: quota (P8), the days within which people are answered (P24)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rules")
    dwellings_a_year = models.PositiveSmallIntegerField(_("dwellings a year"))
    hear_days = models.PositiveSmallIntegerField(_("days within which a referrer hears"))
    news_days = models.PositiveSmallIntegerField(
        _("days between two pieces of news to who referred somebody that waits")
    )
    answer_days = models.PositiveSmallIntegerField(_("days within which a referrer's question is answered"))
    signal_days = models.PositiveSmallIntegerField(_("days within which a landlord's signal is answered"))
    meetings_a_year = models.PositiveSmallIntegerField(_("meetings a year"))
    agenda_days = models.PositiveSmallIntegerField(_("days before a meeting on which its agenda closes"))
    service_check_weeks = models.PositiveSmallIntegerField(_("weeks after which a waiting service is checked again"))
    ending_soon_weeks = models.PositiveSmallIntegerField(
        _("weeks before the last day that a term counts as ending soon")
    )
    aftercare_months = models.PositiveSmallIntegerField(_("months of aftercare"))
    keep_years = models.PositiveSmallIntegerField(_("years that a closed pathway is kept"))
    aftercare_review_months = models.PositiveSmallIntegerField(_("months between two aftercare reviews"))
    reference_contact_months = models.PositiveSmallIntegerField(
        _("months between two contacts for a reference address")
    )

    # One for each role, under the role's own name: partners are known above this room.
    idle_coordinator = models.PositiveSmallIntegerField(_("minutes until an untouched screen locks: coordinator"))
    idle_support_worker = models.PositiveSmallIntegerField(_("minutes until an untouched screen locks: support worker"))
    idle_minutes_with_passkey = models.PositiveSmallIntegerField(_("the same, for a support worker with a passkey"))
    idle_referrer = models.PositiveSmallIntegerField(_("minutes until an untouched screen locks: referrer"))
    idle_housing_officer = models.PositiveSmallIntegerField(
        _("minutes until an untouched screen locks: housing officer")
    )
    idle_steering_member = models.PositiveSmallIntegerField(
        _("minutes until an untouched screen locks: steering member")
    )
    idle_protection_officer = models.PositiveSmallIntegerField(
        _("minutes until an untouched screen locks: data protection officer")
    )
    idle_administrator = models.PositiveSmallIntegerField(_("minutes until an untouched screen locks: administrator"))
    feed_days = models.PositiveSmallIntegerField(_("days that a link for a calendar works"))
    many_files = models.PositiveSmallIntegerField(_("files opened shortly after one another that are gone over"))
    many_minutes = models.PositiveSmallIntegerField(_("minutes within which they are counted"))
    reviewed_a_week = models.PositiveSmallIntegerField(_("looks gone over in a week, at most"))
    fee_due_days = models.PositiveSmallIntegerField(_("days to pay a usage fee that is asked"), default=14)
    arrears_amount = models.DecimalField(
        _("open usage fee above which it is a signal"), max_digits=8, decimal_places=2, default=800
    )
    arrears_weeks = models.PositiveSmallIntegerField(
        _("weeks of an open usage fee after which it is a signal"), default=6
    )
    cost_cover = models.DecimalField(
        _("costs of a dwelling a month that a usage fee may cover"), max_digits=8, decimal_places=2, default=0
    )
    fee_payee = models.CharField(_("name of the account for usage fees"), max_length=70, blank=True)
    fee_iban = models.CharField(_("account number for usage fees"), max_length=42, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "from_on"], name="programme_rule_from")]


class TrackKind(models.TextChoices):
    """The two ways through a programme."""

    TRIAL = "trial", _("Trial resident")
    SITTING = "sitting", _("Sitting tenant")


class Track(Row):
    """One of the ways through a programme (P8–P16)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tracks")
    kind = models.CharField(_("kind"), max_length=10, choices=TrackKind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "kind"], name="one_track_of_a_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_trial(self) -> bool:
        return self.kind == TrackKind.TRIAL

    def rule(self, on: date) -> "TrackRule":
        """The term rule in force on a day; before the first rule, the first one. Raises TrackRule.DoesNotExist when there is none."""
        rules = sorted(self.rules.all(), key=lambda rule: rule.from_on)
        held = [rule for rule in rules if rule.from_on <= on]
        if not rules:
            raise TrackRule.DoesNotExist
        return held[-1] if held else rules[0]


class StayTitle(models.TextChoices):
    """Under what title somebody lives in a dwelling (P9, P16, P20)."""

    LOAN = "loan", _("loan for use")
    LEASE = "lease", _("tenancy")
    OTHER = "other", _("other title")


class TrackRule(DatedRule):
    """How long, how often, under what title: the term of a track (P9–P12, P14, P16)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="rules")
    min_months = models.PositiveSmallIntegerField(_("shortest term in months"))
    max_months = models.PositiveSmallIntegerField(_("longest term in months"))
    evaluation_months = models.PositiveSmallIntegerField(_("months between two evaluations"))
    visit_days = models.PositiveSmallIntegerField(_("days between two home visits"))
    stay_title = models.CharField(_("title of the stay"), max_length=10, choices=StayTitle.choices)
    tied_to_dwelling = models.BooleanField(_("support ends with the stay"))
    no_domicile = models.BooleanField(_("no domicile at the dwelling"), default=False)
    suspension_extends_term = models.BooleanField(_("a suspension moves the last day"), default=True)
    suspension_counts = models.BooleanField(_("a suspension counts toward the longest term"), default=False)
    fee_runs_in_suspension = models.BooleanField(_("the usage fee runs during a suspension"), default=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "track", "from_on"], name="track_rule_from")]


class CriterionKind(models.TextChoices):
    """The few kinds of condition a programme can set, each with parameters (P1–P5)."""

    MIN_AGE = "min_age", _("minimum age")
    MENTAL_HEALTH = "mental_health", _("mental-health problem, diagnosed or suspected")
    REPEATED_HOUSING = "repeated_housing", _("repeated housing problems")
    SOCIAL_HOUSING = "social_housing", _("registered for social housing")
    DOMICILE_DAYS = "domicile_days", _("days of domicile in a municipality within years")
    ACCEPTS_SUPPORT = "accepts_support", _("accepts support for the whole period")
    STATEMENT = "statement", _("statement judged by a person")
    EXCLUSION = "exclusion", _("exclusion judged by a person")


class Criterion(DatedRule):
    """One condition of one track, in one version. ``series`` ties the versions of the same condition together (P5).

    ``params`` by kind: min_age {years}; domicile_days {days, years, municipality}; statement and exclusion none.
    ``texts`` is the sentence people read, per language; empty means the kind's own sentence.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="criteria")
    series = models.UUIDField()
    kind = models.CharField(_("kind"), max_length=20, choices=CriterionKind.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    params = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["programme", "track", "from_on"], name="criterion_from")]

    def __str__(self) -> str:
        return in_words(self.texts) or sentence(self.kind, self.params)


class CodeList(models.TextChoices):
    """The code lists a programme may extend."""

    ENDING = "ending", _("why support or a pathway ends")
    DECLINE = "decline", _("why a referral is declined")
    WITHDRAWAL = "withdrawal", _("why a referral is withdrawn")
    CANDIDATE_REFUSAL = "candidate_refusal", _("why a candidate refuses a dwelling")
    LIFE_DOMAIN = "life_domain", _("life domain")
    HELP = "help", _("kind of help")
    THREAT = "threat", _("what threatens the tenancy")
    FURNISHING = "furnishing", _("furnishing")
    SUSPENSION = "suspension", _("why support is suspended")
    SHARING = "sharing", _("conditions of shared secrecy")
    LAW = "law", _("law that papers name")


class EndingGroup(models.TextChoices):
    """How an ending counts in the figures."""

    POSITIVE = "positive", _("positive")
    NEUTRAL = "neutral", _("neutral")
    NEGATIVE = "negative", _("negative")
    PROGRAMME = "programme", _("ended by the programme")


class CodeItem(Row):
    """One entry of a code list; ``group`` says how endings count: positive, neutral, negative, programme.

    ``also`` are other ways in which people wrote it in the lists they kept before; an import recognises them.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="codes")
    also = models.JSONField(default=list)  # stands before the column that is called list, too
    list = models.CharField(max_length=20, choices=CodeList.choices)
    code = models.SlugField(max_length=40)
    group = models.CharField(max_length=12, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    labels = models.JSONField(default=dict)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["list", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["programme", "list", "code"], name="one_code_in_a_list")]

    def __str__(self) -> str:
        return in_words(self.labels)

    @property
    def group_words(self) -> str:
        """How an ending of this code counts, in words."""
        return str(EndingGroup(self.group).label) if self.group else ""


class PaperGroup(models.TextChoices):
    """When a paper must be there (P13)."""

    BEFORE_KEYS = "before_keys", _("before the keys")
    AT_HANDOVER = "at_handover", _("at hand-over")
    AT_START = "at_start", _("at the start of support")
    ALONG = "along", _("along the way")
    LEAVING = "leaving", _("at leaving")


class PaperRule(DatedRule):
    """A paper that a track asks for, and when (P9, P13)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="papers")
    code = models.SlugField(max_length=40)
    group = models.CharField(max_length=12, choices=PaperGroup.choices)
    position = models.PositiveSmallIntegerField(default=0)
    labels = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return in_words(self.labels)
