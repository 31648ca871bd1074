"""Why something may not be done: every reason at once, in words, each with its way out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from intrek.ground.common.wording import day


@dataclass(frozen=True)
class WayOut:
    """Where the reader goes to take a reason away: an address and the words on its button."""

    url: str
    label: Any


@dataclass(frozen=True)
class Refusal:
    """One reason why not.

    ``code`` is a member of a TextChoices whose label is the sentence, with ``%(name)s`` places for ``params`` (a plain
    text serves too); ``form_field`` names the answer that the reason is about.
    """

    code: Any
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    way_out: WayOut | None = field(default=None, compare=False)
    form_field: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """The sentence, in the language that is active now and not when the reason was found."""
        sentence = str(getattr(self.code, "label", self.code))
        return sentence % {name: _shown(value) for name, value in self.params.items()} if self.params else sentence


def _shown(value: Any) -> Any:
    return day(value) if isinstance(value, date) else value


class Refused(Exception):
    """It was not done and nothing was written; ``reasons`` holds every reason, in the order they were found."""

    def __init__(self, reasons: Iterable[Refusal]) -> None:
        self.reasons = list(reasons)
        super().__init__([getattr(each.code, "value", each.code) for each in self.reasons])

    def __str__(self) -> str:
        return " ".join(str(each) for each in self.reasons)


def refuse_if(reasons: Iterable[Refusal]) -> None:
    """Raise Refused with all the reasons; no reasons, no refusal."""
    if found := list(reasons):
        raise Refused(found)
