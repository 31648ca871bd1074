"""The period of the figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import DayField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.common.refusals import Refusal, Refused
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
