"""A pathway moves along its table; what is awaited and promised is always known (P24)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from intrek.ground.common.refusals import Refused
from intrek.ground.pathways import actions
from intrek.ground.pathways.models import Awaited, Ending, Party, Pathway, Promise, Stage, Station
from intrek.ground.pathways.queries import line_of, with_lines
from tests.factories import pathway, person, programme_brugge, real_today

pytestmark = pytest.mark.django_db


def test_numbers_run_on_within_a_year_and_start_again_in_the_next():
    first, second = pathway(on=date(2026, 3, 1)), pathway(on=date(2026, 9, 1))
    other_year = pathway(on=date(2025, 9, 1))
    assert [each.number for each in (first, second, other_year)] == ["2026-00001", "2026-00002", "2025-00001"]


def test_a_move_the_table_does_not_know_is_refused_and_writes_nothing():
    made = pathway()
    with pytest.raises(Refused):
        actions.move(made, Stage.RUNNING, started_on=real_today())
    assert (Pathway.objects.get(pk=made.pk).stage, Pathway.objects.get(pk=made.pk).started_on) == (Stage.NEW, None)


def test_a_person_has_one_open_pathway():
    somebody = person()
    pathway(of=somebody)
    with pytest.raises(IntegrityError), transaction.atomic():
        pathway(of=somebody)
    assert Pathway.objects.filter(person=somebody).count() == 1


def test_a_former_client_may_have_a_second_pathway_once_the_first_is_closed():
    somebody = person()
    pathway(Stage.CLOSED, of=somebody)
    assert pathway(of=somebody).is_open


def test_a_later_day_replaces_the_promise_and_keeps_the_reason():
    made, today = pathway(), real_today()
    actions.promise(made, Station.INTERVISION, due_on=today, on=today)
    actions.promise(made, Station.INTERVISION, due_on=today + timedelta(days=9), on=today, reason="The meeting moved.")
    assert Promise.objects.filter(pathway=made, replaced_on=None).count() == 1
    assert Pathway.objects.get(pk=made.pk).hears_by == today + timedelta(days=9)


def test_when_the_referrer_has_heard_nothing_is_promised_any_more():
    made, today = pathway(), real_today()
    actions.promise(made, Station.INTERVISION, due_on=today, on=today)
    assert actions.keep_promises(made, on=today) == 1
    assert Pathway.objects.get(pk=made.pk).hears_by is None
    assert actions.keep_promises(made, on=today) == 0


def test_closing_ends_what_was_awaited_and_keeps_both_outcomes():
    made = pathway(Stage.RUNNING)
    actions.await_(made, Awaited.EVALUATION, party=Party.WORKER, by_day=real_today(), number=1)
    actions.close_pathway(
        made, ending=Ending.NEGATIVE, on=real_today(), by=None, ended_how="arrears", home_kept="no", what_helped="talks"
    )
    kept = with_lines(Pathway.objects.filter(pk=made.pk)).get()
    assert (kept.ended_how, kept.home_kept, kept.what_helped, kept.awaits) == ("arrears", "no", "talks", "")
    assert line_of(kept, real_today()).awaits is None


def test_an_unknown_day_of_referral_stands_on_the_list_to_complete_until_it_is_known():
    track = programme_brugge().tracks.get(kind="trial")
    made = actions.open_pathway(person(), track, referred_by=None, on=None, number_year=2026, by=None)
    assert (made.referred_on, made.to_complete, made.is_incomplete) == (None, ["referred_on"], True)
    actions.note_known(made, "referred_on")
    assert (made.to_complete, made.is_incomplete) == ([], False)
