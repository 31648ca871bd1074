"""What takes seconds to make and is only read, made once for the tests of a module; each test's own rows go as always."""

from contextlib import contextmanager
from functools import cache

import pytest
from django.db import transaction
from xdist.scheduler import LoadScopeScheduling


class WhatIsMadeOnceTogether(LoadScopeScheduling):
    """All tests of a module marked `together` run in one process; every other test where there is room.

    Whoever deals out the tests knows them by name alone, hence the look into the file. (`--dist loadgroup` writes its groups into
    names that pytest 9 no longer reads.)
    """

    def _split_scope(self, nodeid):
        path = nodeid.partition("::")[0]
        return path if is_together(self.config.rootpath / path) else nodeid


@cache
def is_together(path):
    """Whether the tests of this file share what is made once."""
    return "pytest.mark.together" in path.read_text()


# The walk of `make matrix` runs in one process, without who deals out tests.
@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return WhatIsMadeOnceTogether(config, log)


@pytest.fixture(scope="session")
def made_once(django_db_setup, django_db_blocker):
    """`with made_once(): …`, in a fixture of a module: every row made in it is taken away as the fixture ends.

    That module is marked `together`, else every process would make its own; none of its tests asks for a database that commits
    (`transaction=True`).
    """

    @contextmanager
    def making():
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return making
