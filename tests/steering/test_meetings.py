"""The steering group meets over figures and rules: no person, decisions that point to the rule they changed, figures as they were."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.access.models import Grant, Ground
from intrek.ground.common.refusals import Refused
from intrek.ground.journal.models import Entry
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.actions import change_programme_rule
from intrek.story.intervision.actions import close_meeting, keep_figures, note_attendance, plan_meeting, resolve
from intrek.story.intervision.models import KeptFigures, Meeting, MeetingKind, Resolution
from intrek.story.intervision.queries import next_meeting, open_meetings, rule_changes
from tests.factories import contact, member, organisation, pathway, programme_brugge, real_today, second_programme
from tests.intervision.cases import item_of, meeting, referred

pytestmark = pytest.mark.django_db
TODAY = real_today()


def steering(days=0, programme=None):
    on = TODAY + timedelta(days=days)
    return plan_meeting(programme or programme_brugge(), on=on, kind=MeetingKind.STEERING, by=None)


def changed(days=28):
    change_programme_rule(programme_brugge(), from_on=TODAY + timedelta(days=1), on=TODAY, by=None, news_days=days)
    return Entry.objects.get(verb="programmes.rule_changed")


def url(name, *args):
    return reverse(f"steering:{name}", args=[each.pk for each in args])


def codes(refused):
    return [each.code for each in refused.value.reasons]


def test_it_takes_nobody_on_its_agenda_and_stands_beside_the_meeting_of_that_day():
    mine = steering(9)
    assert next_meeting(mine.programme_id, TODAY) is None
    assert list(open_meetings(mine.programme_id, TODAY)) == []
    beside = meeting(9)
    assert next_meeting(mine.programme_id, TODAY) == beside
    with pytest.raises(Refused) as refused:
        steering(9)
    assert codes(refused) == ["same_day"]


def test_whoever_attends_sees_nobody_and_who_sits_with_the_partners_keeps_their_sight():
    partners, guest = meeting(), contact("Ilse", at=organisation("de Sleutel"))
    item_of(referred(), partners)
    note_attendance(partners, {guest: True}, by=None)
    note_attendance(steering(), {guest: True}, by=None)
    assert Grant.objects.filter(ground=Ground.MEETING, contact=guest, from_on=TODAY).count() == 1


def test_a_decision_points_to_the_change_of_a_rule_that_it_caused(sign_in):
    an, greet, mine = member(), member("steering_member"), steering()
    client = sign_in(an)
    client.post(url("decide", mine), {"text": "Elke maand nieuws.", "motive": "Te traag.", "owner": "", "change": ""})
    made = Resolution.objects.get()
    change = changed()
    told = {"text": "Elke maand nieuws.", "motive": "Te traag.", "change": change.pk, "_version": made.version}
    client.post(url("resolution", made), told)
    assert Resolution.objects.get().change == change
    page = sign_in(greet).get(url("meeting", mine)).content.decode()
    assert "Elke maand nieuws." in page
    assert "28" in page
    assert url("resolution", made) not in page


def test_a_change_of_before_the_meeting_is_not_what_it_caused():
    change, later = changed(), steering(1)
    assert list(rule_changes(later)) == []
    with pytest.raises(Refused) as refused:
        resolve(later, text=" ", change=change, on=TODAY, by=None)
    assert codes(refused) == ["meeting_to_come", "nothing_decided", "other_change"]


def test_a_change_in_another_programme_is_not_offered():
    mine = steering(programme=second_programme())
    assert not rule_changes(mine).filter(pk=changed().pk).exists()


def test_figures_stay_as_they_were_seen(sign_in):
    mine, made = steering(), pathway(on=TODAY)
    client = sign_in(member())
    client.post(url("keep", mine), {"from_on": "", "until_on": ""})
    Pathway.objects.filter(pk=made.pk).update(referred_on=None)
    pathway(on=TODAY)
    pathway(on=TODAY)
    assert KeptFigures.objects.get().counts["referrals"] == {"trial": 1, "sitting": 0}
    rows = client.get(url("meeting", mine)).context["kept"][0].lines
    assert [(each.tracks, each.total) for each in rows[:1]] == [(["1", "0"], "1")]


def test_the_partners_meeting_keeps_no_figures_and_decides_on_no_rule():
    for act in (
        lambda: keep_figures(meeting(), {}, on=TODAY, by=None),
        lambda: resolve(meeting(1), text="x", on=TODAY, by=None),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert "not_steering" in codes(refused)


def test_closed_minutes_are_not_written_in_any_more():
    mine = steering()
    close_meeting(mine, on=TODAY, by=None)
    with pytest.raises(Refused) as refused:
        resolve(mine, text="Toch nog iets.", on=TODAY, by=None)
    assert codes(refused) == ["minutes_closed"]


def test_its_page_is_not_the_partners_page(sign_in):
    mine, client = steering(), sign_in(member())
    assert client.get(reverse("intervision:meeting", args=[mine.pk])).url == url("meeting", mine)
    assert client.get(reverse("intervision:meetings")).context["listing"].is_empty
    assert client.get(url("meeting", meeting())).status_code == 404


def test_it_is_planned_and_changed_without_an_agenda_that_closes(sign_in):
    client, plan = sign_in(member()), reverse("intervision:plan_steering")
    assert "agenda_closes_on" not in client.get(plan).content.decode()
    client.post(plan, {"on": (TODAY + timedelta(days=3)).isoformat(), "place": "Stadhuis"})
    made = Meeting.objects.get()
    assert (made.kind, made.place) == (MeetingKind.STEERING, "Stadhuis")
    change = reverse("intervision:change", args=[made.pk])
    client.post(change, {"on": made.on.isoformat(), "place": "zaal 2", "_version": made.version})
    assert Meeting.objects.get().place == "zaal 2"


def test_calling_it_off_speaks_of_who_hears_it_and_of_no_agenda(sign_in):
    page = sign_in(member()).get(reverse("intervision:call_off", args=[steering(9).pk]))
    assert [count for _label, count in page.context["facts"]] == [0]


@pytest.mark.parametrize("role", ["support_worker", "referrer", "housing_officer", "administrator"])
def test_others_do_not_read_it(sign_in, role):
    assert sign_in(member(role)).get(url("meeting", steering())).status_code == 404


def test_a_member_reads_and_writes_nothing(sign_in):
    mine, client = steering(), sign_in(member("steering_member"))
    assert client.get(url("meetings")).status_code == 200
    assert [client.post(url(name, mine)).status_code for name in ("decide", "keep")] == [404, 404]


def test_the_page_takes_the_same_queries_with_thirty_decisions(sign_in, assert_same_queries):
    mine, client = steering(), sign_in(member())
    resolve(mine, text="Een.", change=changed(), on=TODAY, by=None)

    def more():
        for number in range(29):
            resolve(mine, text=f"{number}", owner=contact(), on=TODAY, by=None)

    assert_same_queries(lambda: client.get(url("meeting", mine)), more, at_most=15)
