"""Signing papers, one or several at once (P13)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import CheckboxesField, DayField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.documents.models import Paper


class SignTogetherForm(IntrekForm):
    """Papers that were signed on the same day."""

    signed_on = DayField(label=_("Signed on"), past=True)
    papers = CheckboxesField(label=_("Which papers were signed?"))

    def __init__(self, *args: Any, papers: Iterable[Paper], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["papers"].choices = [(str(each.pk), str(each)) for each in papers]  # type: ignore[attr-defined]


class SignForm(IntrekForm):
    """One paper is in."""

    signed_on = DayField(label=_("Signed on"), past=True)
    signed_by = forms.CharField(label=_("Signed by"), max_length=200, required=False)


class SetAsideForm(IntrekForm):
    """The stay does without this paper."""

    why = forms.CharField(label=_("Why is this paper not needed?"), max_length=200)
