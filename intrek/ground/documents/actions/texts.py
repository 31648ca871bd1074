"""A text gets a new version, is written on, and is approved by somebody else."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import override

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.documents import placeholders, rules
from intrek.ground.documents.actions.pressing import pressed
from intrek.ground.documents.content import content_of, missing_reasons
from intrek.ground.documents.models import Article, Text
from intrek.ground.documents.queries import example_facts, imprint_of, texts_of, version_of, version_on
from intrek.ground.documents.shipped import BINDING
from intrek.ground.journal.actions import Actor, record
from intrek.ground.programmes.models import Programme


@transaction.atomic
def start_version(programme: Programme, code: str, *, language: str = BINDING, on: date, by: Actor | None) -> Text:
    """A new version to write on: as the one that holds reads, else as the model that ships."""
    drafts = texts_of(programme, code, language).filter(approved_on=None)
    refuse_if(Refusal(rules.Reason.HAS_DRAFT, {"number": each.number}) for each in drafts)
    _text, version = version_on(programme, code, language, on)
    refuse_if([] if version else [Refusal(rules.Reason.NO_TEXT)])
    assert version is not None
    last = texts_of(programme, code, language).aggregate(last=Max("number"))["last"] or 0
    told = {"title": version.title, "signers": list(version.signers), "editors": _editors([], by)}
    text = Text.objects.create(programme=programme, code=code, language=language, number=last + 1, **told)
    Article.objects.bulk_create(
        Article(programme=programme, text=text, position=at, heading=each.heading, body=each.body, only_if=each.only_if)
        for at, each in enumerate(version.articles, start=1)
    )
    record(text, "documents.version_started", on=on, by=by, title=text.title, number=text.number)
    return text


def _editors(known: Iterable[str], by: Actor | None) -> list[str]:
    return sorted({*known, *([str(by.pk)] if by else [])})


def _written_on(text: Text, by: Actor | None) -> None:
    text.editors = _editors(text.editors, by)
    text.save(update_fields=["editors"])


@transaction.atomic
def write_article(
    text: Text,
    article: Article | None,
    *,
    heading: str = "",
    body: str,
    only_if: Iterable[str] = (),
    expected_version: int | None = None,
    by: Actor | None,
) -> Article:
    """An article of a draft says this now; no article: one more, at the end. Refused with every wrong placeholder and its line."""
    conditions = sorted(only_if)
    reasons = [] if text.is_draft else [Refusal(rules.Reason.APPROVED)]
    refuse_if([*reasons, *placeholders.body_reasons(body), *placeholders.condition_reasons(conditions)])
    told = {"heading": heading.strip(), "body": body.strip(), "only_if": conditions}
    _written_on(text, by)
    if article:
        save_version(article, fields=told, expected_version=expected_version, by=by)
        return article
    last = text.articles.aggregate(last=Max("position"))["last"] or 0
    return Article.objects.create(programme_id=text.programme_id, text=text, position=last + 1, **told)


@transaction.atomic
def take_out_article(article: Article, *, by: Actor | None) -> Text:
    """A draft goes on without this article; the version before keeps it."""
    text = article.text
    refuse_if([] if text.is_draft else [Refusal(rules.Reason.APPROVED)])
    article.delete()
    _written_on(text, by)
    return text


@transaction.atomic
def move_article_up(article: Article, *, by: Actor | None) -> Article:
    """The article changes places with the one before it."""
    refuse_if([] if article.text.is_draft else [Refusal(rules.Reason.APPROVED)])
    before = article.text.articles.filter(position__lt=article.position).order_by("-position").first()
    if before:
        article.position, before.position = before.position, article.position
        Article.objects.bulk_update([article, before], ["position"])
        _written_on(article.text, by)
    return article


@transaction.atomic
def approve_text(text: Text, *, from_on: date, on: date, by: Actor) -> Text:
    """Somebody who did not write on it approves the text: it holds from that day on, for papers made from then."""
    refuse_if(
        rules.approve_reasons(
            is_draft=text.is_draft,
            articles=text.articles.count(),
            editors=text.editors,
            by=str(by.pk),
            from_on=from_on,
            today=on,
        )
    )
    told = {"approved_on": on, "approved_by": by.label[:120], "from_on": from_on}
    Text.objects.filter(pk=text.pk, approved_on=None).update(**told, version=F("version") + 1)
    text.refresh_from_db()
    record(text, "documents.text_approved", on=on, by=by, title=text.title, number=text.number, from_on=from_on)
    return text


def example_of(text: Text, *, on: date) -> bytes:
    """The version as it will be printed, for a made-up case in which every article is used."""
    with override(text.language):
        imprint = imprint_of(text.programme, f"{on.year}-00000", on, text.language)
        version, facts = version_of(text), example_facts(on)
        refuse_if(missing_reasons(version, facts))
        return pressed(content_of(version, facts, imprint))
