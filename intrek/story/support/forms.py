"""Starting, resting and ending support; visits, goals, threats (P11–P16, P19)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import CheckboxesField, DayField, MinutesField, MoneyField, TimeOfDayField
from intrek.ground.common.forms import IntrekForm, rows_of
from intrek.ground.partners.models import Contact, Membership, Organisation, Sector
from intrek.ground.partners.queries import workers_of
from intrek.ground.programmes.models import CodeList, StayTitle
from intrek.ground.programmes.queries import code_choices
from intrek.story.support.models import EvictionKind, SignalKind, SignalWeight, Visit, VisitState

NOTHING_CHOSEN = [("", _("Choose"))]
DURATIONS = (30, 45, 60, 75, 90)
OTHER = "other"


def _text(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class MemberForm(IntrekForm):
    """A form that offers the programme's own people and codes. ``lists`` names the code list behind a field."""

    lists: dict[str, CodeList] = {}
    workers: tuple[str, ...] = ()

    def __init__(self, *args: Any, member: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        day = self.today or member.on
        for name, code_list in self.lists.items():
            field: Any = self.fields[name]
            empty = NOTHING_CHOSEN if isinstance(field.widget, forms.Select) else []
            field.choices = empty + code_choices(member.programme, code_list, on=day)
        for name in self.workers if day else ():
            self.fields[name].queryset = workers_of(member.programme, day)  # type: ignore[attr-defined, arg-type]


class StartStayForm(MemberForm):
    """The keys are handed over and support begins."""

    workers = ("worker",)

    on = DayField(label=_("Keys handed over on"), past=True)
    worker = forms.ModelChoiceField(label=_("Support worker"), queryset=Contact.objects.none(), required=False)
    agreement_on = DayField(
        label=_("Support agreement signed on"), past=True, required=False,
        help_text=_("Leave empty when it stands among the papers already."),
    )  # fmt: skip


class StartForm(MemberForm):
    """Support of a sitting tenant begins (P16)."""

    workers = ("worker",)

    starts_on = DayField(label=_("First day"))
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=99)
    worker = forms.ModelChoiceField(label=_("Support worker"), queryset=Contact.objects.none(), required=False)
    agreement_on = DayField(label=_("Support agreement signed on"), past=True, required=False)


class ExtendForm(IntrekForm):
    """Support goes on longer."""

    last_day = DayField(label=_("New last day"))


