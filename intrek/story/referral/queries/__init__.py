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
from intrek.story.referral.queries.talk import asked_of_referrer, open_questions, talk_about

__all__ = [
    "Section",
    "asked_of_referrer",
    "look_alikes",
    "now_of",
    "open_categories",
    "open_pathway_of",
    "open_questions",
    "own_referrals_alike",
    "plain_residence",
    "referrals_read_by",
    "said_of",
    "sections_for",
    "sections_of",
    "talk_about",
    "told_of",
]
