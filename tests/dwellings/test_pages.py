"""One dwelling: its facts, and who lives there as far as the reader may know (P7)."""

import pytest
from django.urls import reverse

from intrek.ground.access.actions import grant
from intrek.ground.access.models import Category, Ground
from intrek.ground.dwellings.actions import add_dwelling, change_dwelling, open_occupancy
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.partners.models import Sector
from intrek.ground.programmes.models import StayTitle
from tests.factories import member, organisation, pathway, programme_brugge, real_today

pytestmark = pytest.mark.django_db


def vivendo():
    return organisation("Vivendo", sector=Sector.HOUSING)


def dwelling(address="Lange Rei 88", owner=None):
    return add_dwelling(programme_brugge(), address, owner=owner or vivendo(), on=real_today(), by=None)


def url(name, *args):
    return reverse(f"dwellings:{name}", args=[each.pk for each in args])


def lives(home):
    made = pathway("running")
    open_occupancy(home, made.person, pathway=made, title=StayTitle.LOAN, from_on=real_today(), by=None)
    return made


FACTS = {"kind": "apartment", "bedrooms": "1", "lift": "yes", "step_free": "unknown"}


def test_a_dwelling_is_added_once_whatever_its_spelling(client):
    client.force_login(member("coordinator", language="en").user)
    client.post(url("add"), FACTS | {"address": "Lange Rei 88", "owner": vivendo().pk})
    home = Dwelling.objects.get()
    assert (home.bedrooms, home.lift, home.owner) == (1, "yes", vivendo())
    page = client.post(url("add"), FACTS | {"address": "LANGE REI, 88"}).content.decode()
    assert "already known" in page
    assert Dwelling.objects.count() == 1


def test_a_landlord_adds_their_own_whatever_they_send(client):
    other = organisation("Sovekans", sector=Sector.HOUSING)
    client.force_login(member("housing_officer", vivendo()).user)
    client.post(url("add"), FACTS | {"address": "Kolenkaai 12", "owner": other.pk})
    assert Dwelling.objects.get().owner == vivendo()


def test_two_who_change_a_dwelling_lose_nothing(client):
    home = dwelling()
    client.force_login(member("coordinator", language="en").user)
    fields = dict(client.get(url("change", home)).context["work"].hidden)
    change_dwelling(Dwelling.objects.get(pk=home.pk), on=real_today(), by=None, note="Van de ander")
    told = FACTS | {"address": home.address, "owner": home.owner_id, "note": "Van mij"}
    page = client.post(url("change", home), fields | told).content.decode()
    assert "Van de ander" in page
    assert "Van mij" in page
    assert Dwelling.objects.get().note == "Van de ander"


def test_a_landlord_reads_of_their_residents_what_is_granted_and_of_others_nothing(client):
    home = dwelling()
    granted = lives(home)
    hidden = lives(dwelling("Kolenkaai 12"))
    grant(granted.pk, vivendo(), ground=Ground.OWN_DWELLING, categories=[Category.TENANCY], from_on=real_today())
    client.force_login(member("housing_officer", vivendo()).user)
    page = client.get(url("dwelling", home)).content.decode()
    assert granted.person.name in page
    assert reverse("desk:pathway", args=[granted.pk]) not in page
    other = Dwelling.objects.get(address="Kolenkaai 12")
    assert hidden.person.name not in client.get(url("dwelling", other)).content.decode()


def test_somebody_elses_dwelling_does_not_exist(client):
    home = dwelling(owner=organisation("Sovekans", sector=Sector.HOUSING))
    client.force_login(member("housing_officer", vivendo()).user)
    assert [client.get(url(name, home)).status_code for name in ("dwelling", "change")] == [404, 404]
    client.force_login(member("referrer").user)
    assert client.get(url("dwelling", home)).status_code == 404


def test_staff_go_from_a_dwelling_to_who_lives_there(client):
    home = dwelling()
    made = lives(home)
    client.force_login(member("support_worker").user)
    assert reverse("desk:pathway", args=[made.pk]) in client.get(url("dwelling", home)).content.decode()
