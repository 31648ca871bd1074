"""The texts of a programme: which one holds, which is being written, and how a version differs from the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from intrek.ground.documents.content import AnArticle, Version
from intrek.ground.documents.models import Article, Paper, Text
from intrek.ground.documents.placeholders import PUBLISHED
from intrek.ground.documents.shipped import BINDING, ModelText, model_texts
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Stage
from intrek.ground.programmes.models import Programme

LANGUAGES = dict(settings.LANGUAGES)


def texts_of(programme: Programme, code: str, language: str = BINDING) -> QuerySet[Text]:
    """The versions of one text, the newest first."""
    rows: QuerySet[Text] = Text.objects.filter(programme=programme, code=code, language=language)
    return rows.order_by("-number", "pk")


def held_of(texts: Sequence[Text], language: str, on: date) -> Text | None:
    """Of the versions of one kind, the newest first, the one in a language that holds on a day: the newest of those whose day has come.

    A copy in another language says what one binding version says; with that version it goes.
    """
    binding = held_of(texts, BINDING, on) if language != BINDING else None
    approved = (each for each in texts if each.language == language and each.approved_on)
    come = (each for each in approved if each.from_on and each.from_on <= on)
    return next((each for each in come if each.copy_of_id == (binding.pk if binding else None)), None)


def all_texts(programme: Programme, code: str) -> list[Text]:
    """The versions of one kind in every language, the newest first."""
    return list(Text.objects.filter(programme=programme, code=code).order_by("-number", "pk"))


def to_copy(texts: Iterable[Text]) -> Text | None:
    """The binding version that a copy is written beside: the newest that is approved, also when its day is still to come."""
    return next((each for each in texts if not each.is_copy and each.approved_on), None)


def version_of(text: Text) -> Version:
    """A version, to make a paper from."""
    return Version(text.title, text.signers, list(text.articles.all()), text.number)


def model_version(model: ModelText) -> Version:
    """The model that ships, to make a paper from."""
    return Version(model.title, model.signers, model.articles)


def version_on(programme: Programme, code: str, language: str, on: date) -> tuple[Text | None, Version | None]:
    """The text a paper is made from on a day: the approved version that holds, else the model that ships, else none."""
    texts = all_texts(programme, code)
    text, model = held_of(texts, language, on), _shipped(texts, code, language, on)
    return text, _version(text, model)


def _version(text: Text | None, model: ModelText | None) -> Version | None:
    return version_of(text) if text else model_version(model) if model else None


def _shipped(texts: Sequence[Text], code: str, language: str, on: date) -> ModelText | None:
    # The copies that ship say what the model says: once the programme has a text of its own they would say something else.
    is_own = language != BINDING and held_of(texts, BINDING, on) is not None
    return None if is_own else model_texts().get((code, language))


def languages_of(programme: Programme, code: str, on: date) -> list[str]:
    """The languages that a paper of this kind can be had in, the binding one first."""
    return [BINDING, *_copies(all_texts(programme, code), code, on)]


def _copies(texts: Sequence[Text], code: str, on: date) -> list[str]:
    others = sorted(each for each in LANGUAGES if each != BINDING)
    return [each for each in others if held_of(texts, each, on) or _shipped(texts, code, each, on)]


@dataclass(frozen=True)
class Kind:
    """One kind of paper as the list of texts shows it; ``copies`` are the names of the languages that it can be read in as well."""

    code: str
    title: str
    held: Text | None
    draft: Text | None
    copies: list[str]


def kinds_of(programme: Programme, on: date) -> list[Kind]:
    """Every kind of paper: those that ship and those of the programme's own."""
    found: dict[str, list[Text]] = {}
    for each in Text.objects.filter(programme=programme).order_by("-number", "pk"):
        found.setdefault(each.code, []).append(each)
    models = [code for code, language in model_texts() if language == BINDING]
    return [_kind(code, found.get(code, []), on) for code in dict.fromkeys([*models, *found])]


def _kind(code: str, texts: list[Text], on: date) -> Kind:
    own = [each for each in texts if not each.is_copy]
    held, model = held_of(own, BINDING, on), model_texts().get((code, BINDING))
    draft = next((each for each in own if each.is_draft), None)
    title = held.title if held else model.title if model else texts[0].title
    copies = [LANGUAGES[each] for each in _copies(texts, code, on)]
    return Kind(code, title, held, draft, copies)


