"""When two people look like the same one, and what cannot be true of a person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.folding import folded_words
from intrek.ground.common.refusals import Refusal


class Reason(TextChoices):
    """Why a fact about a person is refused."""

    NO_NAME = "no_name", _("Fill in a given name or a family name.")
    BORN_LATER = "born_later", _("The date of birth, %(birth_on)s, lies in the future.")
    ENDS_BEFORE_START = "ends_before_start", _("This period ends before it starts.")
    WITHDRAWN_BEFORE_GIVEN = "withdrawn_before_given", _("The agreement was withdrawn before it was given.")
    WITHDRAWN_ALREADY = "withdrawn_already", _("This agreement was already withdrawn on %(on)s.")


class Likeness(TextChoices):
    """Why somebody may be the same person."""

    REGISTER_NUMBER = "register_number", _("same national register number")
    NAME_AND_BIRTH = "name_and_birth", _("same name and date of birth")
    NAME = "name", _("same name")
    ALIKE_AND_BIRTH = "alike_and_birth", _("similar name and same date of birth")
    BIRTH_AND_GIVEN = "birth_and_given", _("same given name and date of birth")


@dataclass(frozen=True)
class Known:
    """The facts by which two people are compared."""

    given_name: str
    family_name: str
    birth_on: date | None
    register_number: str = ""


def words_of(*names: str) -> frozenset[str]:
    """The folded words of a name, in no order: *Van den Berghe, Jan* and *Jan Vandenberghe* differ only by spaces, see ``run_of``."""
    return frozenset(word for name in names for word in folded_words(name))


def run_of(*names: str) -> str:
    """The letters of a name in order of its words, without spaces: *Van den Berghe* and *Vandenberghe* are the same run."""
    return "".join(sorted("".join(folded_words(name)) for name in names))


def likeness(one: Known, other: Known) -> list[Likeness]:
    """Every reason to think that the two are the same person; empty when there is none."""
    same_birth = one.birth_on is not None and one.birth_on == other.birth_on
    one_words, other_words = words_of(one.given_name, one.family_name), words_of(other.given_name, other.family_name)
    same_name = one_words == other_words or run_of(one.given_name, one.family_name) == run_of(
        other.given_name, other.family_name
    )
    found = []
    if one.register_number and one.register_number == other.register_number:
        found.append(Likeness.REGISTER_NUMBER)
    if same_name:
        found.append(Likeness.NAME_AND_BIRTH if same_birth else Likeness.NAME)
    elif same_birth and one_words & other_words:
        same_given = words_of(one.given_name) == words_of(other.given_name)
        found.append(Likeness.BIRTH_AND_GIVEN if same_given else Likeness.ALIKE_AND_BIRTH)
    # Two known and different birth dates or register numbers speak against a mere namesake.
    if found == [Likeness.NAME] and one.birth_on and other.birth_on:
        return []
    return found


def person_reasons(given_name: str, family_name: str, birth_on: date | None, on: date | None) -> list[Refusal]:
    """What cannot be true of a person on day ``on`` (null: no day to compare with)."""
    reasons = [] if given_name.strip() or family_name.strip() else [Refusal(Reason.NO_NAME, form_field="family_name")]
    if birth_on and on and birth_on > on:
        reasons.append(Refusal(Reason.BORN_LATER, {"birth_on": birth_on}, form_field="birth_on"))
    return reasons


def withdrawal_reasons(given_on: date | None, withdrawn_on: date | None, on: date) -> list[Refusal]:
    """Why an agreement may not be taken back on day ``on``."""
    reasons = [Refusal(Reason.WITHDRAWN_ALREADY, {"on": withdrawn_on})] if withdrawn_on else []
    if given_on and on < given_on:
        reasons.append(Refusal(Reason.WITHDRAWN_BEFORE_GIVEN, form_field="withdrawn_on"))
    return reasons


def forgotten_digest(name: str, birth_on: date | None) -> str:
    """By what an erased person is recognised, and can be recognised by nothing else: keyed with the installation's secret."""
    told = f"{' '.join(sorted(folded_words(name)))}|{birth_on.isoformat() if birth_on else ''}"
    return salted_hmac("intrek.people.forgotten", told, algorithm="sha256").hexdigest()
