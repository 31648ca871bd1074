"""The period of the figures, and what the steering group decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import DayField, RowField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.common.refusals import Refusal, Refused
from intrek.ground.journal.models import Entry
from intrek.ground.journal.queries import sentence
from intrek.ground.partners.models import Contact
from intrek.story.intervision.models import Meeting
from intrek.story.intervision.queries import rule_changes
from intrek.windows.steering.rules import Span


class PeriodForm(IntrekForm):
    """From and until which day; the address keeps them, so that a page can be sent to somebody."""

    from_on = DayField(label=_("From"), required=False, help_text="")
    until_on = DayField(label=_("Until and including"), required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        first, last = answers.get("from_on"), answers.get("until_on")
        if first and last and last < first:
            self.add_error(None, Refused([Refusal(_("The last day lies before the first."), form_field="until_on")]))
        return answers

    @property
    def span(self) -> Span:
        """The period that was asked; everything while the days cannot be read."""
        if not self.is_bound or not self.is_valid():
            return Span(today=self.today)
        return Span(self.cleaned_data["from_on"], self.cleaned_data["until_on"], self.today)


class KeepForm(PeriodForm):
    """The period of the figures that are kept with the minutes."""

    def answers(self) -> dict[str, Any]:
        """The period."""
        return {"span": Span(self.cleaned_data["from_on"], self.cleaned_data["until_on"], self.today)}


def _with_partner(contact: Contact) -> str:
    return f"{contact.name}, {contact.organisation}"


class ResolutionForm(IntrekForm):
    """What is decided and why, who follows it up, and the change of a rule that it caused."""

    text = forms.CharField(
        label=_("What is decided"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("About figures and rules. Name no client here."),
    )
    motive = forms.CharField(label=_("Why"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    owner = RowField(
        label=_("Who follows it up"),
        required=False,
        queryset=Contact.objects.none(),
        empty_label=_("nobody"),
        words=_with_partner,
    )
    change = RowField(
        label=_("The change of a rule that it caused"),
        required=False,
        queryset=Entry.objects.none(),
        empty_label=_("none yet"),
        words=sentence,
        help_text=_("Change the rule in the settings first; then choose it here."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        there: Any = self.fields
        partners = Contact.objects.filter(programme=meeting.programme, left_on=None)
        there["owner"].queryset = partners.select_related("organisation").order_by("name", "pk")
        there["change"].queryset = rule_changes(meeting)
