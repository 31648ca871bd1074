"""What is done with a stay: its days and keys, and what hangs on it."""

from intrek.story.placement.actions.around import (
    add_deviation,
    furnish,
    list_furnishing,
    list_usual_furnishing,
    note_contact,
    set_fee,
    set_no_domicile,
    write_learned,
)
from intrek.story.placement.actions.fees import ask_all, ask_payment, book_payment, correct_request, take_back_payment
from intrek.story.placement.actions.stay import (
    call_off,
    change_days,
    close_sight,
    end_placement,
    extend_stay,
    hand_over_keys,
    open_sight,
    prepare_placement,
    return_keys,
    who_prepares,
)

__all__ = [
    "add_deviation",
    "ask_all",
    "ask_payment",
    "book_payment",
    "call_off",
    "change_days",
    "close_sight",
    "correct_request",
    "end_placement",
    "extend_stay",
    "furnish",
    "hand_over_keys",
    "list_furnishing",
    "list_usual_furnishing",
    "note_contact",
    "open_sight",
    "prepare_placement",
    "return_keys",
    "set_fee",
    "set_no_domicile",
    "take_back_payment",
    "who_prepares",
    "write_learned",
]
