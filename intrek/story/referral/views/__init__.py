"""Typing a referral, and the page of one that was handed in."""

from intrek.story.referral.views.page import care, correct, of_pathway, said, same_person, withdraw
from intrek.story.referral.views.talk import add, answer, ask, file, pause, small
from intrek.story.referral.views.typing import check, new, step, throw_away

__all__ = [
    "add",
    "answer",
    "ask",
    "care",
    "check",
    "correct",
    "file",
    "new",
    "of_pathway",
    "pause",
    "said",
    "same_person",
    "small",
    "step",
    "throw_away",
    "withdraw",
]
