"""The questions that staff lists ask, and the two small forms of the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.models import Tie
from intrek.ground.common.fields import DayField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.partners.models import Contact, Membership, Organisation
from intrek.ground.partners.queries import workers_of
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.programmes.models import TrackKind
from intrek.windows.desk.queries.unknown import UNKNOWN, unknown_name


class ListFilter(forms.Form):
    """Narrowing a list of pathways; the answers stand in the address."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=80)
    track = forms.ChoiceField(label=_("Track"), required=False, choices=[("", _("both")), *TrackKind.choices])
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[("", _("all")), *Stage.choices])
    organisation = forms.ModelChoiceField(
        label=_("Referred by"), required=False, queryset=Organisation.objects.none(), empty_label=_("all")
    )
    worker = forms.ModelChoiceField(
        label=_("Support worker"), required=False, queryset=Contact.objects.none(), empty_label=_("all")
    )

    def __init__(self, *args: Any, member: Membership, leave_out: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if member.on is None:
            raise ValueError("A member looks on a day: use standing_on().")
        organisations: Any = self.fields["organisation"]
        organisations.queryset = Organisation.objects.filter(programme_id=member.programme_id)
        workers: Any = self.fields["worker"]
        workers.queryset = workers_of(member.programme, member.on)
        for name in leave_out:
            del self.fields[name]


class LooksFilter(IntrekForm):
    """Narrowing the record of who looked."""

    number = forms.CharField(label=_("Number of the pathway"), required=False, max_length=20)
    by = forms.CharField(label=_("Who"), required=False, max_length=80)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until and including"), required=False)
    refused = forms.BooleanField(label=_("only what was refused"), required=False)


class AnswerForm(IntrekForm):
    """What the referrer hears (P24), and the next day by which they will hear more."""

    text = forms.CharField(
        label=_("What the referrer reads"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000
    )
    next_day = DayField(
        label=_("They hear again by"), required=False, help_text=_("Leave empty when nothing more is promised.")
    )
    reason = forms.CharField(
        label=_("Why later"), required=False, max_length=200, help_text=_("Needed when you promise a later day.")
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("next_day") and not answers.get("reason"):
            self.add_error("reason", _("Say why it takes longer: the referrer reads it too."))
        return answers


class CompleteForm(IntrekForm):
    """The days of a pathway that were not known; each may stay unknown."""

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in pathway.to_complete:
            if name in UNKNOWN:
                label = unknown_name(name)
                self.fields[name] = DayField(label=label[:1].upper() + label[1:], required=False)


class JudgeForm(IntrekForm):
    """What was found of looks that were gone over."""

    is_in_order = forms.TypedChoiceField(
        label=_("Was it in order?"),
        choices=[("1", _("yes, it was needed for the work")), ("0", _("no"))],
        coerce="1".__eq__,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What was found, and what happens now"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
        help_text=_("Needed when it was not in order."),
    )


class TieForm(IntrekForm):
    """How somebody knows a person outside of work."""

    kind = forms.ChoiceField(
        label=_("How you know this person"),
        choices=[("", _("not outside of work")), *Tie.choices],
        widget=forms.RadioSelect,
        required=False,
    )
