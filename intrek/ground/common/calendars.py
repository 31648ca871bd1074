"""Calendar entries as every calendar program reads them (iCalendar, RFC 5545); no person is ever named in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event

NAME = "-//Intrek//Intrek//NL"


@dataclass(frozen=True)
class Entry:
    """One entry. ``uid`` stays the same when it changes, ``sequence`` then grows, so that a calendar replaces what it had."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    stamped_at: datetime
    sequence: int = 0
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(entries: Iterable[Entry]) -> str:
    """The entries as one file. It tells and asks no answer: who is invited answers on the page."""
    made = Calendar()
    made.add("prodid", NAME)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for each in entries:
        made.add_component(_event(each))
    return made.to_ical().decode()


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.summary)
    if entry.is_cancelled:
        event.add("status", "CANCELLED")
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(name, value)
    return event
