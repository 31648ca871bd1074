"""What templates may say without loading anything; the words themselves are made in wording.py."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from intrek.ground.common import charts, icons, wording
from intrek.ground.common.drawn_fields import DrawnField, Problem, problems_of
from intrek.ground.common.fields import phone_text
from intrek.ground.common.listing import address_with

register = template.Library()

TAG_ICONS = {
    "done": "check",
    "wait": "hourglass",
    "soon": "clock",
    "late": "alert",
    "no": "cross",
    "unknown": "question",
    "track": "key",
}
NOTICE_ICONS = {"": "info", "soon": "info", "done": "done", "late": "alert"}
CHECK_ICONS = {
    "done": "done",
    "no": "no",
    "soon": "clock",
    "unknown": "unknown",
    "wait": "hourglass",
    "hidden": "hidden",
}

register.filter("day", wording.day)
register.filter("phone", phone_text)
register.filter("weekday", wording.weekday)
register.filter("short_weekday", wording.short_weekday)
register.filter("hour", wording.hour)
register.filter("days_words", wording.days_words)
register.filter("months_words", wording.months_words)
register.filter("minutes_words", wording.minutes_words)
register.filter("years_words", wording.years_words)
register.filter("until_words", wording.until_words)
register.filter("ago_words", wording.ago_words)
register.filter("since_words", wording.since_words)


@register.filter
def short_day(on: date | datetime | None) -> str:
    """3 mrt 2027."""
    return wording.short_day(on)


@register.filter
def short_day_no_year(on: date | datetime | None) -> str:
    """3 mrt, where the year goes without saying."""
    return wording.short_day(on, year=False)


@register.filter
def month_words(on: date) -> str:
    """Maart 2027."""
    return wording.whole_month(on)


@register.filter
def number(count: int | Decimal) -> str:
    """1.200."""
    return wording.number(count)


@register.filter
def money(amount: Decimal | None) -> str:
    """€ 412,50."""
    return wording.money(amount)


@register.simple_tag
def day_time(on: date | datetime | None, *, short: bool = False, weekday: bool = False) -> SafeString | str:
    """A day as people write it, inside the element that machines read; nothing when unknown."""
    if not on:
        return ""
    write = wording.weekday if weekday else wording.short_day if short else wording.day
    return format_html('<time datetime="{}">{}</time>', wording.as_day(on).isoformat(), write(on))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing beside its word."""
    return icons.drawing(name, str(label))


@register.simple_tag
def tag(kind: str, label: Any, icon: str = "") -> SafeString:
    """A state: icon and word, the colour only helps."""
    return format_html('<span class="tag tag--{}">{}{}</span>', kind, icons.drawing(icon or TAG_ICONS[kind]), label)


@register.simple_tag
def notice_icon(kind: str, name: str) -> SafeString:
    """The drawing of a remark of this kind."""
    return icons.drawing(name or NOTICE_ICONS[kind])


@register.simple_tag
def check_icon(state: str, name: str) -> SafeString:
    """The drawing of a line in a checklist."""
    return icons.drawing(name or CHECK_ICONS[state])


@register.simple_tag
def drawn_field(field: BoundField, options: dict[str, Any]) -> DrawnField:
    """A field of a form, ready to be drawn with its label, hint and errors."""
    return DrawnField(field, options)


@register.simple_tag
def drawn_options(**options: Any) -> dict[str, Any]:
    """How a page wants a field drawn."""
    return options


@register.simple_tag
def clock_face(clock: Any) -> charts.ClockFace:
    """The ring of a running term."""
    return charts.clock_face(clock.month, clock.months)


@register.simple_tag
def form_problems(form: Any, forms: Any) -> list[Problem]:
    """All that is wrong with these forms, in order, each with the place to mend it."""
    return problems_of([form] if form else [], forms or [])


@register.simple_tag(takes_context=True)
def here_with(context: template.Context, **changes: Any) -> str:
    """The address of this page with other answers in it; an empty answer takes it away."""
    return address_with(context["request"].GET, **changes)
