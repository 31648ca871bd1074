"""The helpers of tests/plugins/pages.py answer truly."""

import pytest
from django.contrib.auth import get_user_model
from django_tasks import task
from django_tasks_db.models import DBTaskResult

DONE = []


@task
def remember(word):
    DONE.append(word)


def make_people(count):
    users = get_user_model().objects
    return [users.create(email=f"{users.count()}@example.org", name="x") for _ in range(count)]


def ask_once():
    return list(get_user_model().objects.order_by("email"))


def ask_each():
    return [get_user_model().objects.get(pk=user.pk) for user in ask_once()]


def test_one_query_for_all_rows_passes(assert_same_queries):
    make_people(1)
    assert_same_queries(ask_once, lambda: make_people(29), at_most=1)


def test_a_query_per_row_fails_and_is_shown(assert_same_queries):
    make_people(1)
    with pytest.raises(AssertionError, match="2 queries became 31"):
        assert_same_queries(ask_each, lambda: make_people(29))


def test_too_many_queries_fail(assert_queries_at_most, assert_same_queries):
    make_people(3)
    with pytest.raises(AssertionError, match="4 queries"), assert_queries_at_most(3):
        ask_each()
    with pytest.raises(AssertionError, match="4 queries"):
        assert_same_queries(ask_each, lambda: None, at_most=3)


def test_a_page_that_refuses_is_not_counted(assert_same_queries, client):
    with pytest.raises(AssertionError, match="answered 404"):
        assert_same_queries(lambda: client.get("/nowhere/at/all/"), lambda: None)


def test_waiting_jobs_are_done_when_asked(run_jobs):
    remember.enqueue("key")
    assert DONE == []
    run_jobs()
    assert DONE == ["key"]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
