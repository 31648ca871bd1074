"""What people write in aftercare (P6, P23)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.fields import CheckboxesField, DayField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.partners.models import Contact
from intrek.ground.partners.queries import workers_of
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeItem, CodeList, Track
from intrek.ground.programmes.queries import codes, tracks_of
from intrek.story.aftercare.models import Knock


def _text(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    options.setdefault("required", False)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


def endings_of(pathway: Pathway, on: date | None) -> list[tuple[Any, Any]]:
    """The endings of the programme, grouped by how they count."""
    groups = {
        "positive": _("Positive"),
        "neutral": _("Neutral"),
        "negative": _("Negative"),
        "programme": _("On the programme's side"),
    }
    entries: list[CodeItem] = codes(pathway.programme, CodeList.ENDING, on=on)
    grouped = [
        (label, [(each.code, str(each)) for each in entries if each.group == group]) for group, label in groups.items()
    ]
    return [("", _("Choose")), *(each for each in grouped if each[1])]


class StartForm(IntrekForm):
    """Who stays reachable, for whom, until when."""

    anchor = forms.ModelChoiceField(label=_("Anchor person"), queryset=Contact.objects.none(), required=False)
    for_resident = forms.BooleanField(label=_("There for the resident"), required=False, initial=True)
    for_landlord = forms.BooleanField(label=_("There for the landlord"), required=False, initial=True)
    how_to_reach = forms.CharField(
        label=_("How to reach the anchor person"),
        max_length=200,
        required=False,
        help_text=_("A telephone number and hours, as resident and landlord will be told."),
    )
    from_on = DayField(label=_("From"), required=False)
    until_on = DayField(
        label=_("Until and including"), required=False, help_text=_("Empty: as long as the programme usually does.")
    )

    def __init__(self, *args: Any, pathway: Pathway, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["anchor"].queryset = workers_of(pathway.programme, self.today or date.max)  # type: ignore[attr-defined]


class ReviewForm(IntrekForm):
    """How it goes, some months after support."""

    held_on = DayField(label=_("Day of the talk"), past=True)
    note = _text(_("How does it go, with the resident and with the landlord?"), rows=5)


class KnockForm(IntrekForm):
    """Somebody asks for the anchor person."""

    on = DayField(label=_("Day"), past=True)
    who = forms.CharField(
        label=_("Who knocked?"), max_length=120, help_text=_("The resident, or a name and the landlord.")
    )
    what = _text(_("What is it about?"), rows=4)


class AnswerForm(IntrekForm):
    """What was done with a knock."""

    answered_on = DayField(label=_("Answered on"), past=True)
    answer = _text(_("What was done?"), rows=4)
    told = _text(
        _("What the landlord reads"),
        required=False,
        help_text=_("Nothing about support or health. Leave empty when they were told already."),
    )

    def __init__(self, *args: Any, knock: Knock, **options: Any) -> None:
        super().__init__(*args, **options)
        if not knock.knocked_by_id:
            del self.fields["told"]


class LandlordKnockForm(IntrekForm):
    """A landlord asks for the anchor person."""

    what = _text(_("What is it about?"), rows=4, max_length=4000)


class BackForm(IntrekForm):
    """Support taken up again: one page, no new referral."""

    track = forms.ModelChoiceField(label=_("Support as"), queryset=Track.objects.none(), empty_label=None)
    starts_on = DayField(label=_("From"), required=False)
    months = forms.IntegerField(label=_("Months of support"), required=False, min_value=1, max_value=60)
    worker = forms.ModelChoiceField(label=_("Support worker"), queryset=Contact.objects.none(), required=False)
    agreement_on = DayField(label=_("Support agreement signed on"), required=False)

    def __init__(self, *args: Any, pathway: Pathway, **options: Any) -> None:
        super().__init__(*args, **options)
        on = self.today or date.max
        # Support that is tied to a dwelling begins with its keys, not here (P11).
        free = [each.pk for each in tracks_of(pathway.programme) if not each.rule(on).tied_to_dwelling]
        self.fields["track"].queryset = Track.objects.filter(pk__in=free).order_by("pk")  # type: ignore[attr-defined]
        self.fields["worker"].queryset = workers_of(pathway.programme, on)  # type: ignore[attr-defined]


class CloseForm(IntrekForm):
    """Both outcomes, and what was learned (P6)."""

    on = DayField(label=_("Closed on"), past=True, required=False)
    ended_how = forms.ChoiceField(label=_("How did support end?"), required=False)
    home_kept = forms.ChoiceField(
        label=_("Was the home kept?"), choices=YesNoUnknown.choices, widget=forms.RadioSelect, required=False
    )
    what_helped = _text(_("What helped?"), help_text=_("One line is enough; others learn from it."))
    what_otherwise = _text(_("What would we do otherwise?"))
    lessons_about = CheckboxesField(label=_("Which kind of help is this about?"), required=False)

    def __init__(self, *args: Any, pathway: Pathway, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ended_how"].choices = endings_of(pathway, self.today)  # type: ignore[attr-defined]
        kinds = codes(pathway.programme, CodeList.HELP, on=self.today)
        self.fields["lessons_about"].choices = [(each.code, str(each)) for each in kinds]  # type: ignore[attr-defined]
