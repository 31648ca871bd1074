"""What was said about a referral after the hand-in, and which questions wait for an answer."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.documents.queries import uploads_of
from intrek.ground.pathways.models import Pathway
from intrek.story.referral.models import Remark, RemarkKind


def talk_about(pathway: Pathway) -> list[Remark]:
    """All that both sides said, the first word first; each with the files that were added to it (``files``)."""
    rows = Remark.objects.filter(programme_id=pathway.programme_id, pathway=pathway)
    said = list(rows.select_related("answers").order_by("said_on", "created_at", "pk"))
    added = uploads_of(pathway.programme_id, [each.pk for each in said])
    for each in said:
        each.files = added.get(each.pk, [])
    return said


def open_questions(programme_id: UUID, *, to_programme: bool) -> VisibleQuerySet:
    """Questions that wait for an answer of one side, the most urgent first."""
    asked = Remark.objects.filter(programme_id=programme_id, kind=RemarkKind.QUESTION, answered_on=None)
    return asked.filter(from_programme=not to_programme).order_by("answer_by", "created_at", "pk")


def asked_of_referrer(pathways: Iterable[Pathway]) -> dict[Any, list[Remark]]:
    """The questions that the referrers of these pathways have to answer, by pathway: one query for all."""
    found: dict[Any, list[Remark]] = {each.pk: [] for each in pathways}
    for programme_id in {each.programme_id for each in pathways}:
        for question in open_questions(programme_id, to_programme=False).filter(pathway__in=found):
            found[question.pathway_id].append(question)
    return found
