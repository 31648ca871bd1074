"""The bad days of tests/plugins/hostile.py do happen."""

import datetime as dt
import socket
import warnings

import pytest
from django.contrib.auth import get_user_model
from django.db import models
from django.template import Context, Origin, Template, engines
from django.utils import timezone

from tests.plugins.hostile import InstantInsteadOfDay, NetworkRefused, UnknownVariable, is_here


@pytest.fixture
def rendered(settings):
    def render(source, folder="intrek", **context):
        origin = Origin(str(settings.BASE_DIR / folder / "page.html"))
        return Template(source, origin=origin, engine=engines["django"].engine).render(Context(context))

    return render


def test_no_other_machine_answers():
    with socket.socket() as one, pytest.raises(NetworkRefused):
        one.connect(("192.0.2.1", 80))


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/run/socket", True),
        (("127.0.0.1", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        (("192.0.2.1", 80), False),
        (("example.org", 443), False),
    ],
)
def test_only_this_machine_is_here(address, here):
    assert is_here(address) is here


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("soon gone", DeprecationWarning, stacklevel=1)


def test_rows_without_an_order_come_in_another_order(db):
    users = get_user_model().objects
    made = [users.create(email=f"{number}@example.org", name=str(number)).pk for number in range(5)]
    assert [user.pk for user in users.filter(is_active=True)] != made
    assert [user.pk for user in users.order_by("email")] == made


def test_an_unknown_variable_is_an_error_in_our_templates(rendered):
    with pytest.raises(UnknownVariable, match="nobody"):
        rendered("{{ nobody }}")
    with pytest.raises(UnknownVariable, match="nobody"):
        rendered("{{ nobody|upper }}")


def test_an_unknown_variable_is_an_error_for_a_new_engine_too(rendered, settings):
    settings.DEBUG = True
    with pytest.raises(UnknownVariable, match="nobody"):
        rendered("{{ nobody }}")


@pytest.mark.parametrize("source", ["{% if nobody %}x{% endif %}", "{{ nobody|default:'' }}"])
def test_a_template_may_ask_whether_a_variable_is_there(rendered, source):
    assert rendered(source) == ""


def test_the_templates_of_libraries_may_show_nothing(rendered):
    assert rendered("{{ nobody }}", folder=".venv") == ""


def test_an_instant_does_not_fit_in_a_date_field():
    day = models.DateField()
    assert day.get_prep_value(dt.date(2026, 3, 1)) == dt.date(2026, 3, 1)
    with pytest.raises(InstantInsteadOfDay):
        day.get_prep_value(timezone.now())