class SuspendForm(MemberForm):
    """Support rests."""

    lists = {"reason_code": CodeList.SUSPENSION}

    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until and including"), required=False, help_text=_("Leave empty while nobody knows."))
    reason_code = forms.ChoiceField(label=_("Why"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class EndSuspensionForm(IntrekForm):
    """The last day of a suspension."""

    until_on = DayField(label=_("Last day of the suspension"))


class EndForm(MemberForm):
    """How support or a stay ended (P6)."""

    lists = {"how": CodeList.ENDING}

    on = DayField(label=_("Last day"), past=True)
    how = forms.ChoiceField(label=_("Why does it end?"))
    note = _text(_("In own words"), required=False)


class WorkerForm(MemberForm):
    """Who carries the support on."""

    workers = ("worker",)

    worker = forms.ModelChoiceField(label=_("Support worker"), queryset=Contact.objects.none())


class VisitForm(MemberForm):
    """A home visit in three taps and one text: did it take place, how long, what kind of help (P19)."""

    lists = {"help_kinds": CodeList.HELP}

    state = forms.ChoiceField(label=_("1. Did the visit take place?"), widget=forms.RadioSelect)
    duration = forms.ChoiceField(label=_("2. How long?"), widget=forms.RadioSelect, required=False)
    other_minutes = MinutesField(label=_("How long, otherwise"), required=False)
    help_kinds = CheckboxesField(label=_("3. What did you do?"), required=False)
    note = _text(_("Short note"), rows=4, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        words = {VisitState.DONE: _("Yes"), VisitState.MISSED: _("Nobody home"), VisitState.CANCELLED: _("Cancelled")}
        self.fields["state"].choices = [(state.value, text) for state, text in words.items()]  # type: ignore[attr-defined]
        tiles = [(str(each), _("%(minutes)d min.") % {"minutes": each}) for each in DURATIONS]
        self.fields["duration"].choices = [*tiles, (OTHER, _("Otherwise"))]  # type: ignore[attr-defined]

    @classmethod
    def answers_of(cls, row: Any) -> dict[str, Any]:
        """A stored visit as the tiles show it; a planned one has no answer yet but that it took place, as most do."""
        visit: Visit = row
        planned = visit.state == VisitState.PLANNED
        tile = str(visit.minutes) if visit.minutes in DURATIONS else (OTHER if visit.minutes else "")
        return {
            "state": VisitState.DONE if planned else visit.state,
            "duration": tile,
            "other_minutes": visit.minutes if tile == OTHER else None,
            "help_kinds": visit.help_kinds,
            "note": visit.note,
        }

    def answers(self) -> dict[str, Any]:
        """The tiles as the action takes them: one number of minutes."""
        told = super().answers()
        tile, other = told.pop("duration"), told.pop("other_minutes")
        return told | {"minutes": int(tile) if tile and tile != OTHER else other}


class NewVisitForm(VisitForm):
    """A visit that was not planned."""

    on = DayField(label=_("Day"), past=True)


class PlanForm(MemberForm):
    """A home visit in the diary."""

    workers = ("worker",)

    on = DayField(label=_("Day"))
    starts_at = TimeOfDayField(label=_("From"), required=False)
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    worker = forms.ModelChoiceField(label=_("Support worker"), queryset=Contact.objects.none(), required=False)


class StepForm(IntrekForm):
    """A step toward a goal."""

    text = forms.CharField(label=_("Step"), max_length=200, required=False)
    due_on = DayField(label=_("By"), required=False)


class GoalForm(MemberForm):
    """What the resident wants to reach, in a life domain."""

    lists = {"domain": CodeList.LIFE_DOMAIN}

    domain = forms.ChoiceField(label=_("Life domain"))
    text = forms.CharField(label=_("Goal, in the resident's words"), max_length=200)
    note = _text(_("Note"), required=False)


class NewGoalForm(GoalForm):
    """A new goal with its first steps."""

    rows = {"steps": rows_of(StepForm, extra=2, can_delete=False)}

    def answers(self) -> dict[str, Any]:
        """Steps without a text are no steps."""
        told = super().answers()
        return told | {"steps": [step for step in told["steps"] if step["text"].strip()]}


class OneStepForm(IntrekForm):
    """One more step."""

    text = forms.CharField(label=_("Next step"), max_length=200)
    due_on = DayField(label=_("By"), required=False)


class ThreatForm(MemberForm):
    """What threatens the tenancy (P16)."""

    lists = {"kind": CodeList.THREAT}

    kind = forms.ChoiceField(label=_("What threatens the tenancy?"))
    since_on = DayField(label=_("Since"), past=True, required=False)
    amount = MoneyField(label=_("Amount"), required=False, help_text=_("For arrears, in euro."))
    note = _text(_("Note"), required=False)


class EvictionForm(IntrekForm):
    """A step of an eviction (P16)."""

    kind = forms.ChoiceField(label=_("Step"), choices=EvictionKind.choices)
    on = DayField(label=_("Day"))
    note = _text(_("Note"), required=False)


class OutcomeForm(IntrekForm):
    """What came of a step."""

    outcome = forms.CharField(label=_("What came of it?"), max_length=200)


class OnDayForm(IntrekForm):
    """On which day."""

    on = DayField(label=_("Day"), past=True)


class TalkForm(IntrekForm):
    """What to talk about at intervision (P17)."""

    question = _text(_("What do you want to ask the partners?"))


class MoveForm(IntrekForm):
    """The person moves, support goes with them (P16)."""

    on = DayField(label=_("Lives there from"))
    address = forms.CharField(label=_("New address"), max_length=160, help_text=_("Street, number, box."))
    owner = forms.ModelChoiceField(label=_("Landlord"), queryset=Organisation.objects.none(), required=False)
    title = forms.ChoiceField(label=_("Under what title"), choices=StayTitle.choices, initial=StayTitle.LEASE)

    def __init__(self, *args: Any, member: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        housing = Organisation.objects.filter(programme_id=member.programme_id, sector=Sector.HOUSING, successor=None)
        self.fields["owner"].queryset = housing.order_by("name", "pk")  # type: ignore[attr-defined]


class SignalForm(IntrekForm):
    """What a landlord tells."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=SignalKind.choices, widget=forms.RadioSelect)
    weight = forms.ChoiceField(
        label=_("How heavily does it weigh?"), choices=SignalWeight.choices, widget=forms.RadioSelect
    )
    what = _text(_("What happens?"), max_length=4000)
    tried = _text(_("What was tried already?"), max_length=4000, required=False)
    tenant = forms.CharField(
        label=_("Name of the tenant"),
        max_length=120,
        required=False,
        help_text=_("Only when the programme does not know this tenant yet: it is needed to refer them."),
    )


class SignalWordForm(IntrekForm):
    """What one side says, or what is agreed: who does it, by when."""

    text = _text(_("What you want to say, or what is agreed"), max_length=4000)
    for_programme = forms.TypedChoiceField(
        label=_("Who does it?"),
        choices=[("", _("nobody has to do anything")), ("1", _("the programme")), ("0", _("the landlord"))],
        coerce="1".__eq__,
        empty_value=None,
        required=False,
    )
    due_on = DayField(label=_("By when?"), required=False)
