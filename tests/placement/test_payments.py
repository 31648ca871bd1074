"""The usage fee is asked, paid, corrected and told to the bookkeeper (P9)."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from intrek.ground.common.refusals import Refused
from intrek.ground.programmes.actions import change_programme_rule
from intrek.ground.programmes.queries import rule_of
from intrek.story.placement.actions import (
    ask_all,
    ask_payment,
    book_payment,
    correct_request,
    set_fee,
    take_back_payment,
)
from intrek.story.placement.bills import code_of
from intrek.story.placement.models import Payment, PaymentRequest
from intrek.story.placement.queries import standings
from intrek.story.placement.rules import FeeReason
from tests.factories import member, programme_brugge, real_today, second_programme
from tests.support.made import FIRST, dwelling, trial_term

pytestmark = pytest.mark.django_db

TODAY = real_today()
MARCH, APRIL = FIRST.replace(day=1), FIRST.replace(month=4, day=1)


@pytest.fixture
def an():
    return member("coordinator")


@pytest.fixture
def stay():
    made = trial_term().placement
    set_fee(made, from_on=FIRST, by=None, stay=Decimal(310), water=Decimal(31))
    return made


def asked(stay, month=APRIL, by=None):
    return ask_payment(stay, month=month, on=TODAY, by=by)


def codes(refused):
    return [each.code for each in refused.value.reasons]


def test_the_first_month_is_asked_from_the_keys_on(stay):
    request = asked(stay, MARCH)
    assert (request.days, request.total, request.due_on) == (30, Decimal("330.00"), TODAY + timedelta(days=14))
    assert request.parts == {"stay": "300.00", "water": "30.00"}


def test_a_month_is_asked_once_and_not_before_it_is_near(stay):
    asked(stay)
    with pytest.raises(Refused) as refused:
        asked(stay)
    assert codes(refused) == [FeeReason.MONTH_ASKED]
    with pytest.raises(Refused) as refused:
        asked(stay, TODAY.replace(day=1) + timedelta(days=400))
    assert FeeReason.MONTH_TO_COME in codes(refused)
    assert FeeReason.NO_DAYS in codes(refused)


def test_without_a_fee_nothing_is_asked():
    bare = trial_term(home=dwelling("Elders 1")).placement
    with pytest.raises(Refused) as refused:
        asked(bare)
    assert codes(refused) == [FeeReason.NO_FEE]


def test_every_month_that_began_is_asked_at_once_each_under_its_own_number(stay, an):
    made, reasons = ask_all([stay], on=TODAY, by=an)
    assert (len(made), reasons) == (len({each.number for each in made}), [])
    assert [each.month for each in made][:2] == [MARCH, APRIL]
    assert ask_all([stay], on=TODAY, by=an) == ([], [])


def test_two_programmes_count_their_own_numbers(stay):
    here = asked(stay).number
    assert here == f"{TODAY.year}000001"
    assert not PaymentRequest.objects.filter(programme=second_programme()).exists()


def test_a_payment_leaves_what_is_open_and_more_than_that_needs_a_reason(stay, an):
    request = asked(stay)
    book_payment(request, amount=Decimal(100), paid_on=TODAY, by=an)
    assert request.open_amount == Decimal("241.00")
    with pytest.raises(Refused) as refused:
        book_payment(request, amount=Decimal(300), paid_on=TODAY + timedelta(days=1), by=an)
    assert codes(refused) == [FeeReason.PAID_LATER, FeeReason.WHY_MORE]
    with pytest.raises(Refused):
        book_payment(request, amount=Decimal(0), paid_on=TODAY, by=an)
    book_payment(request, amount=Decimal(300), paid_on=TODAY, why="Betaalde ook mei.", by=an)
    assert request.open_amount == Decimal("-59.00")


def test_a_payment_is_taken_back_once_and_with_a_reason(stay, an):
    request = asked(stay)
    payment = book_payment(request, amount=Decimal(341), paid_on=TODAY, by=an)
    with pytest.raises(Refused):
        take_back_payment(payment, why=" ", on=TODAY, by=an)
    against = take_back_payment(payment, why="Was van iemand anders.", on=TODAY, by=an)
    request.refresh_from_db()
    assert (request.open_amount, Payment.objects.count()) == (Decimal("341.00"), 2)
    for each in (payment, against):
        with pytest.raises(Refused) as refused:
            take_back_payment(each, why="Nog eens.", on=TODAY, by=an)
        assert codes(refused) == [FeeReason.TAKEN_BACK]


def test_a_fee_does_not_change_in_a_month_that_was_asked(stay):
    asked(stay)
    with pytest.raises(Refused) as refused:
        set_fee(stay, from_on=APRIL, by=None, stay=Decimal(100))
    assert codes(refused) == [FeeReason.FEE_MONTH_ASKED]
    assert stay.fees.count() == 1
    set_fee(stay, from_on=APRIL.replace(month=5), by=None, stay=Decimal(100))


def test_what_was_asked_is_corrected_with_a_reason_when_the_stay_ended_earlier(stay, an):
    request = asked(stay)
    with pytest.raises(Refused) as refused:
        correct_request(request, why="", on=TODAY, by=an)
    assert codes(refused) == [FeeReason.WHY_CORRECT, FeeReason.SAME_AMOUNT]
    stay.ended_on = APRIL.replace(day=15)
    stay.save()
    request.placement.refresh_from_db()
    assert correct_request(request, why="Vroeger vertrokken.", on=TODAY, by=an).total == Decimal("170.50")


def test_a_month_that_comes_to_something_else_now_says_so(stay, sign_in, an):
    asked(stay, MARCH)
    client, page = sign_in(an), reverse("placement:payments", args=[stay.pk])
    assert "komt nu op" not in client.get(page).content.decode()
    stay.ended_on = MARCH.replace(day=16)
    stay.save()
    assert "komt nu op € 165,00" in client.get(page).content.decode().replace("\xa0", " ")


def test_the_page_of_a_stay_asks_the_same_with_one_month_and_with_many(stay, sign_in, an, assert_same_queries):
    asked(stay, MARCH)
    client = sign_in(an)

    def grow():
        ask_all([stay], on=TODAY, by=an)

    assert_same_queries(lambda: client.get(reverse("placement:payments", args=[stay.pk])), grow, at_most=25)


def test_what_is_open_too_long_or_too_high_is_a_signal(stay, an):
    asked(stay)
    rule = rule_of(stay.programme, TODAY)
    (young,) = standings(an, rule, TODAY)
    assert (young.open_amount, young.since, young.is_arrears) == (Decimal("341.00"), None, False)
    (old,) = standings(an, rule, TODAY + timedelta(days=14 + 43))
    assert old.is_arrears
    asked(stay, MARCH)
    asked(stay, APRIL.replace(month=5))
    (high,) = standings(an, rule, TODAY)
    assert high.is_arrears


def test_a_code_to_pay_by_is_made_once_there_is_an_account(stay):
    request, programme = asked(stay), programme_brugge()
    assert code_of(request, rule_of(programme, TODAY)) == ""
    told = {"fee_iban": "BE68 5390 0754 7034", "fee_payee": "OCMW Brugge"}
    rule = change_programme_rule(programme, from_on=TODAY, on=TODAY, by=None, **told)
    assert code_of(request, rule).startswith("<svg")
    book_payment(request, amount=request.total, paid_on=TODAY, by=None)
    assert code_of(request, rule) == ""


def test_the_pages(stay, sign_in, an):
    client = sign_in(an)
    assert client.post(reverse("placement:ask", args=[stay.pk])).status_code == 302
    request = PaymentRequest.objects.order_by("month").first()
    page = reverse("placement:asked", args=[request.pk])
    assert request.reference in client.get(page).content.decode()
    told = {"amount": "330,00", "paid_on": f"{TODAY:%d/%m/%Y}"}
    assert client.post(page, told).status_code == 302
    shown = client.get(reverse("placement:payments", args=[stay.pk])).content.decode()
    assert "staat open" in shown
    for name, pk in (("statement", stay.pk), ("request_paper", request.pk)):
        answer = client.get(reverse(f"placement:{name}", args=[pk]))
        words = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
        assert stay.pathway.person.name in words
        assert answer["Content-Disposition"].startswith("attachment")
    assert stay.pathway.person.name in client.get(reverse("placement:ledger")).content.decode()


def test_a_sheet_that_cannot_be_printed_says_why_on_the_page_it_was_asked_from(stay, sign_in, an):
    request, client = asked(stay), sign_in(an)
    stay.pathway.person.given_name = "中"
    stay.pathway.person.save()
    for name, pk in (("statement", stay.pk), ("request_paper", request.pk)):
        answer = client.get(reverse(f"placement:{name}", args=[pk]), follow=True)
        assert "identiteitskaart" in answer.content.decode()


def test_the_bookkeeper_gets_every_month_as_excel_writes_it(stay, sign_in, an):
    asked(stay)
    client, page = sign_in(an), reverse("placement:ledger")
    (heading, row) = (
        CalamineWorkbook.from_filelike(BytesIO(client.get(page, {"format": "xlsx"}).content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert dict(zip(heading, row, strict=True))["Gevraagd"] == 341.0
    text = client.get(page, {"format": "csv"}).content
    assert text.startswith(b"\xef\xbb\xbf")
    assert "341,00" in text.decode("utf-8-sig").splitlines()[1]
    assert "'+++" in text.decode("utf-8-sig")


def test_the_list_of_what_is_open_asks_the_same_with_one_and_with_thirty(sign_in, an, assert_same_queries):
    def grow(count=29):
        for at in range(count):
            made = trial_term(home=dwelling(f"Veldstraat {count}{at}")).placement
            set_fee(made, from_on=FIRST, by=None, stay=Decimal(310))
            asked(made)

    grow(1)
    client = sign_in(an)
    assert_same_queries(lambda: client.get(reverse("placement:ledger")), grow, at_most=10)
