"""Partners meet, discuss, decide, agree who does what (P17, P24)."""

from intrek.story.intervision.actions.agenda import fill_agenda, move_item, put_on_agenda, take_off, write_note
from intrek.story.intervision.actions.calling_off import call_off
from intrek.story.intervision.actions.decisions import conclude, decide, remember_decision
from intrek.story.intervision.actions.invitations import answer_invitation, invite
from intrek.story.intervision.actions.meetings import (
    change_meeting,
    close_meeting,
    note_attendance,
    plan_meeting,
    plan_series,
    reopen_meeting,
)
from intrek.story.intervision.actions.points import add_action_point, finish_action_point, reopen_action_point
from intrek.story.intervision.actions.steering import keep_figures, resolve

__all__ = [
    "add_action_point",
    "answer_invitation",
    "call_off",
    "change_meeting",
    "close_meeting",
    "conclude",
    "decide",
    "fill_agenda",
    "finish_action_point",
    "invite",
    "keep_figures",
    "move_item",
    "note_attendance",
    "plan_meeting",
    "plan_series",
    "put_on_agenda",
    "remember_decision",
    "reopen_action_point",
    "reopen_meeting",
    "resolve",
    "take_off",
    "write_note",
]
