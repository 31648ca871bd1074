"""What is done in support: terms, the clock, homes, visits, goals, threats."""

from intrek.story.support.actions.clock import refresh_clock
from intrek.story.support.actions.home import move_home, open_home
from intrek.story.support.actions.starting import start_stay, start_support
from intrek.story.support.actions.terms import (
    change_worker,
    end_stay,
    end_support,
    end_suspension,
    extend_term,
    suspend,
)

__all__ = [
    "change_worker",
    "end_stay",
    "end_support",
    "end_suspension",
    "extend_term",
    "move_home",
    "open_home",
    "refresh_clock",
    "start_stay",
    "start_support",
    "suspend",
]
