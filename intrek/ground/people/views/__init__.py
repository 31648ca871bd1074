"""The pages about the person of a pathway, and what is shared of it."""

from intrek.ground.people.views.person import (
    consent,
    edit,
    end_consent,
    near,
    of_pathway,
    registration,
    residences,
)
from intrek.ground.people.views.sharing import share, share_sheet, sharing, withdraw_share

__all__ = [
    "consent",
    "edit",
    "end_consent",
    "near",
    "of_pathway",
    "registration",
    "residences",
    "share",
    "share_sheet",
    "sharing",
    "withdraw_share",
]