@dataclass(frozen=True)
class Copy:
    """What a kind of paper has to be read in another language: a text of one's own, the copy that ships, or one that lapsed.

    ``last`` was approved last; ``from_on``: it holds from a day that is still to come.
    """

    language: str
    name: str
    held: Text | None
    is_shipped: bool
    draft: Text | None
    last: Text | None
    from_on: date | None


@dataclass(frozen=True)
class KindPage:
    """One kind of paper: what it says today, its versions, and the copies of it."""

    held: Text | None
    version: Version | None
    texts: list[Text]
    copies: list[Copy]


def kind_page(programme: Programme, code: str, on: date) -> KindPage:
    """One kind of paper on a day."""
    texts = all_texts(programme, code)
    held, version = version_on(programme, code, BINDING, on)
    copies = [_copy(texts, code, each, on) for each in sorted(LANGUAGES) if each != BINDING]
    return KindPage(held, version, [each for each in texts if not each.is_copy], copies)


def _copy(texts: Sequence[Text], code: str, language: str, on: date) -> Copy:
    own = [each for each in texts if each.language == language]
    held, draft = held_of(texts, language, on), next((each for each in own if each.is_draft), None)
    last = next((each for each in own if not each.is_draft), None)
    is_shipped = held is None and _shipped(texts, code, language, on) is not None
    return Copy(language, LANGUAGES[language], held, is_shipped, draft, last, _comes_on(texts, last, on))


def _comes_on(texts: Sequence[Text], copy: Text | None, on: date) -> date | None:
    """The day on which an approved copy begins to hold: its own, and that of the version whose words it says."""
    bound = to_copy(texts)
    if copy is None or copy.copy_of_id != (bound.pk if bound else None):
        return None
    from_on = max(each.from_on for each in (copy, bound) if each and each.from_on)
    return from_on if from_on > on else None


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
    """One version as its page shows it; ``is_first``: there is neither a version before it nor a model, so nothing to differ from."""

    articles: list[Article]
    before: Text | None
    is_first: bool
    differing: list[Differing]
    wrote_on_it: bool
    original: Version | None = None


def text_page(text: Text, member_id: Any) -> TextPage:
    """A version with its articles and what differs from the one before it; whether this member wrote on it.

    A copy has the text beside it whose words it says: that of the binding version, or of the model that ships.
    """
    before = texts_of(text.programme, text.code, text.language).filter(number__lt=text.number).first()
    model = model_texts().get((text.code, text.language))
    differing = [each for each in differences(_version(before, model), version_of(text)) if not each.is_same]
    wrote_on_it, original = str(member_id) in text.editors, original_of(text) if text.is_copy else None
    is_first = before is None and model is None
    return TextPage(list(text.articles.all()), before, is_first, differing, wrote_on_it, original)


def copied_from(programme: Programme, code: str, language: str) -> Version | None:
    """What a new copy begins as: the last one in its language, the copy that ships, or the text that binds, to be put into other words."""
    texts, shipped = all_texts(programme, code), model_texts().get((code, language))
    last = next((each for each in texts if each.language == language and each.approved_on), None)
    return _version(last, shipped) or _version(to_copy(texts), model_texts().get((code, BINDING)))


def original_of(copy: Text) -> Version | None:
    """What a copy says in the language that binds; while it is written, the newest of which it can be a copy."""
    own = to_copy(all_texts(copy.programme, copy.code)) if copy.is_draft else copy.copy_of
    return _version(own, model_texts().get((copy.code, BINDING)))


def article_beside(article: Article) -> AnArticle | None:
    """The article that binds, of which this one in a copy says the words: the one in the same place."""
    original = original_of(article.text) if article.text.is_copy else None
    at = article.text.articles.filter(position__lt=article.position).count()
    return original.articles[at] if original and at < len(original.articles) else None


def cases_of(text: Text, member: Membership) -> QuerySet[Paper]:
    """The papers of this kind that lie ready, of open pathways that the member may see: a version can be shown as each of them."""
    papers = Paper.objects.visible_to(member).filter(rule__code=text.code).exclude(pathway__stage=Stage.CLOSED)
    by_name = ("pathway__person__family_name", "pathway__person__given_name", "pk")
    return papers.select_related("pathway__person", "rule").order_by(*by_name)


def published() -> list[tuple[str, str, str]]:
    """The placeholders of the published list: how it is written, what it prints, what kind it is."""
    return [("{" + name + "}", str(label), str(kind.label)) for name, (kind, label) in PUBLISHED.items()]
