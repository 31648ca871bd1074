"""Calendar entries as every calendar program reads them (iCalendar, RFC 5545); no person is ever named in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

READ_AGAIN = timedelta(hours=1)
NAME = "-//Intrek//Intrek//NL"


@dataclass(frozen=True)
class Entry:
    """One entry; without an hour it is of the whole day. ``uid`` stays the same when it changes, ``sequence`` then grows, so that a calendar replaces what it had."""

    uid: str
    summary: str
    starts_at: date
    stamped_at: datetime
    ends_at: datetime | None = None
    sequence: int = 0
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(entries: Iterable[Entry], *, title: str = "") -> str:
    """The entries as one file. It tells and asks no answer: who is invited answers on the page.

    With a ``title`` it is one that a calendar program reads again and again.
    """
    made = Calendar()
    made.add("prodid", NAME)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if title:
        made.add("x-wr-calname", title)
        made.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
        made.add("x-published-ttl", READ_AGAIN)
    for each in entries:
        made.add_component(_event(each))
    return made.to_ical().decode()


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", _instant(entry.starts_at))
    if entry.ends_at:
        event.add("dtend", _instant(entry.ends_at))
    event.add("summary", entry.summary)
    if entry.is_cancelled:
        event.add("status", "CANCELLED")
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(name, value)
    return event


def _instant(at: date) -> date:
    return at.astimezone(UTC) if isinstance(at, datetime) else at
