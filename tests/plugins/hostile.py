"""What production does on a bad day happens in every test.

- Warnings are errors (pyproject.toml).
- Nothing outside this machine answers.
- Rows without an order come in another order.
- A variable that a template does not get is an error; `{% if %}` and `|default` may ask.
- An instant where a day belongs is an error.
"""

import datetime as dt
import ipaddress
import random
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models
from django.db.models.query import QuerySet
from django.template import Engine, engines
from django.template import base as template_base
from django.template.base import FilterExpression

ASKS_WHETHER = {"default", "default_if_none"}


class NetworkRefused(BaseException):
    """A test reached for another machine. No library may swallow it, hence BaseException."""


class UnknownVariable(Exception):
    """A page shows something its view does not give it."""


class InstantInsteadOfDay(TypeError):
    """A datetime was saved or looked up in a date field: which day it means depends on the time zone."""


def is_here(address):
    """Whether a socket address is on this machine: a path, or loopback."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", ""}


def _refuse_network(patch):
    def guarded(original):
        def connect(self, address, *args):
            if not is_here(address):
                raise NetworkRefused(f"A test tried to reach {address}.")
            return original(self, address, *args)

        return connect

    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))


def _shuffle_unordered(patch):
    original = QuerySet._fetch_all

    def fetch(self):
        is_new = self._result_cache is None
        original(self)
        if is_new and len(self._result_cache) > 1 and not self.ordered:
            random.Random(len(self._result_cache)).shuffle(self._result_cache)
            self._result_cache.reverse()

    patch.setattr(QuerySet, "_fetch_all", fetch)


class _Missing(str):
    """Stands for a variable that is not there. Only texts of our own templates that show it are refused."""

    __slots__ = ()
    refuse = False

    def __bool__(self):
        return _Missing.refuse

    def __contains__(self, other):
        return True

    def __mod__(self, variable):
        raise UnknownVariable(f"{variable} is not known to this page.")


def _is_ours(origin):
    return origin is not None and Path(str(origin.name)).is_relative_to(settings.BASE_DIR / "intrek")


class _StrictExpression(FilterExpression):
    """Refuses unknown variables where the template is ours and does not ask whether they are there."""

    __slots__ = ("refuses",)

    def __init__(self, token, parser):
        super().__init__(token, parser)
        asks = any(getattr(function, "_filter_name", "") in ASKS_WHETHER for function, _arguments in self.filters)
        self.refuses = _is_ours(getattr(parser, "origin", None)) and not asks

    def resolve(self, context, ignore_failures=False):
        before, _Missing.refuse = _Missing.refuse, self.refuses
        try:
            return super().resolve(context, ignore_failures)
        finally:
            _Missing.refuse = before


def _refuse_unknown_variables(patch):
    patch.setattr(template_base, "FilterExpression", _StrictExpression)
    patch.setattr(engines["django"].engine, "string_if_invalid", _Missing())
    build = Engine.__init__

    # A test that changes DEBUG gets a new engine, and so do all tests after it.
    def built(self, *args, **options):
        build(self, *args, **options)
        self.string_if_invalid = _Missing()

    patch.setattr(Engine, "__init__", built)


def _refuse_instants(patch):
    original = models.DateField.get_prep_value

    def day_only(self, value):
        if isinstance(value, dt.datetime) and not isinstance(self, models.DateTimeField):
            raise InstantInsteadOfDay(f"{self} holds days, and was given {value!r}.")
        return original(self, value)

    patch.setattr(models.DateField, "get_prep_value", day_only)


@pytest.fixture(autouse=True, scope="session")
def _hostile():
    with pytest.MonkeyPatch.context() as patch:
        _refuse_network(patch)
        _shuffle_unordered(patch)
        _refuse_unknown_variables(patch)
        _refuse_instants(patch)
        yield
