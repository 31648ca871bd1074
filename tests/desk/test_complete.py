"""A day that nobody knew is filled in once, in every row that waits for it; nothing is invented."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from intrek.ground.common.refusals import Refused
from intrek.ground.pathways.actions import note_unknown
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.programmes.queries import track_of
from intrek.story.support.actions import start_support
from intrek.story.support.models import SupportTerm
from intrek.windows.desk.actions import complete_days
from intrek.windows.desk.queries.unknown import UNKNOWN
from tests.factories import contact, member, pathway, programme_brugge, real_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken_over(today):
    """A sitting tenant from an old list: support runs since an unknown day, until an unknown day."""
    made = pathway(Stage.WAITING, "sitting")
    track = track_of(programme_brugge(), "sitting")
    start_support(made, track=track, starts_on=None, worker=contact(), agreement_on=None, by=None, history=True)
    return Pathway.objects.get(pk=made.pk)


def test_what_is_not_known_stands_on_the_list(taken_over):
    assert {"started_on", "agreed_last_day"} <= set(taken_over.to_complete) <= set(UNKNOWN)


def test_the_days_go_where_they_belong_and_the_clock_starts(taken_over, today):
    starts_on, last_day = today - timedelta(days=30), today + timedelta(days=200)
    complete_days(taken_over, on=today, by=member(), started_on=starts_on, agreed_last_day=last_day)
    term, kept = SupportTerm.objects.get(pathway=taken_over), Pathway.objects.get(pk=taken_over.pk)
    assert (term.starts_on, term.agreed_last_day, kept.started_on) == (starts_on, last_day, starts_on)
    assert (kept.clock["ends_on"], kept.is_incomplete) == (last_day.isoformat(), False)


def test_a_day_left_empty_stays_unknown(taken_over, today):
    complete_days(taken_over, on=today, by=member(), started_on=today, agreed_last_day=None)
    assert Pathway.objects.get(pk=taken_over.pk).to_complete == ["agreed_last_day"]


def test_what_happened_cannot_lie_ahead_and_nothing_is_written(taken_over, today):
    with pytest.raises(Refused):
        complete_days(taken_over, on=today, by=member(), started_on=today + timedelta(days=1))
    assert "started_on" in Pathway.objects.get(pk=taken_over.pk).to_complete


def test_a_day_that_is_known_is_not_changed_here(today):
    made = pathway(on=date(2026, 3, 1))
    complete_days(made, on=today, by=member(), referred_on=today)
    assert Pathway.objects.get(pk=made.pk).referred_on == date(2026, 3, 1)


def test_the_page_asks_each_missing_day_and_fills_it_in(client, taken_over, sign_in):
    page = reverse("desk:complete", args=[taken_over.pk])
    asking = sign_in(member("coordinator"))
    assert asking.get(page).status_code == 200
    answer = asking.post(page, {"started_on": "1/3/2026", "agreed_last_day": ""})
    assert answer.status_code == 302
    assert Pathway.objects.get(pk=taken_over.pk).started_on == date(2026, 3, 1)


@pytest.mark.parametrize("name", sorted(UNKNOWN))
def test_every_missing_day_has_rows_that_can_be_asked(name, today):
    made = note_unknown(pathway(), name)
    for rows, _column in UNKNOWN[name].rows(made):
        assert not rows.exclude(pk__in=rows.values("pk")).exists()
    complete_days(made, on=real_today(), by=member(), **{name: today})
    assert name not in Pathway.objects.get(pk=made.pk).to_complete
