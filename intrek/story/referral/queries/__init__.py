"""Referrals as their pages and the conditions need them."""

from intrek.story.referral.queries.finding import (
    look_alikes,
    open_categories,
    open_pathway_of,
    own_referrals_alike,
    plain_residence,
    referrals_read_by,
    said_of,
    told_of,
)
from intrek.story.referral.queries.sections import Section, now_of, sections_for, sections_of

__all__ = [
    "Section",
    "look_alikes",
    "now_of",
    "open_categories",
    "open_pathway_of",
    "own_referrals_alike",
    "plain_residence",
    "referrals_read_by",
    "said_of",
    "sections_for",
    "sections_of",
    "told_of",
]
