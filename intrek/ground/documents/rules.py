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


class Unfit(TextChoices):
    """Why a file is not taken in."""

    TOO_LARGE = (
        "too_large",
        _("%(file)s is larger than %(most)d MB. Make a smaller photo, or a scan in black and white."),
    )
    TOO_MANY = "too_many", _("At most %(most)d files at once. Send the others in a second message.")
    EMPTY = "empty", _("%(file)s is empty. Choose the file again.")
    UNKNOWN = "unknown", _("%(file)s is no photo (JPEG, PNG or WebP) and no PDF, whatever its name says.")
    LETTER = "letter", _("%(file)s is a document or an archive. Save it as a PDF and add that.")
    BROKEN = "broken", _("%(file)s cannot be opened: it is damaged. Make the photo or the scan again.")
    LOCKED = "locked", _("%(file)s asks for a password. Save it without one.")
    TOO_MANY_PIXELS = "too_many_pixels", _("%(file)s has too many points for a photo. Make a smaller one.")
    TOO_MANY_PAGES = "too_many_pages", _("%(file)s has more than %(most)d pages. Add the pages that matter.")
    TOO_HEAVY = "too_heavy", _("%(file)s takes too much time or memory to open. Add a smaller photo of it.")
    VIRUS = "virus", _("%(file)s carries a virus. It was not kept; warn who gave it to you.")
    NOT_SCANNED = "not_scanned", _("%(file)s could not be searched for viruses now. Try again in a moment.")


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
