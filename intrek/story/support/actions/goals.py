"""What the resident wants to reach, per life domain, step by step."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeList
from intrek.story.support import rules
from intrek.story.support.models import Goal, GoalStep
from intrek.story.support.queries import is_code


def _reasons(pathway: Pathway, domain: str, text: str) -> list[Refusal]:
    known = is_code(pathway, CodeList.LIFE_DOMAIN, domain)
    reasons = [] if known else [Refusal(rules.Reason.UNKNOWN_DOMAIN, form_field="domain")]
    return reasons if text.strip() else [*reasons, Refusal(rules.Reason.NO_TEXT, form_field="text")]


@transaction.atomic
def set_goal(
    pathway: Pathway,
    *,
    domain: str,
    text: str,
    note: str = "",
    set_on: date,
    steps: Iterable[Mapping[str, Any]] = (),
    by: Membership | None,
) -> Goal:
    """A goal in a life domain; ``steps`` each have ``text`` and perhaps ``due_on``."""
    refuse_if(_reasons(pathway, domain, text))
    goal = Goal.objects.create(
        programme_id=pathway.programme_id, pathway=pathway, domain=domain, text=text.strip(), note=note, set_on=set_on
    )
    for step in steps:
        add_goal_step(goal, text=step["text"], due_on=step.get("due_on"), by=by)
    record(goal, "support.goal_set", on=set_on, by=by, goal=goal.text)
    return goal


@transaction.atomic
def change_goal(
    goal: Goal, *, domain: str, text: str, note: str = "", expected_version: int | None = None, by: Membership | None
) -> Goal:
    """The goal is put in other words."""
    refuse_if(_reasons(goal.pathway, domain, text))
    fields = {"domain": domain, "text": text.strip(), "note": note}
    save_version(goal, fields=fields, expected_version=expected_version, by=by)
    record(goal, "support.goal_changed", on=by.on if by else None, by=by, goal=goal.text)
    return goal


@transaction.atomic
def add_goal_step(goal: Goal, *, text: str, due_on: date | None = None, by: Membership | None) -> GoalStep:
    """One more step toward a goal."""
    refuse_if([] if text.strip() else [Refusal(rules.Reason.NO_TEXT, form_field="text")])
    last = goal.steps.aggregate(last=Max("position"))["last"] or 0
    return GoalStep.objects.create(
        programme_id=goal.programme_id, goal=goal, text=text.strip(), due_on=due_on, position=last + 1
    )


@transaction.atomic
def mark_step(step: GoalStep, *, done_on: date | None, by: Membership | None) -> GoalStep:
    """A step is done since a day; no day: not done after all."""
    step.done_on = done_on
    step.save(update_fields=["done_on"])
    verb = "support.step_done" if done_on else "support.step_undone"
    record(step.goal, verb, on=done_on or (by.on if by else None), by=by, step=step.text)
    return step


def _close_reasons(goal: Goal, on: date) -> list[Refusal]:
    return rules.close_goal_reasons(on=on, set_on=goal.set_on, closed_on=goal.reached_on or goal.dropped_on)


@transaction.atomic
def reach_goal(goal: Goal, *, on: date, by: Membership | None) -> Goal:
    """The goal is reached."""
    refuse_if(_close_reasons(goal, on))
    goal.reached_on = on
    goal.save(update_fields=["reached_on"])
    record(goal, "support.goal_reached", on=on, by=by, goal=goal.text)
    return goal


@transaction.atomic
def drop_goal(goal: Goal, *, on: date, by: Membership | None) -> Goal:
    """The goal is let go."""
    refuse_if(_close_reasons(goal, on))
    goal.dropped_on = on
    goal.save(update_fields=["dropped_on"])
    record(goal, "support.goal_dropped", on=on, by=by, goal=goal.text)
    return goal
