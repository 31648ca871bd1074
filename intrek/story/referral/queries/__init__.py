"""Referrals as their pages and the conditions need them."""

from intrek.story.referral.queries.finding import (
    consents_of,
    look_alikes,
    open_categories,
    open_pathway_of,
    own_referrals_alike,
    plain_residence,
    referrals_read_by,
    registration_of,
    residences_of,
    said_of,
    told_of,
)
from intrek.story.referral.queries.sections import Section, sections_for, sections_of

__all__ = [
    "Section",
    "consents_of",
    "look_alikes",
    "open_categories",
    "open_pathway_of",
    "own_referrals_alike",
    "plain_residence",
    "referrals_read_by",
    "registration_of",
    "residences_of",
    "said_of",
    "sections_for",
    "sections_of",
    "told_of",
]
