"""A landlord tells what goes wrong; both sides talk, agree, close it together, or refer the tenant (P16, P22)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.common.refusals import Refused
from intrek.ground.dwellings.actions import add_dwelling
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.post.models import Kind, Message
from intrek.ground.programmes.queries import rule_of
from intrek.story.referral.models import Referral
from intrek.story.support.actions import answer_signal, close_signal, do_agreed, mark_signal_read, raise_signal
from intrek.story.support.models import Signal, SignalWord
from intrek.windows.desk.queries.agenda import candidates
from intrek.windows.desk.queries.day import day_of
from tests.factories import member, organisation, pathway, person, programme_brugge
from tests.intervision.cases import meeting
from tests.referral.made import referral

pytestmark = pytest.mark.django_db
TOLD = {"kind": "arrears", "weight": "serious", "what": "Twee maanden niet betaald.", "tried": "Twee brieven."}


@pytest.fixture
def landlord():
    return member("housing_officer", organisation("Vivendo", sector="housing"))


@pytest.fixture
def home(landlord, today):
    return add_dwelling(programme_brugge(), "Veltemweg 7", owner=landlord.organisation, on=today, by=None)


@pytest.fixture
def coordinator(today):
    return member("coordinator").standing_on(today)


def lived_in(home, today):
    """Somebody of the programme lives there."""
    way = pathway("running", of=person("Linda", "Dhondt"))
    told = {"title": "lease", "from_on": today - timedelta(days=90)}
    Occupancy.objects.create(programme=home.programme, dwelling=home, person=way.person, pathway=way, **told)
    return way


def raised(home, landlord, today, **facts):
    return raise_signal(home, on=today, by=landlord, **TOLD | facts)


def codes(refused):
    return [each.code.value for each in refused.value.reasons]


def test_a_signal_reaches_who_supports_and_who_coordinates_and_has_a_day_to_be_answered(
    home, landlord, coordinator, today
):
    way = lived_in(home, today)
    signal = raised(home, landlord, today, tenant="Iemand anders")
    assert (signal.pathway, signal.tenant, signal.answer_by) == (way, "", today + timedelta(days=5))
    told = Message.objects.get(kind=Kind.SIGNAL)
    assert (told.to, told.number) == (coordinator.contact, way.number)
    assert "Twee maanden niet betaald." in str(day_of(coordinator, today).groups)


def test_a_signal_about_somebody_the_programme_does_not_know_is_on_my_day_too(home, landlord, coordinator, today):
    raised(home, landlord, today, tenant="Nora Peeters")
    [todo] = [shown.todo for group in day_of(coordinator, today).groups for shown in group.todos]
    assert (todo.who, todo.person_id) == ("Nora Peeters", None)


def test_the_dwelling_of_another_landlord_and_a_signal_without_words_are_refused(home, today):
    other = member("housing_officer", organisation("Onze Woning", sector="housing"))
    with pytest.raises(Refused) as refused:
        raised(home, other, today, what=" ")
    assert codes(refused) == ["not_your_dwelling", "nothing_said"]
    assert not Signal.objects.exists()


def test_the_word_goes_back_and_forth_and_the_first_answer_counts(home, landlord, coordinator, today):
    signal = raised(home, landlord, today)
    answer_signal(signal, text="Wij bellen haar.", on=today, by=coordinator)
    signal.refresh_from_db()
    assert (signal.awaits, signal.answered_on) == ("landlord", today)
    assert "niet betaald" not in str(day_of(coordinator, today).groups)
    message = Message.objects.filter(to=landlord.contact).get()
    assert (message.text, message.number, message.pathway_id) == ("Wij bellen haar.", "", None)
    answer_signal(signal, text="Dank.", on=today + timedelta(days=1), by=landlord)
    signal.refresh_from_db()
    assert (signal.awaits, signal.answered_on) == ("programme", today)


def test_what_is_agreed_names_who_does_it_and_by_when(home, landlord, coordinator, today):
    signal = raised(home, landlord, today)
    for facts in ({"due_on": today}, {"for_programme": False}):
        with pytest.raises(Refused) as refused:
            answer_signal(signal, text="Afbetalen.", on=today, by=coordinator, **facts)
        assert codes(refused) == ["who_does_it"]
    late = {"for_programme": True, "due_on": today - timedelta(days=1)}
    with pytest.raises(Refused) as refused:
        answer_signal(signal, text="", on=today, by=coordinator, **late)
    assert codes(refused) == ["nothing_said", "due_passed"]


def agreed_with(landlord, home, coordinator, today):
    """A signal about which the landlord is to do something."""
    signal = raised(home, landlord, today)
    agreed = {"for_programme": False, "due_on": today}
    return signal, answer_signal(signal, text="Afbetalingsplan sturen.", on=today, by=coordinator, **agreed)


def test_who_does_what_was_agreed_says_that_it_is_done_and_says_it_once(home, landlord, coordinator, today):
    _signal, word = agreed_with(landlord, home, coordinator, today)
    with pytest.raises(Refused) as refused:
        do_agreed(word, on=today, by=coordinator)
    assert codes(refused) == ["other_side_does"]
    do_agreed(word, on=today, by=landlord)
    with pytest.raises(Refused) as refused:
        do_agreed(word, on=today, by=landlord)
    assert codes(refused) == ["done_already"]


def test_both_sides_close_it_together_and_not_before_what_was_agreed_is_done(home, landlord, coordinator, today):
    signal, word = agreed_with(landlord, home, coordinator, today)
    with pytest.raises(Refused) as refused:
        close_signal(signal, on=today, by=coordinator)
    assert codes(refused) == ["steps_open"]
    do_agreed(word, on=today, by=landlord)
    assert not close_signal(signal, on=today, by=coordinator).is_closed
    with pytest.raises(Refused) as refused:
        close_signal(signal, on=today, by=coordinator)
    assert codes(refused) == ["closed_by_you"]
    assert close_signal(signal, on=today, by=landlord).is_closed
    with pytest.raises(Refused) as refused:
        answer_signal(signal, text="Toch niet.", on=today, by=landlord)
    assert codes(refused) == ["signal_closed"]


def test_who_speaks_after_the_other_side_closed_it_opens_it_again(home, landlord, coordinator, today):
    signal = raised(home, landlord, today)
    close_signal(signal, on=today, by=coordinator)
    answer_signal(signal, text="Het is nog niet voorbij.", on=today, by=landlord)
    signal.refresh_from_db()
    assert signal.closed_by_programme_on is None
    assert signal.awaits == "programme"


def test_the_landlord_reads_when_it_was_read_and_no_name(home, landlord, coordinator, today, sign_in):
    lived_in(home, today)
    signal = raised(home, landlord, today)
    page = reverse("support:signal", args=[signal.pk])
    assert not mark_signal_read(signal, at=signal.created_at, by=landlord)
    assert "Dhondt" in sign_in(coordinator).get(page).content.decode()
    shown = sign_in(landlord).get(page).content.decode()
    assert f"door {coordinator.label}" in shown
    assert "Dhondt" not in shown
    assert "Dhondt" not in sign_in(landlord).get(reverse("support:signals")).content.decode()


def test_another_landlord_and_other_roles_find_no_signal(home, landlord, today, sign_in):
    signal = raised(home, landlord, today)
    word = answer_signal(signal, text="Dank.", for_programme=False, due_on=today, on=today, by=landlord)
    other = member("housing_officer", organisation("Onze Woning", sector="housing"))
    for reader in (other, member("referrer"), member("steering_member")):
        client = sign_in(reader)
        assert client.get(reverse("support:signal", args=[signal.pk])).status_code == 404
        assert client.post(reverse("support:close_signal", args=[signal.pk])).status_code == 404
        assert client.post(reverse("support:signal_done", args=[word.pk])).status_code == 404
    assert sign_in(other).get(reverse("support:raise_signal", args=[home.pk])).status_code == 404


def test_a_landlord_tells_answers_and_closes_on_pages(home, landlord, today, sign_in):
    client = sign_in(landlord)
    answer = client.post(reverse("support:raise_signal", args=[home.pk]), TOLD | {"tenant": "Nora Peeters"})
    signal = Signal.objects.get()
    assert answer.url == reverse("support:signal", args=[signal.pk])
    told = {"text": "Wij sturen een plan.", "for_programme": "0", "due_on": f"{today:%d/%m/%Y}"}
    assert client.post(answer.url, told).status_code == 302
    word = SignalWord.objects.get()
    assert (word.for_programme, word.due_on) == (False, today)
    refused = client.post(reverse("support:close_signal", args=[signal.pk]), follow=True)
    assert "Wij sturen een plan." in refused.content.decode()
    client.post(reverse("support:signal_done", args=[word.pk]))
    client.post(reverse("support:close_signal", args=[signal.pk]))
    signal.refresh_from_db()
    assert signal.closed_by_landlord_on == today


def test_a_signal_becomes_a_referral_with_nothing_typed_twice(home, landlord, today, sign_in):
    signal = raised(home, landlord, today, tenant="Nora Peeters")
    client = sign_in(landlord)
    step = client.post(reverse("support:refer_signal", args=[signal.pk])).url
    assert step == reverse("referral:step", args=[signal.pk, "referrer"])
    person_page = client.get(reverse("referral:step", args=[signal.pk, "person"])).content.decode()
    housing_page = client.get(reverse("referral:step", args=[signal.pk, "housing"])).content.decode()
    assert all(word in person_page for word in ("Nora", "Peeters"))
    assert all(word in housing_page for word in ("Veltemweg 7", "Twee maanden niet betaald.", "Twee brieven."))
    assert not Referral.objects.exists()


def test_who_was_referred_from_a_signal_is_whom_it_is_about_and_goes_with_them(home, landlord, today):
    signal = raised(home, landlord, today, tenant="Nora Peeters")
    made = referral(by=landlord, track="sitting", care=None, referral_id=signal.pk)
    signal.refresh_from_db()
    assert (signal.pathway, signal.tenant) == (made.pathway, "")
    made.pathway.delete()
    assert not Signal.objects.exists()


def test_who_was_never_referred_is_not_kept_by_name_once_it_is_over(home, landlord, coordinator, today):
    signal = raised(home, landlord, today, tenant="Nora Peeters")
    for side in (landlord, coordinator):
        assert signal.tenant
        signal = close_signal(signal, on=today, by=side)
    assert (signal.is_closed, signal.tenant) == (True, "")


def test_a_signal_about_somebody_who_is_known_is_not_referred_again(home, landlord, today, sign_in):
    lived_in(home, today)
    signal = raised(home, landlord, today)
    assert sign_in(landlord).post(reverse("support:refer_signal", args=[signal.pk])).status_code == 404


def test_an_open_signal_goes_on_the_agenda_and_a_closed_one_does_not(home, landlord, coordinator, today):
    lived_in(home, today)
    signal = raised(home, landlord, today)
    next_one, rule = meeting(7), rule_of(home.programme, today)
    assert [each.why for each in candidates(next_one, rule)] == ["signal"]
    for side in (coordinator, landlord):
        close_signal(signal, on=today, by=side)
    assert candidates(next_one, rule) == []


def test_the_list_takes_no_more_queries_for_many(home, landlord, coordinator, today, sign_in, assert_same_queries):
    raised(home, landlord, today)
    client = sign_in(coordinator)

    def more():
        for _each in range(29):
            raised(home, landlord, today)

    assert_same_queries(lambda: client.get(reverse("support:signals")), more, at_most=10)
