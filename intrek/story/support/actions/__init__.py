"""What is done in support: terms, the clock, homes, visits, goals, threats."""

from intrek.story.support.actions.clock import refresh_clock
from intrek.story.support.actions.goals import add_goal_step, change_goal, drop_goal, mark_step, reach_goal, set_goal
from intrek.story.support.actions.home import move_home, open_home
from intrek.story.support.actions.signals import (
    answer_signal,
    close_signal,
    do_agreed,
    know_tenant,
    mark_signal_read,
    raise_signal,
)
from intrek.story.support.actions.starting import start_stay, start_support
from intrek.story.support.actions.terms import (
    change_worker,
    end_stay,
    end_support,
    end_suspension,
    extend_term,
    suspend,
)
from intrek.story.support.actions.threats import (
    add_eviction_step,
    add_threat,
    ask_for_talk,
    close_eviction_step,
    handle_talks,
    reopen_talks,
    resolve_threat,
)
from intrek.story.support.actions.visits import move_visit, note_visit, plan_visit, record_visit

__all__ = [
    "add_eviction_step",
    "add_goal_step",
    "add_threat",
    "answer_signal",
    "ask_for_talk",
    "change_goal",
    "change_worker",
    "close_eviction_step",
    "close_signal",
    "do_agreed",
    "drop_goal",
    "end_stay",
    "end_support",
    "end_suspension",
    "extend_term",
    "handle_talks",
    "know_tenant",
    "mark_signal_read",
    "mark_step",
    "move_home",
    "move_visit",
    "note_visit",
    "open_home",
    "plan_visit",
    "raise_signal",
    "reach_goal",
    "record_visit",
    "refresh_clock",
    "reopen_talks",
    "resolve_threat",
    "set_goal",
    "start_stay",
    "start_support",
    "suspend",
]
