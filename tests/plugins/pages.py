"""Asking pages questions: how many queries they take, what mail left, which jobs wait."""

from collections.abc import Callable
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

# No table is read by a transaction that begins or ends, nor by saying for which programme a request asks (the second wall).
ASK_NOTHING = (
    "BEGIN",
    "COMMIT",
    "SAVEPOINT",
    "RELEASE SAVEPOINT",
    "SELECT set_config(",
    "SELECT coalesce(current_setting(",
)


def _asked(captured):
    return [each["sql"] for each in captured.captured_queries if not each["sql"].startswith(ASK_NOTHING)]


def _queries_of(fetch):
    with CaptureQueriesContext(connection) as captured:
        answer = fetch()
    status = getattr(answer, "status_code", 200)
    assert status == 200, f"The page answered {status}."
    return _asked(captured)


@pytest.fixture
def assert_same_queries(db) -> Callable:
    """`assert_same_queries(fetch, grow, at_most=10)`: fetch, add rows, fetch again; not one query more.

    `fetch` asks the page (`lambda: client.get(url)`), `grow` makes the other 29 rows.
    """

    def check(fetch, grow, at_most=None):
        fetch()  # what is cached for a process is cached now
        before = _queries_of(fetch)
        grow()
        after = _queries_of(fetch)
        extra = list(after)
        for sql in before:
            if sql in extra:
                extra.remove(sql)
        assert len(after) == len(before), "\n".join([f"{len(before)} queries became {len(after)}:", *extra])
        assert at_most is None or len(after) <= at_most, "\n".join([f"{len(after)} queries:", *after])

    return check


@pytest.fixture
def assert_queries_at_most(db) -> Callable:
    """`with assert_queries_at_most(10): …`"""

    @contextmanager
    def check(limit):
        with CaptureQueriesContext(connection) as captured:
            yield
        queries = _asked(captured)
        assert len(queries) <= limit, "\n".join([f"{len(queries)} queries:", *queries])

    return check


@pytest.fixture
def run_jobs(transactional_db) -> Callable:
    """Do what the worker would do: every job that waits, once."""

    def run():
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)

    return run
