"""On PostgreSQL the tests work as the application does: owner of nothing, behind the wall; pages within their programme alone.

What a test tells before and after a page it tells of every programme, as a command does. Only who changes tables is their owner.
"""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.signals import connection_created

from intrek.ground.common import wall


def pytest_collection_modifyitems(config, items):
    """A second database asks nothing new of a test that opens none, nor of one marked `once`; they are counted as left out."""
    if connection.vendor != "postgresql":
        return
    asked, left_out = [], []
    for item in items:
        (asked if opens_a_database(item) and not item.get_closest_marker("once") else left_out).append(item)
    items[:] = asked
    config.hook.pytest_deselected(items=left_out)


def opens_a_database(item):
    """Whether the test may reach rows; pytest-django refuses it to any other."""
    return "db" in item.fixturenames or "transactional_db" in item.fixturenames or item.get_closest_marker("django_db")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Once they are made, every connection is one of the application's."""
    if connection.vendor != "postgresql":
        yield
        return
    connections.close_all()
    connection_created.connect(_as_application)
    yield
    connection_created.disconnect(_as_application)
    connections.close_all()


def _as_application(connection, **_told):
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.DATABASE_ROLE)}")
    wall.see_every_row(connection)


@contextmanager
def as_owner():
    """In here tables may be changed."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield
        cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.DATABASE_ROLE)}")
