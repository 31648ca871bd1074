"""A stay from preparation to the keys, and what hangs on it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from intrek.ground.common.refusals import Refused
from intrek.ground.documents.models import Paper
from intrek.story.allocation.actions import release
from intrek.story.placement import actions, queries
from intrek.story.placement.models import Furnishing, NoDomicile, Placement, UsageFee
from tests.factories import contact, lead_of, member, pathway, programme_brugge, real_today
from tests.support.made import FIRST, allocation, dwelling, prepared, sign_all, trial_term

pytestmark = pytest.mark.django_db

TODAY = real_today()


def codes_of(refused):
    return [each.code.value for each in refused.value.reasons]


@pytest.fixture
def me():
    return member("coordinator", name="An Coördinator")


@pytest.fixture
def ask(client, me):
    client.force_login(me.user)

    def go(name, row, answers=None):
        url = reverse(f"placement:{name}", args=row if isinstance(row, list) else [row])
        return client.get(url) if answers is None else client.post(url, answers)

    return go


def day(on):
    return f"{on.day}/{on.month}/{on.year}"


def test_a_prepared_stay_has_its_papers_ready_and_waits_for_them():
    stay = prepared(months=6)
    assert (stay.title, stay.agreed_last_day) == ("loan", date(2026, 9, 1))
    assert Paper.objects.filter(stay_id=stay.pk).count() == 9
    way = stay.pathway
    assert (way.stage, way.awaits, way.awaits_by) == ("allocated", "papers", FIRST)


@pytest.mark.parametrize(("months", "reason"), [(5, "too_short"), (13, "too_long")])
def test_a_stay_of_five_or_thirteen_months_is_refused_and_leaves_nothing(months, reason):
    with pytest.raises(Refused) as refused:
        prepared(months=months)
    assert codes_of(refused) == [reason]
    assert not Placement.objects.filter(programme=programme_brugge()).exists()
    assert not Paper.objects.filter(programme=programme_brugge()).exists()


def test_a_candidate_who_did_not_accept_gets_no_stay():
    with pytest.raises(Refused) as refused:
        prepared(accepted_on=None)
    assert codes_of(refused) == ["not_accepted"]


def test_a_dwelling_holds_one_open_stay_and_the_second_hears_whose_it_is():
    home = dwelling()
    first = trial_term(home=home)
    again = allocation_of_a_lived_in(home)
    with pytest.raises(Refused) as refused:
        actions.prepare_placement(again, starts_on=FIRST, months=6, by=None)
    assert codes_of(refused) == ["dwelling_taken"]
    assert first.pathway.person.name in str(refused.value)


def allocation_of_a_lived_in(home):
    made = allocation(home=dwelling("Elders 1"), of=pathway("allocated", on=date(2025, 12, 2)))
    made.offer.dwelling = home
    return made


def test_one_person_has_one_open_stay():
    term = trial_term()
    other = allocation(home=dwelling("Elders 1"), of=pathway("allocated", of=None))
    other.pathway = term.pathway
    with pytest.raises(Refused) as refused:
        actions.prepare_placement(other, starts_on=FIRST, months=6, by=None)
    assert codes_of(refused) == ["has_stay"]


def test_a_stay_that_is_called_off_frees_the_dwelling_and_the_person_waits_again(me):
    stay = prepared()
    actions.call_off(stay, why="Toch te ver van de dochter.", on=TODAY, by=me)
    stay.pathway.refresh_from_db()
    assert (stay.pathway.stage, stay.pathway.awaits) == ("waiting", "dwelling")
    assert not Placement.objects.open().filter(pk=stay.pk).exists()
    with pytest.raises(Refused) as refused:
        actions.call_off(stay, why="", on=TODAY, by=me)
    assert codes_of(refused) == ["ended_already", "no_why"]


def test_a_candidate_who_gives_the_dwelling_back_gets_no_keys_and_stands_in_nobodys_way(me):
    stay = sign_all(prepared())
    release(stay.allocation, on=date(2026, 2, 27), by=me)
    assert [each.code.value for each in queries.key_reasons_of(stay, on=FIRST)] == ["released"]
    next_one = allocation(home=dwelling("Elders 1"), of=pathway("allocated", on=date(2025, 12, 2)))
    next_one.offer.dwelling = stay.dwelling
    assert actions.prepare_placement(next_one, starts_on=FIRST, months=6, by=me).dwelling == stay.dwelling
    stay.refresh_from_db()
    assert stay.ended_on == date(2026, 2, 27)


def test_a_new_fee_leaves_the_old_one_as_it_was(me):
    stay = prepared()
    actions.set_fee(stay, from_on=FIRST, by=me, stay=Decimal(240), gas=Decimal(40))
    actions.set_fee(stay, from_on=date(2026, 6, 1), by=me, stay=Decimal(250), gas=Decimal(40))
    fees = queries.fees_of(stay)
    assert [(each.fee.from_on, each.until_on, each.total) for each in fees] == [
        (date(2026, 6, 1), None, Decimal(290)),
        (FIRST, date(2026, 5, 31), Decimal(280)),
    ]
    assert queries.fee_on(fees, date(2026, 5, 31)).total == Decimal(280)
    assert queries.fee_on(fees, date(2026, 6, 1)).total == Decimal(290)


def test_the_usual_furniture_is_listed_once_however_often_one_asks(me):
    home = dwelling()
    count = len(actions.list_usual_furnishing(home, by=me))
    assert count == 12
    assert actions.list_usual_furnishing(home, by=me) == []
    with pytest.raises(Refused) as refused:
        actions.list_furnishing(home, what=str(home.furnishings.first().what).upper(), by=me)
    assert codes_of(refused) == ["already_listed"]


def test_the_reference_address_keeps_its_latest_contact(me):
    stay = prepared()
    reviewer = contact("Nazicht", at=lead_of(programme_brugge()))
    facts = {"reason": "Proefwonen", "real_address": "OCMW", "from_on": FIRST, "reviewer": reviewer}
    known = actions.set_no_domicile(stay, is_reference_address=True, by=me, **facts)
    actions.note_contact(known, on=TODAY, by=me)
    actions.note_contact(known, on=TODAY - timedelta(days=9), by=me)
    assert NoDomicile.objects.get(pk=known.pk).last_contact_on == TODAY


def test_a_stay_that_deviates_says_why_and_what_was_learned(me):
    stay = prepared()
    with pytest.raises(Refused) as refused:
        actions.add_deviation(stay, what="", reason="", approved_by=me.contact, review_on=TODAY, by=me)
    assert codes_of(refused) == ["nothing_deviates", "no_reason"]
    found = actions.add_deviation(
        stay, what="Domicilie mag", reason="Kind op school", approved_by=me.contact, review_on=TODAY, by=me
    )
    assert actions.write_learned(found, learned="Het werkt.", by=me).learned == "Het werkt."


def test_the_page_of_a_stay_names_each_missing_paper_and_where_to_sign(ask):
    stay = prepared()
    page = ask("stay", stay.pk).content.decode()
    assert page.count(reverse("documents:of_stay", args=[stay.pk])) >= 6
    assert reverse("support:start_stay", args=[stay.pk]) not in page
    sign_all(stay)
    assert reverse("support:start_stay", args=[stay.pk]) in ask("stay", stay.pk).content.decode()


def test_a_stay_is_prepared_from_the_page(ask):
    found = allocation()
    assert reverse("placement:prepare", args=[found.pk]) in ask("of_pathway", found.pathway_id).content.decode()
    assert ask("prepare", found.pk, {"starts_on": day(TODAY), "months": "13"}).status_code == 200
    assert not Placement.objects.filter(allocation=found).exists()
    assert ask("prepare", found.pk, {"starts_on": day(TODAY), "months": "12"}).status_code == 302
    assert Placement.objects.get(allocation=found).starts_on == TODAY


def test_the_fee_is_typed_as_people_write_it(ask):
    stay = prepared()
    assert ask("fee", stay.pk, {"from_on": day(FIRST), "stay": "240", "water": "25,50"}).status_code == 302
    assert UsageFee.objects.get(placement=stay).water == Decimal("25.50")
    page = ask("fee", stay.pk).content.decode()
    assert "265,50" in page


def test_furniture_is_listed_and_put_in_place_on_the_page(ask):
    stay = prepared()
    ask("list_usual", stay.pk, {})
    thing = Furnishing.objects.filter(dwelling=stay.dwelling).order_by("position").first()
    ask("furnish", [stay.pk, thing.pk], {})
    thing.refresh_from_db()
    assert thing.done_on == TODAY
    assert ask("furnishing", stay.pk, {"what": "Fietsenrek"}).status_code == 302
    assert "Fietsenrek" in ask("furnishing", stay.pk).content.decode()


def test_domicile_deviation_and_days_have_their_pages(ask, me):
    stay = prepared()
    answers = {"reason": "Proef", "real_address": "OCMW", "from_on": day(FIRST), "reviewer": me.contact_id}
    assert ask("domicile", stay.pk, answers | {"is_reference_address": "on"}).status_code == 302
    assert ask("contact", stay.pk, {"on": day(TODAY)}).status_code == 302
    deviation = {"what": "Huisdier", "reason": "Rust", "approved_by": me.contact_id, "review_on": day(TODAY)}
    assert ask("deviate", stay.pk, deviation).status_code == 302
    assert ask("change_days", stay.pk, {"starts_on": day(TODAY), "months": "6"}).status_code == 302
    page = ask("stay", stay.pk).content.decode()
    assert "Huisdier" in page
    assert "OCMW" in page


@pytest.mark.parametrize("role", ["referrer", "housing_officer", "steering_member"])
def test_a_stay_is_for_the_team_alone(client, role):
    stay = prepared()
    client.force_login(member(role).user)
    for name in ("stay", "fee", "furnishing", "domicile"):
        assert client.get(reverse(f"placement:{name}", args=[stay.pk])).status_code == 404
