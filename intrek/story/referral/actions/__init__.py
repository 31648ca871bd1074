"""A partner brings someone forward; what is said about it later; what is corrected at intake."""

from intrek.story.referral.actions.handing_in import (
    correct_referral,
    keep_apart,
    note_care,
    recognise_person,
    refer_person,
    submit_referral,
    withdraw_referral,
)
from intrek.story.referral.actions.talking import (
    add_later,
    answer,
    ask_programme,
    ask_referrer,
    mark_read,
    referral_with_referrer,
    tell_referrer,
)

__all__ = [
    "add_later",
    "answer",
    "ask_programme",
    "ask_referrer",
    "correct_referral",
    "keep_apart",
    "mark_read",
    "note_care",
    "recognise_person",
    "refer_person",
    "referral_with_referrer",
    "submit_referral",
    "tell_referrer",
    "withdraw_referral",
]
