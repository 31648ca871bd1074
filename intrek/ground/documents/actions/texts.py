"""A text gets a new version, is written on, and is approved by somebody else."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import override

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.documents import placeholders, rules
from intrek.ground.documents.actions.pressing import pressed
from intrek.ground.documents.content import content_of, missing_reasons
from intrek.ground.documents.facts import facts_of
from intrek.ground.documents.models import Article, Paper, Text
from intrek.ground.documents.photos import with_photos
from intrek.ground.documents.queries import (
    all_texts,
    copied_from,
    example_facts,
    imprint_of,
    original_of,
    texts_of,
    to_copy,
    version_of,
    version_on,
)
from intrek.ground.documents.shipped import BINDING
from intrek.ground.journal.actions import Actor, record
from intrek.ground.programmes.models import Programme


@transaction.atomic
def start_version(programme: Programme, code: str, *, language: str = BINDING, on: date, by: Actor | None) -> Text:
    """A new version to write on: as the one that holds reads, else as the model that ships.

    A copy begins as the last one in its language, or as the text that binds when there is none.
    """
    own = texts_of(programme, code, language)
    refuse_if(Refusal(rules.Reason.HAS_DRAFT, {"number": each.number}) for each in own.filter(approved_on=None))
    source = (
        version_on(programme, code, language, on)[1] if language == BINDING else copied_from(programme, code, language)
    )
    refuse_if([] if source else [Refusal(rules.Reason.NO_TEXT)])
    assert source is not None
    last = own.aggregate(last=Max("number"))["last"] or 0
    told = {"title": source.title, "signers": list(source.signers), "editors": _editors([], by)}
    text = Text.objects.create(programme=programme, code=code, language=language, number=last + 1, **told)
    Article.objects.bulk_create(
        Article(programme=programme, text=text, position=at, heading=each.heading, body=each.body, only_if=each.only_if)
        for at, each in enumerate(source.articles, start=1)
    )
    record(text, "documents.version_started", on=on, by=by, title=text.title, number=text.number)
    return text


@transaction.atomic
def name_text(text: Text, *, title: str, expected_version: int | None = None, by: Actor | None) -> Text:
    """A draft is called this: the title of the papers that are made from it."""
    refuse_if([] if text.is_draft else [Refusal(rules.Reason.APPROVED)])
    told = {"title": title.strip(), "editors": _editors(text.editors, by)}
    save_version(text, fields=told, expected_version=expected_version, by=by)
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
    """Somebody who did not write on it approves the text: it holds from that day on, for papers made from then.

    A copy says what the newest approved version that binds says, and holds as long as that one does.
    """
    original = original_of(text) if text.is_copy else None
    refuse_if(
        rules.approve_reasons(
            is_draft=text.is_draft,
            articles=text.articles.count(),
            editors=text.editors,
            by=str(by.pk),
            from_on=from_on,
            today=on,
        )
        + (rules.copy_reasons(version_of(text).names, original.names) if original else [])
    )
    told: dict[str, Any] = {"approved_on": on, "approved_by": by.label[:120], "from_on": from_on}
    told["copy_of"] = to_copy(all_texts(text.programme, text.code)) if text.is_copy else None
    Text.objects.filter(pk=text.pk, approved_on=None).update(**told, version=F("version") + 1)
    text.refresh_from_db()
    record(text, "documents.text_approved", on=on, by=by, title=text.title, number=text.number, from_on=from_on)
    return text


def example_of(text: Text, case: Paper | None = None, *, on: date) -> bytes:
    """The version as it will be printed: with the facts of the paper that ``case`` is, or for a made-up case in which every article is used."""
    with override(text.language):
        facts = facts_of(case.stay_id, on, text.language) if case else example_facts(on)
        refuse_if([] if facts else [Refusal(rules.Reason.NO_FACTS)])
        assert facts is not None
        version, reference = version_of(text), case.pathway.number if case else f"{on.year}-00000"
        refuse_if(missing_reasons(version, facts))
        return pressed(
            with_photos(content_of(version, facts, imprint_of(text.programme, reference, on, text.language)))
        )
