"""What the report of an evaluation prints (P14, P15)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intrek.ground.common.refusals import WayOut
from intrek.ground.documents.queries import Facts, Table, facts_about
from intrek.story.evaluation.models import Evaluation
from intrek.story.evaluation.queries import domains_of, told

NOTHING = "–"


def facts_of(about_id: UUID, on: date) -> Facts | None:
    """What was said at an evaluation; none when the id is of no evaluation."""
    evaluation = _evaluation(about_id)
    if evaluation is None:
        return None
    values: dict[str, Any] = {
        "evaluation.number": evaluation.sequence,
        "evaluation.day": evaluation.held_on,
        "evaluation.well": evaluation.going_well or NOTHING,
        "evaluation.hard": evaluation.hard or NOTHING,
        "evaluation.agreed": evaluation.agreed or NOTHING,
        "evaluation.words": evaluation.resident_words or NOTHING,
        "evaluation.scores": _scores(evaluation),
        "evaluation.verdict": evaluation.verdict if evaluation.is_final else None,
        "evaluation.next": evaluation.get_next_step_display() or None,
        "support.first_day": evaluation.term.starts_on,
        "support.last_day": evaluation.term.agreed_last_day,
    }
    page = WayOut(reverse("evaluation:change", args=[evaluation.pk]), gettext_lazy("Fill in the evaluation"))
    return facts_about(evaluation.pathway, on, values=values, pages={"evaluation": page})


def _evaluation(about_id: UUID) -> Evaluation | None:
    rows = Evaluation.objects.filter(pk=about_id).prefetch_related("scores")
    found: Evaluation | None = rows.select_related(
        "term", "pathway__person", "pathway__track", "pathway__worker", "pathway__programme"
    ).first()
    return found


def _scores(evaluation: Evaluation) -> Table:
    lines = told(evaluation, domains_of(evaluation.pathway.programme)).scores
    rows = [[name, _number(by_resident), _number(by_worker)] for name, by_resident, by_worker in lines]
    return Table([_("Life domain"), _("The resident"), _("The support worker")], rows)


def _number(score: int | None) -> str:
    return _("not known") if score is None else _("%(score)d of 4") % {"score": score}
