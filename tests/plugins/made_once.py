"""What takes seconds to make and is only read, made once for the tests of a module; each test's own rows go as always."""

from contextlib import contextmanager

import pytest
from django.db import transaction


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """All tests for which something is made once run in one process (`--dist loadgroup`)."""
    for item in items:
        if "made_once" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))


@pytest.fixture(scope="session")
def made_once(django_db_setup, django_db_blocker):
    """`with made_once(): …`, in a fixture of a module: every row made in it is taken away as the fixture ends.

    No test of that module asks for a database that commits (`transaction=True`).
    """

    @contextmanager
    def making():
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return making
