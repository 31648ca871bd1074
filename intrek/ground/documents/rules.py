"""When a paper may be made or called signed, and when a text may be approved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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
    ONE_PICTURE = "one_picture", _("Choose one picture: a JPEG, PNG or WebP.")
    NO_RULE = "no_rule", _("This track asks for no such paper.")
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
    COPY_DIFFERS = (
        "copy_differs",
        _("This copy prints other facts than the text that binds: %(facts)s. Set the articles side by side."),
    )
    HOLDS_EARLIER = "holds_earlier", _("A text cannot hold from %(from_on)s: that day is past.")
    NOT_ASKED = "not_asked", _("This party is not asked to sign this paper.")
    SIGNED_ALREADY = "signed_already", _("%(name)s signed this already, on %(on)s.")
    NOT_SHOWN = (
        "not_shown",
        _("This is not the file that was shown any more. Open the paper again and read it before it is signed."),
    )
    MADE_ANEW = "made_anew", _("This paper was made anew since: number %(number)d is to be signed now.")
    OUTDATED = (
        "outdated",
        _(
            "Since this paper was made, “%(fact)s” changed from “%(was)s” to “%(now)s”. Make it anew before it is signed."
        ),
    )
    IN_ALREADY = "in_already", _("This paper is in already: it is written down as signed.")
    NO_NAME = "no_name", _("Type the name of who signs.")
    NO_INK = (
        "no_ink",
        _("Sign in the box with a finger, a pen or the mouse, or tick that the typed name stands for the signature."),
    )
    NOT_INK = "not_ink", _("What was drawn in the box cannot be read. Clear it and sign once more.")
    NO_WHY = "no_why", _("Say why it is not signed.")
    NOBODY_TO_ASK = (
        "nobody_to_ask",
        _("Nobody of %(name)s can sign in. Give somebody there a role, or have the paper signed by hand."),
    )
    NOT_SIGNED = "not_signed", _("Only a paper that is signed is set right.")
    NOTHING_CHANGED = "nothing_changed", _("Nothing that is printed in this paper has changed.")
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


def copy_reasons(copied: Collection[str], bound: Collection[str]) -> list[Refusal]:
    """Why a text is no copy of another: by the names of the facts that each of them prints, they do not print the same."""
    other = sorted(set(copied) ^ set(bound))
    facts = ", ".join("{" + name + "}" for name in other)
    return [Refusal(Reason.COPY_DIFFERS, {"facts": facts})] if other else []


@dataclass(frozen=True)
class Shown:
    """What is known of a file at the moment somebody signs it: what ``sign_here_reasons`` judges.

    ``signed_on`` is set when this party signed it before; ``digest`` is that of what lies in the store now.
    """

    is_asked: bool
    signed_by: str
    signed_on: date | None
    is_in: bool
    digest: str
    latest: int
    number: int
    changes: Sequence[Mapping[str, Any]] = ()


def sign_here_reasons(shown: Shown, *, digest: str, name: str, has_ink: bool, by_name: bool) -> list[Refusal]:
    """Why a party may not sign the file that it was shown, of which the page told ``digest``."""
    reasons = [] if shown.is_asked else [Refusal(Reason.NOT_ASKED)]
    if shown.signed_on:
        reasons.append(Refusal(Reason.SIGNED_ALREADY, {"name": shown.signed_by, "on": shown.signed_on}))
    elif shown.is_in:
        reasons.append(Refusal(Reason.IN_ALREADY))
    if shown.digest != digest:
        reasons.append(Refusal(Reason.NOT_SHOWN))
    if shown.latest != shown.number:
        reasons.append(Refusal(Reason.MADE_ANEW, {"number": shown.latest}))
    reasons += [Refusal(Reason.OUTDATED, each) for each in shown.changes]
    reasons += [] if name.strip() else [Refusal(Reason.NO_NAME, form_field="name")]
    reasons += [] if has_ink or by_name else [Refusal(Reason.NO_INK, form_field="ink")]
    return reasons
