"""Signing papers, one or several at once (P13); writing and approving their texts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import CheckboxesField, DayField, FilesField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.documents.actions import take_in
from intrek.ground.documents.models import Paper
from intrek.ground.documents.placeholders import CONDITIONS
from intrek.ground.documents.queries import languages_of
from intrek.ground.documents.shipped import BINDING


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
    scan = FilesField(
        take_in=take_in,
        label=_("Scan or photo of the signed paper"),
        help_text=_("A photo of each page or one PDF: at most six files. Keep the paper itself too."),
    )


class SignHereForm(IntrekForm):
    """One party signs the file that the page shows; ``digest`` names that file."""

    passing = frozenset({"ink", "digest", "by_name"})
    name = forms.CharField(label=_("Name of who signs"), max_length=120)
    ink = forms.CharField(required=False, max_length=100_000, widget=forms.HiddenInput(attrs={"data-passing": ""}))
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput(attrs={"data-passing": ""}))
    by_name = forms.BooleanField(
        label=_("The typed name stands for the signature; nothing is drawn."),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-passing": ""}),
    )


class RefuseForm(IntrekForm):
    """A party does not sign."""

    why = forms.CharField(label=_("Why is it not signed?"), max_length=200)


class MakeForm(IntrekForm):
    """In which language a paper is made; Dutch binds."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, paper: Paper, **options: Any) -> None:
        super().__init__(*args, **options)
        names = dict(settings.LANGUAGES)
        known = languages_of(paper.programme, paper.rule.code, self.today) if self.today else [BINDING]
        self.fields["language"].choices = [(each, names[each]) for each in known]  # type: ignore[attr-defined]


class SetAsideForm(IntrekForm):
    """The stay does without this paper."""

    why = forms.CharField(label=_("Why is this paper not needed?"), max_length=200)


class ArticleForm(IntrekForm):
    """One article of a text."""

    heading = forms.CharField(label=_("Heading"), max_length=120, required=False)
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("An empty line starts a new paragraph, a dash at the start of a line makes a list."),
    )
    only_if = CheckboxesField(label=_("Use this article only if"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["only_if"].choices = list(CONDITIONS.items())  # type: ignore[attr-defined]


class TitleForm(IntrekForm):
    """What a text is called."""

    title = forms.CharField(label=_("Title"), max_length=120)


class ApproveForm(IntrekForm):
    """A text holds from a day on."""

    from_on = DayField(label=_("The text holds from"))


class LogoForm(IntrekForm):
    """The mark of the programme."""

    picture = FilesField(
        take_in=take_in,
        label=_("Picture"),
        required=True,
        help_text=_("A JPEG, PNG or WebP; what is see-through becomes white. It is printed nine millimetres high."),
    )
