"""Amounts, lengths of time and hours as people write them."""

import re
from datetime import time
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

THOUSANDS = r"\d{1,3}(?:[ .\u00a0\u202f']\d{3})+|\d{1,3}(?:,\d{3})+(?=\.\d)|\d+"
MONEY = re.compile(rf"(?P<euros>{THOUSANDS})(?:[.,](?P<cents>\d{{1,2}}|-{{1,2}}|–))?", re.ASCII)
CLOCK = re.compile(
    r"(?P<hours>\d{1,3})\s*(?:[:.uh]|uur|hours?|heures?)\s*(?P<minutes>\d{2})?(?:\s*(?:min|m)\.?)?", re.ASCII
)
MINUTES = re.compile(r"(?P<minutes>\d{1,4})\s*(?:m|min|minuten|minuut|minutes?)?\.?", re.ASCII)
HOURS = re.compile(r"(?P<hours>\d{1,2})[.,](?P<tenths>\d{1,2})\s*(?:u|h|uur|uren|hours?|heures?)\.?", re.ASCII)


class Fault(models.TextChoices):
    """What is wrong with an amount or a time as it was typed."""

    NOT_MONEY = "not_money", _("“%(typed)s” is not an amount. Write for example 412,50.")
    NEGATIVE = "negative", _("An amount cannot be below zero here.")
    NOT_LONG = "not_long", _("“%(typed)s” is not a length of time. Write for example 45 minutes or 1:30.")
    NOT_TIME = "not_time", _("“%(typed)s” is not an hour of the day. Write for example 14:30.")


class NotANumber(ValueError):
    """What was typed is not an amount or a time; ``str()`` says so in words."""

    def __init__(self, fault: Fault, typed: str) -> None:
        self.fault, self.typed = fault, typed
        super().__init__(fault)

    def __str__(self) -> str:
        return str(self.fault.label) % {"typed": self.typed.strip()}


def parse_money(text: str) -> Decimal:
    """Euro and cents: ``412,50``, ``€ 412.50``, ``1.234,50``, ``412 euro``. Raises NotANumber."""
    words = re.sub(r"(?i)€|\beuros?\b|\beur\b", "", text).strip()
    if re.fullmatch(r"[-–−]\s*\d.*", words):
        raise NotANumber(Fault.NEGATIVE, text)
    found = MONEY.fullmatch(words)
    if not found:
        raise NotANumber(Fault.NOT_MONEY, text)
    euros = re.sub(r"\D", "", found["euros"])
    cents = (found["cents"] or "").strip("-–").ljust(2, "0")
    return Decimal(f"{euros}.{cents}")


def money_text(amount: Decimal, language: str) -> str:
    """An amount as one types it: ``412,50``, in English ``412.50``."""
    return f"{amount:.2f}" if language.startswith("en") else f"{amount:.2f}".replace(".", ",")


def parse_minutes(text: str) -> int:
    """A length of time in minutes: ``45``, ``45 min``, ``1:30``, ``1u30``, ``1,5 uur``. Raises NotANumber."""
    words = text.strip().lower()
    if found := HOURS.fullmatch(words):
        return int(found["hours"]) * 60 + round(int(found["tenths"].ljust(2, "0")) * 60 / 100)
    if found := MINUTES.fullmatch(words):
        return int(found["minutes"])
    if (found := CLOCK.fullmatch(words)) and int(found["minutes"] or 0) < 60:
        return int(found["hours"]) * 60 + int(found["minutes"] or 0)
    raise NotANumber(Fault.NOT_LONG, text)


def parse_time(text: str) -> time:
    """An hour of the day: ``14:30``, ``14.30``, ``14u30``, ``14u``, ``9``. Raises NotANumber."""
    words: Any = re.fullmatch(
        r"(\d{1,2})\s*(?:(?:[:.uh]|uur)\s*(\d{2})?)?\s*(?:u\.?|h|uur)?", text.strip().lower(), re.ASCII
    )
    if words and int(words[1]) < 24 and int(words[2] or 0) < 60:
        return time(int(words[1]), int(words[2] or 0))
    raise NotANumber(Fault.NOT_TIME, text)
