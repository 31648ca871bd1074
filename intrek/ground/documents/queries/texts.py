"""The texts of a programme: which one holds, which is being written, and how a version differs from the one before."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.db.models import QuerySet

from intrek.ground.documents.content import AnArticle, Version
from intrek.ground.documents.models import Article, Text
from intrek.ground.documents.placeholders import PUBLISHED
from intrek.ground.documents.shipped import BINDING, ModelText, model_texts
from intrek.ground.programmes.models import Programme


def texts_of(programme: Programme, code: str, language: str = BINDING) -> QuerySet[Text]:
    """The versions of one text, the newest first."""
    rows: QuerySet[Text] = Text.objects.filter(programme=programme, code=code, language=language)
    return rows.order_by("-number", "pk")


def in_force(programme: Programme, code: str, language: str, on: date) -> Text | None:
    """The approved version that holds on a day: the newest of those whose day has come."""
    return texts_of(programme, code, language).filter(approved_on__isnull=False, from_on__lte=on).first()


def version_of(text: Text) -> Version:
    """A version, to make a paper from."""
    return Version(text.title, text.signers, list(text.articles.all()), text.number)


def model_version(model: ModelText) -> Version:
    """The model that ships, to make a paper from."""
    return Version(model.title, model.signers, model.articles)


def version_on(programme: Programme, code: str, language: str, on: date) -> tuple[Text | None, Version | None]:
    """The text a paper is made from on a day: the approved version that holds, else the model that ships, else none."""
    text = in_force(programme, code, language, on)
    if text:
        return text, version_of(text)
    model = model_texts().get((code, language))
    return None, model_version(model) if model else None


def languages_of(programme: Programme, code: str, on: date) -> list[str]:
    """The languages that a paper of this kind can be had in, the binding one first.

    The copies that ship say what the model says: once the programme has a text of its own they would say something else.
    """
    is_own = in_force(programme, code, BINDING, on) is not None
    shipped = [] if is_own else [language for kind, language in model_texts() if kind == code]
    own = Text.objects.filter(programme=programme, code=code, approved_on__isnull=False, from_on__lte=on)
    known = {BINDING, *shipped, *own.values_list("language", flat=True)}
    return sorted(known, key=lambda each: (each != BINDING, each))


@dataclass(frozen=True)
class Kind:
    """One kind of paper as the list of texts shows it."""

    code: str
    title: str
    held: Text | None
    draft: Text | None
    has_model: bool


def kinds_of(programme: Programme, on: date) -> list[Kind]:
    """Every kind of paper: those that ship and those of the programme's own."""
    found: dict[str, list[Text]] = {}
    for each in Text.objects.filter(programme=programme, language=BINDING).order_by("-number", "pk"):
        found.setdefault(each.code, []).append(each)
    models = {code: model for (code, language), model in model_texts().items() if language == BINDING}
    return [_kind(code, found.get(code, []), models.get(code), on) for code in dict.fromkeys([*models, *found])]


def _kind(code: str, texts: list[Text], model: ModelText | None, on: date) -> Kind:
    held = [each for each in texts if each.from_on and each.from_on <= on]
    latest = next(iter(held), None)
    draft = next((each for each in texts if each.is_draft), None)
    title = latest.title if latest else model.title if model else texts[0].title
    return Kind(code, title, latest, draft, model is not None)


@dataclass(frozen=True)
class Piece:
    """A piece of an article: as it was, new, or gone."""

    kind: str
    words: str


@dataclass(frozen=True)
class Differing:
    """An article of one version beside its place in the other."""

    heading: str
    pieces: list[Piece]

    @property
    def is_same(self) -> bool:
        """Nothing changed."""
        return all(piece.kind == "same" for piece in self.pieces)


def differences(before: Version | None, after: Version) -> list[Differing]:
    """What a version says against another, article by article, word by word."""
    pairs = zip_longest(before.articles if before else [], after.articles)
    return [_differing(old, new) for old, new in pairs]


def _differing(old: AnArticle | None, new: AnArticle | None) -> Differing:
    was, now = _words(old), _words(new)
    pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(was[a:b])))
            continue
        if a < b:
            pieces.append(Piece("gone", "".join(was[a:b])))
        if c < d:
            pieces.append(Piece("new", "".join(now[c:d])))
    shown = new or old
    return Differing(shown.heading if shown else "", pieces)


def _words(article: AnArticle | None) -> list[str]:
    if article is None:
        return []
    whole = f"{article.heading}\n{article.body}"
    return [each for word in whole.split(" ") for each in (word, " ")][:-1]


@dataclass(frozen=True)
class TextPage:
    """One version as its page shows it."""

    articles: list[Article]
    before: Text | None
    differing: list[Differing]
    wrote_on_it: bool


def text_page(text: Text, member_id: Any) -> TextPage:
    """A version with its articles and what differs from the one before it; whether this member wrote on it."""
    before = texts_of(text.programme, text.code, text.language).filter(number__lt=text.number).first()
    model = model_texts().get((text.code, text.language))
    old = version_of(before) if before else model_version(model) if model else None
    differing = [each for each in differences(old, version_of(text)) if not each.is_same]
    return TextPage(list(text.articles.all()), before, differing, str(member_id) in text.editors)


def published() -> list[tuple[str, str, str]]:
    """The placeholders of the published list: how it is written, what it prints, what kind it is."""
    return [("{" + name + "}", str(label), str(kind.label)) for name, (kind, label) in PUBLISHED.items()]
