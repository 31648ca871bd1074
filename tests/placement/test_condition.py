"""A dwelling is looked over at entry and at leaving, and what differs is borne by somebody (P13)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from intrek.ground.common.refusals import Refused
from intrek.ground.documents import store
from intrek.ground.documents.actions import make_paper, take_in
from intrek.ground.documents.models import Upload
from intrek.story.placement.actions import (
    add_item,
    bear_difference,
    look_at,
    rest_is_good,
    start_condition,
    take_out_item,
)
from intrek.story.placement.models import ConditionItem, Placement
from intrek.story.placement.queries import conditions_of
from intrek.story.placement.rules import ConditionReason as Why
from tests.documents.hostile_files import photo
from tests.documents.made import paper_of, read, signable
from tests.documents.test_uploads import sent
from tests.factories import member, pathway, real_today
from tests.support.made import dwelling, prepared

pytestmark = pytest.mark.django_db
TODAY = real_today()


@pytest.fixture
def by():
    return member("support_worker")


@pytest.fixture
def stay(by):
    return signable()


def start(stay, moment, by):
    return start_condition(stay, moment, room="Woning", on=TODAY, by=by)


def refused(act, *args, **more):
    with pytest.raises(Refused) as told:
        act(*args, **more)
    return [each.code for each in told.value.reasons]


@pytest.fixture
def entry(stay, by):
    """The bed of the furniture list, and a table with a photo."""
    condition = start(stay, "entry", by)
    table = add_item(condition, room="Keuken", what="Tafel", by=by)
    look_at(table, state="good", remark="Eén kras.", photos=take_in([sent("tafel.jpg", photo())]), by=by)
    return condition


def test_the_list_begins_with_the_furniture_and_needs_every_state(stay, entry, by):
    page = conditions_of(stay)["entry"]
    assert [(each.item.room, each.item.what) for each in page.looked] == [("Keuken", "Tafel"), ("Woning", "Bed")]
    assert [each.what for each in page.open_items] == ["Bed"]
    assert refused(make_paper, paper_of(stay, "condition_report"), on=TODAY, by=by) == ["fact_missing"]
    rest_is_good(entry, by=by)
    words = read(store.fetch(make_paper(paper_of(stay, "condition_report"), on=TODAY, by=by).name))
    assert all(each in words for each in ("Keuken", "Tafel", "Eén kras.", "Keuken: Tafel", "goed"))


def test_at_leaving_the_two_lie_beside_each_other(stay, entry, by):
    rest_is_good(entry, by=by)
    leaving = start(stay, "leaving", by)
    table, bed = (leaving.items.select_related("was").get(what=each) for each in ("Tafel", "Bed"))
    look_at(table, state="damaged", remark="Blad gebarsten.", by=by)
    look_at(bed, state="good", by=by)
    page = conditions_of(stay)["leaving"]
    assert [each.item.what for each in page.differences] == ["Tafel"]
    assert not page.is_settled
    table.refresh_from_db()
    bear_difference(table, bears="resident", amount=Decimal("45.50"), by=by)
    page = conditions_of(stay)["leaving"]
    assert (page.is_settled, page.borne) == (True, Decimal("45.50"))
    words = read(store.fetch(make_paper(paper_of(stay, "leaving_report"), on=TODAY, by=by).name))
    assert "de bewoner: € 45,50" in words.replace("\n", " ").replace("\u200b", "")


def test_what_cannot_be_is_refused_with_every_reason(stay, entry, by):
    assert refused(start, stay, "entry", by) == [Why.STARTED]
    assert refused(start, prepared(home=dwelling("Elders 1")), "leaving", by) == [Why.NO_ENTRY]
    assert refused(add_item, entry, room=" ", what="", by=by) == [Why.NO_ROOM, Why.NO_THING]
    assert refused(add_item, entry, room="keuken", what="TAFEL", by=by) == [Why.LISTED]
    rest_is_good(entry, by=by)
    bed = start(stay, "leaving", by).items.select_related("was").get(what="Bed")
    look_at(bed, state="good", by=by)
    assert refused(bear_difference, bed, bears="resident", by=by) == [Why.NO_DIFFERENCE, Why.NO_AMOUNT]
    assert refused(bear_difference, bed, bears="wear", amount=Decimal(5), by=by) == [
        Why.NO_DIFFERENCE,
        Why.NOBODY_PAYS,
    ]


def test_what_comes_off_the_list_takes_its_photos_along(entry, by, django_capture_on_commit_callbacks):
    table = entry.items.get(what="Tafel")
    kept = Upload.objects.get(of_id=table.pk)
    with django_capture_on_commit_callbacks(execute=True):
        take_out_item(table, by=by)
    assert not Upload.objects.filter(pk=kept.pk).exists()
    assert not store._place(kept.name).exists()


def test_the_next_stay_begins_with_the_list_of_this_one(stay, entry, by):
    rest_is_good(entry, by=by)
    stay.ended_on, stay.ended_how = TODAY, "goals_reached"
    stay.save()
    told = {"programme": stay.programme, "pathway": pathway(), "dwelling": stay.dwelling, "title": stay.title}
    after = Placement.objects.create(**told)
    assert {each.what for each in start(after, "entry", by).items.all()} == {"Tafel", "Bed"}


def test_on_a_phone_one_goes_from_thing_to_thing(stay, sign_in):
    client = sign_in(member("coordinator"))
    page = reverse("placement:condition", args=[stay.pk, "entry"])
    client.post(page, {"on": f"{TODAY:%d/%m/%Y}"})
    client.post(page, {"room": "Keuken", "what": "Tafel"})
    first, last = ConditionItem.objects.order_by("position")
    told = {"room": "Slaapkamer", "state": "worn", "remark": "Doorgezakt.", "photos": [sent("bed.jpg", photo())]}
    answer = client.post(reverse("placement:look_at", args=[first.pk]), told)
    assert answer.url == reverse("placement:look_at", args=[last.pk])
    answer = client.post(reverse("placement:look_at", args=[last.pk]), {"room": "Keuken", "state": "good"})
    assert answer.url == page
    shown = client.get(page).content.decode()
    picture = Upload.objects.get(of_id=first.pk)
    assert reverse("placement:small_photo", args=[picture.pk]) in shown
    assert client.get(reverse("placement:photo", args=[picture.pk]))["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("role", ["housing_officer", "referrer", "steering_member", "administrator"])
def test_the_condition_is_the_teams_own(stay, entry, role, sign_in):
    upload = Upload.objects.get(of_id=entry.items.get(what="Tafel").pk)
    client = sign_in(member(role))
    pages = [reverse("placement:condition", args=[stay.pk, "entry"]), reverse("placement:photo", args=[upload.pk])]
    assert {client.get(each).status_code for each in pages} == {404}


def test_a_long_list_takes_no_query_more(stay, entry, sign_in, assert_same_queries, by):
    client = sign_in(member("coordinator"))

    def grow():
        for number in range(29):
            item = add_item(entry, room="Keuken", what=f"Stoel {number}", by=by)
            look_at(item, state="good", by=by)

    assert_same_queries(lambda: client.get(reverse("placement:condition", args=[stay.pk, "entry"])), grow, at_most=20)
