"""When a paper may be made or called signed, and when a text may be approved."""

from collections.abc import Collection
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal


class Reason(TextChoices):
    """Why a paper or a text is refused, or missing."""

    SIGNED_LATER = "signed_later", _("A paper cannot be signed on %(on)s: that day is still to come.")
    NO_REASON = "no_reason", _("Say why this paper is not needed.")
    MISSING = "missing", _("%(paper)s is not signed.")
    FACT_MISSING = "fact_missing", _("Not known yet, and printed on this paper: %(fact)s.")
    NO_FACTS = "no_facts", _("The stay or term of this paper is not there any more.")
    NO_TEXT = "no_text", _("There is no text for this paper. Write one, and have it approved.")
    NO_LETTERS = (
        "no_letters",
        _("The press has no letters for “%(letters)s”. Write the name as it stands on the identity card."),
    )
    SIGNED_BEFORE_MADE = (
        "signed_before_made",
        _("This paper was made on %(made)s: it cannot have been signed on %(on)s."),
    )
    MADE_MEANWHILE = "made_meanwhile", _("Somebody else made this paper at the same moment. Look at that one first.")
    APPROVED = "approved", _("This version is approved. Start a new one to change it.")
    SAME_PERSON = "same_person", _("You wrote on this text. Somebody else approves it.")
    NO_ARTICLES = "no_articles", _("A text has at least one article.")
    HOLDS_EARLIER = "holds_earlier", _("A text cannot hold from %(from_on)s: that day is past.")
    HAS_DRAFT = "has_draft", _("Version %(number)d is being written. Go on with that one.")


def sign_reasons(signed_on: date, today: date, made_on: date | None = None) -> list[Refusal]:
    """Why a paper cannot have been signed on that day; ``made_on``: it was made here, on this day and not before."""
    reasons = [Refusal(Reason.SIGNED_LATER, {"on": signed_on}, form_field="signed_on")] if signed_on > today else []
    if made_on and signed_on < made_on:
        facts = {"made": made_on, "on": signed_on}
        reasons.append(Refusal(Reason.SIGNED_BEFORE_MADE, facts, form_field="signed_on"))
    return reasons


def approve_reasons(
    *, is_draft: bool, articles: int, editors: Collection[str], by: str, from_on: date, today: date
) -> list[Refusal]:
    """Why a text may not be approved: it is approved by somebody who did not write on it, from today or later."""
    reasons = [] if is_draft else [Refusal(Reason.APPROVED)]
    if not articles:
        reasons.append(Refusal(Reason.NO_ARTICLES))
    if by in editors:
        reasons.append(Refusal(Reason.SAME_PERSON))
    if from_on < today:
        reasons.append(Refusal(Reason.HOLDS_EARLIER, {"from_on": from_on}, form_field="from_on"))
    return reasons
