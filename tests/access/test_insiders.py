"""Inside the house: a file of another team, whom one knows outside of work, and looks that somebody goes over."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from intrek.ground.access.actions import judge
from intrek.ground.access.models import BreakIn, CloseTie, Judgement
from intrek.ground.common.refusals import Refused
from intrek.ground.journal.models import Entry, Look
from intrek.ground.partners.actions import stand_in
from intrek.ground.partners.models import Role
from intrek.ground.post.models import Kind, Message
from intrek.windows.portal.actions import open_outside
from tests.factories import member, pathway, person, real_today, second_programme

pytestmark = pytest.mark.django_db
OUTSIDE, REVIEW, TIE = "portal:outside", "desk:review", "desk:tie"
WHY = "Zij belde in paniek, haar begeleider is ziek."


@pytest.fixture
def wannes():
    """Somebody of the programme of Bruges."""
    member("coordinator")
    return pathway(of=person("Wannes", "Zwartjas"))


@pytest.fixture
def stranger():
    """A support worker of another team."""
    return member("support_worker", programme=second_programme(), name="Katrien Claes")


@pytest.fixture
def officer():
    return member("protection_officer")


def opened(wannes, stranger, **told):
    told = {"reason": WHY, "at": timezone.now()} | told
    return open_outside(programme=wannes.programme_id, number=wannes.number, by=stranger, **told)


def asked(wannes, **told):
    return {"programme": str(wannes.programme_id), "number": wannes.number, "reason": WHY} | told


def file_of(wannes):
    return reverse("portal:outside_file", args=[wannes.pk])


# ---- a file of another team ----


def test_with_a_reason_it_is_open_to_read(wannes, stranger, officer, sign_in):
    client = sign_in(stranger)
    assert client.get(file_of(wannes)).status_code == 404
    answer = client.post(reverse(OUTSIDE), asked(wannes))
    assert answer.url == file_of(wannes)
    page = client.get(answer.url).content.decode()
    assert "Wannes Zwartjas" in page
    assert WHY in page
    assert 'method="post"' not in page.partition("<main")[2].partition("</main")[0], "nothing can be changed in it"


def test_for_an_hour(wannes, stranger, sign_in):
    opened(wannes, stranger, at=timezone.now() - timedelta(minutes=59))
    assert sign_in(stranger).get(file_of(wannes)).status_code == 200
    BreakIn.objects.update(until_at=timezone.now())
    assert sign_in(stranger).get(file_of(wannes)).status_code == 404


def test_to_nobody_else_and_on_no_other_page(wannes, stranger, sign_in):
    opened(wannes, stranger)
    colleague = member("support_worker", programme=second_programme())
    assert sign_in(colleague).get(file_of(wannes)).status_code == 404
    client = sign_in(stranger)
    for name in ("desk:pathway", "people:of_pathway", "people:sharing", "desk:tie"):
        assert client.get(reverse(name, args=[wannes.pk])).status_code == 404, name
    for name in ("desk:referrals", "desk:waiting", "desk:search"):
        found = client.get(reverse(name), {"q": "Zwartjas", "show": "closed"}).content.decode()
        assert wannes.number not in found, name


def test_no_list_takes_it_along(wannes, stranger, sign_in):
    opened(wannes, stranger)
    pathway(of=person("Els", "Elders", programme=stranger.programme))
    sheet = sign_in(stranger).get(reverse("desk:referrals"), {"format": "xlsx"})
    assert sheet["Content-Type"].startswith("application/vnd.openxml")
    assert b"Zwartjas" not in b"".join(cells_of(sheet.content))


def cells_of(content):
    with ZipFile(BytesIO(content)) as whole:
        return [whole.read(name) for name in whole.namelist()]


def test_the_look_stands_in_the_record_of_the_programme_whose_file_it_is(wannes, stranger, sign_in):
    opened(wannes, stranger)
    sign_in(stranger).get(file_of(wannes))
    look = Look.objects.get(member_id=stranger.pk)
    assert (look.programme_id, look.for_label) == (wannes.programme_id, stranger.organisation.name)
    assert look.seen == [str(wannes.person_id)]
    assert Entry.objects.get(verb="access.broken_in").pathway_id == wannes.pk


@pytest.mark.parametrize("has_officer", [True, False])
def test_who_watches_over_it_hears_at_once_and_no_message_tells_of_whom(wannes, stranger, has_officer):
    who = member("protection_officer") if has_officer else None
    opened(wannes, stranger)
    told = Message.objects.filter(kind=Kind.BREAK_IN)
    assert {each.to.memberships.get().role for each in told} == {who.role if who else Role.COORDINATOR}
    assert not told.exclude(text="", number="", pathway_id=None).exists()
    assert not any("Zwartjas" in letter.body for letter in mail.outbox)


def test_every_reason_why_not(wannes, stranger):
    with pytest.raises(Refused) as refused:
        opened(wannes, stranger, reason=" ")
    assert [each.code for each in refused.value.reasons] == ["no_reason"]
    with pytest.raises(Refused) as refused:
        open_outside(programme=stranger.programme_id, number="X-1", reason="", at=timezone.now(), by=stranger)
    assert {each.code for each in refused.value.reasons} == {"no_such_file", "no_reason", "own_programme"}
    assert not BreakIn.objects.exists()
    assert not Message.objects.filter(kind=Kind.BREAK_IN).exists()


def test_what_was_typed_stays_when_it_is_refused(wannes, stranger, sign_in):
    page = sign_in(stranger).post(reverse(OUTSIDE), asked(wannes, number="2020-99")).content.decode()
    assert WHY in page
    assert "2020-99" in page


@pytest.mark.parametrize("role", ["referrer", "housing_officer", "steering_member", "administrator"])
def test_partners_open_no_file_of_another_team(role, sign_in):
    assert sign_in(member(role)).get(reverse(OUTSIDE)).status_code == 404


# ---- looks that somebody goes over ----


def test_it_stands_on_the_list_until_it_is_judged(wannes, stranger, officer, sign_in):
    opened(wannes, stranger, at=timezone.now() - timedelta(days=90))
    client = sign_in(officer)
    page = client.get(reverse(REVIEW))
    (waiting,) = page.context["found"].waiting
    assert (waiting.who, waiting.number, waiting.reason) == ("Katrien Claes", wannes.number, WHY)
    page = reverse("desk:judge", args=[waiting.key])
    assert client.post(page, {"is_in_order": "0", "note": ""}).status_code == 200
    assert not Judgement.objects.exists(), "who finds fault says which"
    assert client.post(page, {"is_in_order": "0", "note": "Geen reden om te kijken."}).url == reverse(REVIEW)
    assert Judgement.objects.get().is_in_order is False
    assert client.get(reverse(REVIEW)).context["found"].waiting == []
    assert client.get(page).status_code == 404, "it is judged once"


def test_of_another_programme_nothing_is_gone_over(wannes, stranger, sign_in):
    opened(wannes, stranger)
    officer_here, officer_there = (
        member("protection_officer"),
        member("protection_officer", programme=second_programme()),
    )
    (waiting,) = sign_in(officer_here).get(reverse(REVIEW)).context["found"].waiting
    there = sign_in(officer_there)
    assert there.get(reverse(REVIEW)).context["found"].waiting == []
    assert there.get(reverse("desk:judge", args=[waiting.key])).status_code == 404


def test_who_knows_somebody_outside_of_work_says_so_and_each_later_look_is_gone_over(wannes, sign_in):
    ruben = member("support_worker", name="Ruben Maes")
    client = sign_in(ruben)
    client.get(reverse("people:of_pathway", args=[wannes.pk]))
    page = client.post(reverse(TIE, args=[wannes.pk]), {"kind": "neighbour"}, follow=True)
    assert page.redirect_chain == [(reverse("desk:day"), 302)]
    coordinator = sign_in(member("coordinator"))
    assert coordinator.get(reverse(REVIEW)).context["found"].waiting == [], "what came before is no matter"
    for _ in range(2):
        client.get(reverse("people:of_pathway", args=[wannes.pk]))
    (waiting,) = coordinator.get(reverse(REVIEW)).context["found"].waiting
    assert (waiting.who, waiting.number) == ("Ruben Maes", wannes.number)
    client.post(reverse(TIE, args=[wannes.pk]), {"kind": ""})
    client.get(reverse("people:of_pathway", args=[wannes.pk]))
    (waiting,) = coordinator.get(reverse(REVIEW)).context["found"].waiting
    assert waiting.weight % 10_000 == 2, "who takes it back takes no look off the list, and adds none"
    assert CloseTie.objects.get().ended_at


def test_many_files_in_few_minutes_stand_on_the_list_and_a_list_of_many_does_not(sign_in):
    ruben, rule = member("support_worker", name="Ruben Maes"), member("coordinator").programme.rules.get()
    rule.many_files, rule.many_minutes = 3, 5
    rule.save()
    ways, client = [pathway() for _ in range(4)], sign_in(ruben)
    client.get(reverse("desk:referrals"))
    coordinator = sign_in(member("coordinator"))
    for each in ways[:2]:
        client.get(reverse("people:of_pathway", args=[each.pk]))
        client.get(reverse("people:of_pathway", args=[each.pk]))
    assert coordinator.get(reverse(REVIEW)).context["found"].waiting == []
    for each in ways[2:]:
        client.get(reverse("people:of_pathway", args=[each.pk]))
    (waiting,) = coordinator.get(reverse(REVIEW)).context["found"].waiting
    assert (waiting.who, waiting.weight) == ("Ruben Maes", 4)


def test_of_two_who_judge_at_once_one_hears_that_the_other_did(wannes, stranger, officer, monkeypatch):
    about = opened(wannes, stranger)
    told = {"pathway_id": wannes.pk, "week_on": real_today(), "reader_id": stranger.user_id, "is_in_order": True}
    told |= {"at": timezone.now(), "by": officer}
    judge("break_in", about.pk, **told)
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda _rows: False)
    with pytest.raises(Refused, match=f"{officer.contact.name} judged this already"):
        judge("break_in", about.pk, **told)
    assert Judgement.objects.count() == 1


def test_nobody_judges_their_own_looks(wannes, sign_in):
    an = member("coordinator", name="An Peeters")
    client = sign_in(an)
    client.post(reverse(TIE, args=[wannes.pk]), {"kind": "family"})
    client.get(reverse("people:of_pathway", args=[wannes.pk]))
    (waiting,) = client.get(reverse(REVIEW)).context["found"].waiting
    page = client.post(reverse("desk:judge", args=[waiting.key]), {"is_in_order": "1", "note": ""})
    assert page.status_code == 200
    assert not Judgement.objects.exists()


def test_at_most_so_many_a_week_and_whom_one_knows_comes_first(sign_in):
    an = member("coordinator")
    rule = an.programme.rules.get()
    rule.many_files, rule.many_minutes, rule.reviewed_a_week = 2, 5, 2
    rule.save()
    ways = [pathway() for _ in range(3)]
    workers = [member("support_worker", name=f"Werker {number}") for number in range(3)]
    for worker in workers:
        client = sign_in(worker)
        for each in ways[:2]:
            client.get(reverse("people:of_pathway", args=[each.pk]))
    last = sign_in(workers[2])
    last.post(reverse(TIE, args=[ways[2].pk]), {"kind": "family"})
    last.get(reverse("people:of_pathway", args=[ways[2].pk]))
    waiting = sign_in(an).get(reverse(REVIEW)).context["found"].waiting
    assert [each.concern.value for each in waiting] == ["tie", "many"]


def test_the_list_takes_no_query_more_for_more_looks(wannes, stranger, officer, sign_in, assert_same_queries):
    client = sign_in(officer)
    opened(wannes, stranger)
    client.get(reverse(REVIEW))

    def more():
        for _ in range(29):
            opened(wannes, stranger)

    assert_same_queries(lambda: client.get(reverse(REVIEW)), more, at_most=14)


# ---- standing in ----


def test_a_colleague_of_another_team_is_one_of_this_team_for_a_while(wannes, stranger, sign_in):
    an, today = member("coordinator"), real_today()
    page, last = reverse("partners:stand_in"), today + timedelta(days=7)
    sent = {"colleague": str(stranger.pk), "from_on": f"{today:%d/%m/%Y}", "until_on": f"{last:%d/%m/%Y}"}
    assert sign_in(an).post(page, sent).url == reverse("partners:accounts")
    held = stranger.user.memberships.get(programme=an.programme)
    assert (held.role, held.until_on) == (Role.SUPPORT_WORKER, last)
    assert sign_in(held.standing_on(today)).get(reverse("people:of_pathway", args=[wannes.pk])).status_code == 200
    held.until_on = today - timedelta(days=1)
    held.save()
    client = sign_in(stranger)
    assert client.get(reverse("people:of_pathway", args=[wannes.pk])).status_code == 404


def test_a_stand_in_has_a_last_day_after_the_first(stranger):
    an, today = member("coordinator"), real_today()
    with pytest.raises(Refused, match="lies before the first"):
        stand_in(stranger, from_on=today, until_on=today - timedelta(days=1), by=an)
    assert not stranger.user.memberships.filter(programme=an.programme).exists()


def test_a_second_time_it_is_the_same_colleague(stranger):
    an, today = member("coordinator"), real_today()
    first = stand_in(stranger, from_on=today, until_on=today, by=an)
    again = stand_in(stranger, from_on=today + timedelta(days=7), until_on=today + timedelta(days=9), by=an)
    assert first.contact_id == again.contact_id
    with pytest.raises(Refused, match="already holds"):
        stand_in(stranger, from_on=today + timedelta(days=8), until_on=today + timedelta(days=9), by=an)
