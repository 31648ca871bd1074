"""What a person should look at in a row that is made all the same."""

from collections.abc import Callable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from stdnum.be import nn

from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal
from intrek.ground.programmes.models import TrackKind
from intrek.windows.exchange.rules import cells
from intrek.windows.exchange.rules.answers import Answers, Known, register_number_of
from intrek.windows.exchange.rules.cells import State
from intrek.windows.exchange.rules.columns import Field

RUNNING_STATES = {State.RUNNING, State.COMPLETED, State.DROPPED_OUT}
DECIDED_STATES = {State.WAITING, State.DECLINED, *RUNNING_STATES}


class Doubt(TextChoices):
    """What a person should look at; the row is made all the same."""

    SAME_PERSON = "same_person", _("Somebody with this name and date of birth is already known: %(name)s.")
    SAME_PERSON_IN_LIST = (
        "same_person_in_list",
        _("Row %(line)d is about somebody with the same name and date of birth."),
    )
    NOT_YES_OR_NO = "not_yes_or_no", _("%(column)s: “%(text)s” is neither yes nor no, and counts as unknown.")
    UNKNOWN_REASON = "unknown_reason", _("The reason “%(text)s” is not in the list, and counts as another reason.")
    NO_REFERRAL_DAY = "no_referral_day", _("The day of referral is not known.")
    NO_START_DAY = "no_start_day", _("Support has started, but the day is not known.")
    NO_END_DAY = "no_end_day", _("Support has ended, but the day is not known.")
    NO_DECISION_DAY = "no_decision_day", _("It was decided, but the day is not known.")
    NO_DWELLING = "no_dwelling", _("A trial stay without its dwelling: the dwelling is still to be filled in.")
    UNKNOWN_LANDLORD = "unknown_landlord", _("The landlord “%(name)s” is not a partner of the programme.")
    NO_LEAD = "no_lead", _("The support worker %(name)s stays unknown: the programme has no lead yet.")
    IN_THE_FUTURE = "in_the_future", _("%(column)s lies in the future: %(on)s.")
    BEFORE_REFERRAL = "before_referral", _("%(column)s (%(on)s) lies before the referral.")
    OTHER_BIRTH = "other_birth", _("The national register number tells another date of birth.")
    OTHER_DECISION = "other_decision", _("The decision “%(decision)s” does not fit the state “%(state)s”.")


def doubts_of(answers: Answers, known: Known) -> list[Refusal]:
    """What is not clear about a row."""
    checks: tuple[Callable[[Answers, Known], list[Refusal]], ...] = (_unknown_days, _strange_days, _loose_ends)
    return [doubt for check in checks for doubt in check(answers, known)]


def _unknown_days(answers: Answers, _known: Known) -> list[Refusal]:
    wanted = (
        (Doubt.NO_REFERRAL_DAY, Field.REFERRED_ON, set(State)),
        (Doubt.NO_DECISION_DAY, Field.DISCUSSED_ON, DECIDED_STATES),
        (Doubt.NO_START_DAY, Field.STARTED_ON, RUNNING_STATES),
        (Doubt.NO_END_DAY, Field.ENDED_ON, {State.COMPLETED, State.DROPPED_OUT}),
    )
    return [Refusal(doubt) for doubt, name, states in wanted if answers.state in states and not answers.on(name)]


def _strange_days(answers: Answers, known: Known) -> list[Refusal]:
    referred_on = answers.on(Field.REFERRED_ON)
    doubts = []
    for name in (Field.REFERRED_ON, Field.DISCUSSED_ON, Field.STARTED_ON, Field.ENDED_ON):
        on = answers.on(name)
        if on and on > known.today:
            doubts.append(Refusal(Doubt.IN_THE_FUTURE, {"column": name.label, "on": on}))
        if on and referred_on and on < referred_on:
            doubts.append(Refusal(Doubt.BEFORE_REFERRAL, {"column": name.label, "on": on}))
    return doubts


def _loose_ends(answers: Answers, known: Known) -> list[Refusal]:
    doubts = []
    if namesake := known.people.get(answers.person):
        doubts.append(Refusal(Doubt.SAME_PERSON, {"name": namesake}))
    if (
        answers.state in RUNNING_STATES
        and answers.track == TrackKind.TRIAL
        and not folded(answers.text(Field.DWELLING))
    ):
        doubts.append(Refusal(Doubt.NO_DWELLING))
    landlord = answers.text(Field.LANDLORD)
    if landlord and folded(landlord) not in known.organisations:
        doubts.append(Refusal(Doubt.UNKNOWN_LANDLORD, {"name": landlord}))
    if answers.text(Field.WORKER) and not known.has_lead:
        doubts.append(Refusal(Doubt.NO_LEAD, {"name": answers.text(Field.WORKER)}))
    decision = answers.text(Field.DECISION)
    declined = cells.state_of(decision) == State.DECLINED
    if decision and declined != (answers.state == State.DECLINED) and answers.state in DECIDED_STATES:
        doubts.append(Refusal(Doubt.OTHER_DECISION, {"decision": decision, "state": answers.text(Field.STATE)}))
    return doubts + _birth_doubts(answers)


def _birth_doubts(answers: Answers) -> list[Refusal]:
    number, birth_on = register_number_of(answers.text(Field.REGISTER_NUMBER)), answers.on(Field.BIRTH_ON)
    if not number or birth_on is None or not nn.is_valid(number):
        return []
    return [] if nn.get_birth_date(number) == birth_on else [Refusal(Doubt.OTHER_BIRTH)]
