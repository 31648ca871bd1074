"""The landlord's door after support has ended: who the anchor person is, and a knock that opens nothing (P23)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.dwellings.actions import add_dwelling
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.pathways.models import Pathway
from intrek.ground.post.models import Message
from intrek.story.aftercare.actions import close, start_aftercare
from intrek.story.aftercare.models import Knock
from intrek.story.support.actions import end_support
from tests.evaluation.terms import START, sitting_term
from tests.factories import member, organisation

pytestmark = pytest.mark.django_db
ENDED = START + timedelta(days=50)
GOODBYE = {"ended_how": "goals_reached", "home_kept": "yes"}


@pytest.fixture
def worker():
    return member("support_worker")


def read(pathway):
    return Pathway.objects.select_related("person", "programme").get(pk=pathway.pk)


@pytest.fixture
def tenant_home(worker):
    """A dwelling of a landlord in which somebody lives whose support ended and whose pathway is closed."""
    landlord = member("housing_officer", organisation("Vivendo", sector="housing"))
    term = sitting_term(worker)
    end_support(term, on=ENDED, how="goals_reached", by=worker)
    pathway = read(term.pathway)
    told = {"how_to_reach": "050 00 11 22", "from_on": ENDED + timedelta(days=1), "by": worker}
    start_aftercare(pathway, anchor=worker.contact, **told)
    pathway = read(pathway)
    close(pathway, on=ENDED + timedelta(days=30), by=worker, **GOODBYE)
    home = add_dwelling(pathway.programme, "Oliebaan 41", owner=landlord.organisation, on=ENDED, by=None)
    Occupancy.objects.filter(person=pathway.person, until_on=None).update(until_on=ENDED)
    stay = {"title": "lease", "from_on": ENDED + timedelta(days=1)}
    Occupancy.objects.create(programme=pathway.programme, dwelling=home, person=pathway.person, pathway=pathway, **stay)
    return landlord, home, pathway


def test_a_landlord_finds_the_anchor_person_and_knocks_without_opening_the_pathway(tenant_home, worker, sign_in):
    landlord, home, pathway = tenant_home
    page = reverse("aftercare:landlord", args=[home.pk])
    client = sign_in(landlord)
    shown = client.get(page).content.decode()
    assert worker.contact.name in shown
    assert "050 00 11 22" in shown
    assert pathway.person.family_name not in shown
    assert page in client.get(reverse("portal:dwellings")).content.decode()
    assert client.post(page, {"what": "De brievenbus zit vol."}).status_code == 302
    knocked = Knock.objects.get()
    assert (knocked.what, knocked.knocked_by) == ("De brievenbus zit vol.", landlord.contact)
    assert read(pathway).stage == "closed"
    assert set(Message.objects.filter(kind="knock").values_list("to", flat=True)) == {worker.contact_id}


def test_the_landlord_reads_what_is_meant_for_them_and_not_what_was_done(tenant_home, worker, sign_in):
    landlord, home, _pathway = tenant_home
    sign_in(landlord).post(reverse("aftercare:landlord", args=[home.pk]), {"what": "De brievenbus zit vol."})
    knocked = Knock.objects.get()
    today = landlord.on
    told = {"answered_on": f"{today:%d/%m/%Y}", "answer": "Hij was opgenomen.", "told": "Hij is maandag terug."}
    answer = sign_in(worker).post(reverse("aftercare:answer", args=[knocked.pk]), told)
    assert answer.status_code == 302
    shown = sign_in(landlord).get(reverse("aftercare:landlord", args=[home.pk])).content.decode()
    assert "Hij is maandag terug." in shown
    assert "opgenomen" not in shown
    assert Message.objects.get(kind="knock_answered").text == "Hij is maandag terug."


def test_nobody_else_finds_that_door(tenant_home, sign_in):
    _landlord, home, _pathway = tenant_home
    page = reverse("aftercare:landlord", args=[home.pk])
    other = member("housing_officer", organisation("Onze Woning", sector="housing"))
    for reader in (other, member("referrer"), member("coordinator")):
        assert sign_in(reader).get(page).status_code == 404
        assert sign_in(reader).post(page, {"what": "Hallo."}).status_code == 404
    assert not Knock.objects.exists()
