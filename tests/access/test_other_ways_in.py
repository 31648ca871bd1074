"""What somebody tries who does not walk through the door: another's ids, keys and addresses in what they send (P7)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from intrek.ground.access.actions import end_grants
from intrek.ground.access.models import Ground
from intrek.ground.accounts.actions import keep_draft
from intrek.ground.accounts.models import Draft
from intrek.ground.partners.models import Sector
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind, Message
from intrek.story.referral.models import Referral
from intrek.story.referral.rules import draft_key
from tests.factories import member, organisation, pathway, person, real_today, second_programme
from tests.referral.made import referral
from tests.referral.test_form import EIGHT, fill, hand_in

pytestmark = pytest.mark.django_db
ELSEWHERE = "https://elsewhere.example/"
KNOWN = {
    "given_name": "Wannes",
    "family_name": "Zwartjas",
    "register_number": "85073003328",
    "birth_on": date(1985, 7, 30),
}
TYPED = EIGHT | {
    "person": {
        "given_name": "Wannes",
        "family_name": "Zwartjas",
        "register_number": "85073003328",
        "birth_on": "30/7/1985",
    }
}


def told_to(client, typed):
    """What the form says of a person before and after it is handed in, without what differs each time."""
    draft = fill(client, typed)
    before = client.get(reverse("referral:check", args=[draft])).content.decode()
    after = hand_in(client, draft)
    return before, after.redirect_chain, after.content.decode()


def test_a_referrer_does_not_learn_that_another_organisation_referred_the_same_person(sign_in):
    referral(person(**KNOWN), by=member("referrer", organisation("de Sleutel")))
    before, way, after = told_to(sign_in(member("referrer")), TYPED)
    assert "Mogelijk" not in before
    assert "eerder" not in before
    assert len(way) == 1
    assert way[0][0].startswith("/referrals/of/")
    assert Referral.objects.count() == 2
    assert after.count("Zwartjas") > 0
    assert Referral.objects.order_by("created_at").first().pathway.number not in before + after


def test_the_team_is_told_of_that_same_person(sign_in):
    referral(person(**KNOWN), by=member("referrer", organisation("de Sleutel")))
    made = referral(person(**KNOWN))
    page = sign_in(member("coordinator")).get(reverse("referral:same_person", args=[made.pathway_id]))
    assert page.content.decode().count("Zwartjas") > 1


def test_handing_in_under_the_id_of_anothers_referral_tells_nothing_of_it(sign_in):
    theirs = referral(by=member("referrer", organisation("de Sleutel")))
    client = sign_in(member("referrer"))
    fill(client, EIGHT, draft=theirs.pk)
    page = client.post(reverse("referral:check", args=[theirs.pk]), follow=True)
    assert Referral.objects.filter(organisation=organisation()).count() == 1
    assert theirs.pathway.number not in page.content.decode()
    assert str(theirs.pathway_id) not in page.content.decode() + str(page.redirect_chain)


def test_what_seems_met_is_said_of_ones_own_typing_only(sign_in):
    ours, theirs, draft = member("referrer"), member("referrer"), uuid4()
    fill(sign_in(theirs), EIGHT, draft=draft)
    address = reverse("eligibility:typing", args=[draft, "check"])
    assert len(sign_in(theirs).get(address).content) > len(sign_in(ours).get(address).content)


@pytest.mark.parametrize("page", ["accounts:keep_draft", "accounts:end_draft"])
def test_the_drafts_of_another_are_neither_read_nor_overwritten_nor_thrown_away(sign_in, page):
    ours, theirs = member("referrer"), member("referrer")
    key = draft_key(uuid4(), "person")
    keep_draft(theirs.user, key, answers={"given_name": ["Geheim"]}, programme_id=theirs.programme_id)
    answer = sign_in(ours).post(reverse(page, args=[key]), {"given_name": "Vreemd"}, follow=True)
    assert "Geheim" not in answer.content.decode()
    assert Draft.objects.get(user=theirs.user).data == {"given_name": ["Geheim"]}


def test_a_referrer_cannot_refer_for_another_organisation(sign_in):
    ours, theirs = member("referrer"), organisation("de Sleutel")
    first = {"referrer": EIGHT["referrer"] | {"organisation": str(theirs.pk)}}
    hand_in(sign_in(ours), fill(sign_in(ours), EIGHT | first))
    assert Referral.objects.get().organisation == ours.organisation


def test_a_housing_officer_who_sends_care_all_the_same_has_none_of_it_kept(sign_in):
    officer = member("housing_officer")
    care = {"mental_health": "diagnosed", "mental_health_note": "Stiekem", "justice_note": "Stiekem"}
    steps = {key: value | care for key, value in EIGHT.items() if key != "health"}
    steps["support"] = steps["support"] | {"informed": "yes", "support_need": "Buren."}
    hand_in(sign_in(officer), fill(sign_in(officer), steps))
    made = Referral.objects.get()
    assert (made.care.mental_health, made.care.mental_health_note, made.care.justice_note) == ("unknown", "", "")
    assert "Stiekem" not in str(made.said)


def test_search_finds_nobody_of_another_programme(sign_in):
    pathway(of=person("Wannes", "Zwartjas", programme=second_programme()))
    seeker = sign_in(member("coordinator"))
    page = seeker.get(reverse("desk:search"), {"q": "Zwartjas"})
    assert "Wannes" not in page.content.decode()
    own = pathway(of=person("Wannes", "Zwartjas"))
    assert str(own.pk) in seeker.get(reverse("desk:search"), {"q": "Zwartjas"}).content.decode()


def test_the_rows_behind_a_figure_are_of_ones_own_programme_whatever_referrer_is_asked_for(sign_in):
    wannes = person("Wannes", "Zwartjas", programme=second_programme())
    foreign = pathway(of=wannes, referred_by=organisation("Verzwegen vzw", programme=second_programme()))
    client, address = sign_in(member("coordinator")), reverse("steering:rows", args=["referrals"])
    page = client.get(address, {"referrer": str(foreign.referred_by_id)}).content.decode()
    assert "Zwartjas" not in page
    assert "Verzwegen" not in page


def test_a_message_to_another_is_neither_opened_nor_marked_as_read(sign_in):
    made, theirs = pathway(), member("referrer")
    send(theirs.contact, Kind.DECISION, pathway=made, text="Zwartjas is aanvaard", by=None)
    message = Message.objects.get()
    ours = sign_in(member("referrer"))
    assert ours.post(reverse("post:open", args=[message.pk]), {"go": "1"}).status_code == 404
    ours.post(reverse("post:read_all"))
    message.refresh_from_db()
    assert message.read_at is None


def test_a_message_says_no_more_once_sight_of_it_ended(sign_in):
    reader = member("referrer")
    made, yesterday = pathway(referred_by=reader.organisation), real_today() - timedelta(days=1)
    send(reader.contact, Kind.DECISION, pathway=made, text="Zwartjas is aanvaard", by=None)
    assert "Zwartjas" in sign_in(reader).get(reverse("post:inbox")).content.decode()
    end_grants(made.pk, reader.organisation, ground=Ground.OWN_REFERRAL, last_day=yesterday)
    for page in ("post:inbox", "portal:home"):
        assert "Zwartjas" not in sign_in(reader).get(reverse(page)).content.decode()


def test_a_message_sends_nobody_to_another_site(sign_in):
    reader = member("referrer")
    send(reader.contact, Kind.DECISION, path=ELSEWHERE, by=None)
    opened = sign_in(reader).post(reverse("post:open", args=[Message.objects.get().pk]), {"go": "1"})
    assert opened["Location"].startswith("/")


@pytest.mark.parametrize("address", ["/accounts/login/", "/i18n/setlang/"])
def test_signing_in_and_choosing_a_language_stay_on_this_site(client, address):
    somebody = member("referrer")
    told = {"login": somebody.user.email, "password": "een goed wachtwoord", "language": "fr", "next": ELSEWHERE}
    assert "elsewhere" not in client.post(address, told).get("Location", "")


def test_a_landlord_adds_and_changes_dwellings_for_nobody_else(sign_in):
    officer, other = member("housing_officer"), organisation("Sovekans", sector=Sector.HOUSING)
    told = {
        "address": "Ezelstraat 4",
        "municipality": "Brugge",
        "kind": "house",
        "lift": "unknown",
        "step_free": "unknown",
    }
    sign_in(officer).post(reverse("dwellings:add"), told | {"owner": str(other.pk)})
    made = officer.organisation.dwellings.get()
    sign_in(officer).post(reverse("dwellings:change", args=[made.pk]), told | {"owner": str(other.pk), "note": "x"})
    made.refresh_from_db()
    assert (made.owner, other.dwellings.count()) == (officer.organisation, 0)


def test_nobody_works_under_the_role_of_another(sign_in):
    ours, theirs = member("referrer"), member("coordinator")
    client = sign_in(ours)
    assert client.post(reverse("access:switch"), {"membership": str(theirs.pk)}).status_code == 404
    session = client.session
    session["membership"] = str(theirs.pk)
    session.save()
    assert client.get(reverse("desk:day")).status_code == 404


@pytest.mark.parametrize("role", ["referrer", "housing_officer"])
def test_nobody_withdraws_the_referral_of_another_organisation(sign_in, role):
    theirs = referral(by=member("referrer", organisation("de Sleutel")))
    told = {"withdrawn_by": "client", "on": real_today().isoformat(), "why": "zomaar"}
    answer = sign_in(member(role)).post(reverse("referral:withdraw", args=[theirs.pathway_id]), told)
    theirs.refresh_from_db()
    assert (answer.status_code, theirs.withdrawn_on) == (404, None)
