"""A row says what will be made, what is doubtful, what is refused; every reason at once."""

from datetime import date

import pytest

from intrek.windows.exchange.rules.answers import Known
from intrek.windows.exchange.rules.columns import find_referrals
from intrek.windows.exchange.rules.doubts import Doubt
from intrek.windows.exchange.rules.files import Table
from intrek.windows.exchange.rules.rows import Fate, Reason, read_rows, recognise
from tests.exchange.lists import HEADINGS, row

TODAY = date(2026, 11, 23)
KNOWN = Known(
    today=TODAY,
    organisations=frozenset({"cawregiobrugge", "vivendo"}),
    declines={"te weinig domicilie": "domicile_short", "Andere reden": "other"},
    withdrawals={"door aanmelder": "by_referrer"},
    endings={"Overlast": "nuisance"},
    people={("marieproefmans", date(1970, 1, 1)): "Marie Proefmans"},
)
RUNNING = {"Stand_van_zaken": "lopend", "Besproken_op_intervisie": "1/10/2025", "Woning": "Kolvestraat 14"}


def read(*rows, known=KNOWN):
    return read_rows(find_referrals([Table("x", [list(HEADINGS), *rows])], municipality="Brugge"), known)


def refusals(**changes):
    [only] = read(row(**changes))
    assert (only.status == Fate.REFUSED) == bool(only.refusals)
    assert all(str(each) for each in only.refusals)
    return [each.code for each in only.refusals]


def doubts(**changes):
    [only] = read(row(**changes))
    assert only.status in {Fate.DOUBTFUL, Fate.MADE}, [str(each) for each in only.refusals]
    assert all(str(each) for each in only.doubts)
    return [each.code for each in only.doubts]


def test_a_usual_row_is_made():
    assert refusals() == []
    assert doubts() == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Naam": "", "Voornaam": " "}, Reason.NO_NAME),
        ({"Geboortedatum": "31/2/1964"}, Reason.IMPOSSIBLE_DAY),
        ({"Datum_aanmelding": "ergens in mei"}, Reason.IMPOSSIBLE_DAY),
        ({"Aanmeldende_dienst": "De Onbekende"}, Reason.UNKNOWN_ORGANISATION),
        ({"Aanmeldende_dienst": ""}, Reason.NO_ORGANISATION),
        ({"Stand_van_zaken": "zie mail"}, Reason.UNKNOWN_STATE),
        ({"Stand_van_zaken": ""}, Reason.NO_STATE),
        ({"Luik": "luik c"}, Reason.UNKNOWN_TRACK),
        ({"Luik": ""}, Reason.NO_TRACK),
        ({"Geboortedatum": "1/1/2030"}, Reason.BORN_LATER),
        ({"Geboortedatum": "1/1/1880"}, Reason.BORN_LATER),
        ({"Geboortedatum": "1/1/2026"}, Reason.BORN_AFTER_REFERRAL),
        ({"Rijksregisternr": "85.07.30-033.29"}, Reason.WRONG_REGISTER_NUMBER),
        ({"Domicilie_Brugge_van": "2/2/2024", "Domicilie_Brugge_tot": "1/2/2024"}, Reason.ENDS_BEFORE_START),
        ({**RUNNING, "Start_begeleiding": "1/3/2026", "Einde_begeleiding": "28/2/2026"}, Reason.ENDS_BEFORE_START),
        ({**RUNNING, "Start_begeleiding": "1/3/2026", "Einde_voorzien": "28/2/2026"}, Reason.ENDS_BEFORE_START),
    ],
)
def test_what_cannot_be_true_is_refused(changes, reason):
    assert refusals(**changes) == [reason]


def test_a_refused_row_names_all_its_reasons():
    found = refusals(
        Naam="", Voornaam="", Geboortedatum="1/1/2031", Aanmeldende_dienst="X", Stand_van_zaken="?!", Luik="c",
        Rijksregisternr="123", Einde_begeleiding="gisteren of zo",
    )  # fmt: skip
    assert set(found) == {
        Reason.NO_NAME, Reason.BORN_LATER, Reason.UNKNOWN_ORGANISATION, Reason.UNKNOWN_STATE, Reason.UNKNOWN_TRACK,
        Reason.WRONG_REGISTER_NUMBER, Reason.IMPOSSIBLE_DAY,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"Naam": "Proefmans", "Voornaam": "Marie", "Geboortedatum": "1/1/1970"}, Doubt.SAME_PERSON),
        ({"Datum_aanmelding": ""}, Doubt.NO_REFERRAL_DAY),
        ({"Stand_van_zaken": "wachtlijst"}, Doubt.NO_DECISION_DAY),
        ({**RUNNING}, Doubt.NO_START_DAY),
        ({**RUNNING, "Woning": "", "Start_begeleiding": "1/11/2025"}, Doubt.NO_DWELLING),
        ({"Huisvester": "Jan met de pet"}, Doubt.UNKNOWN_LANDLORD),
        ({**RUNNING, "Start_begeleiding": "1/12/2026"}, Doubt.IN_THE_FUTURE),
        ({**RUNNING, "Start_begeleiding": "1/9/2025"}, Doubt.BEFORE_REFERRAL),
        ({"Rijksregisternr": "85.07.30-033.28"}, Doubt.OTHER_BIRTH),
        (
            {"Stand_van_zaken": "geweigerd", "Besproken_op_intervisie": "1/10/2025", "Reden": "gewoon"},
            Doubt.UNKNOWN_REASON,
        ),
    ],
)
def test_what_is_not_clear_is_made_and_pointed_at(changes, doubt):
    assert doubts(**changes) == [doubt]


def test_terms_and_domicile_of_history_are_not_judged_by_todays_rules():
    eleven_years = {**RUNNING, "Start_begeleiding": "1/11/2025", "Einde_voorzien": "1/11/2036"}
    assert refusals(**eleven_years) == []
    assert refusals(Domicilie_Brugge_van="1/9/2025") == []


def test_a_row_twice_in_one_list_is_not_lost_unseen():
    first, second, other = read(row(), row(Opmerkingen="nog eens"), row(Voornaam="Piet"))
    assert (first.status, other.status) == (Fate.MADE, Fate.MADE)
    assert str(second.refusals[0]).endswith("2.")


def test_one_person_referred_twice_is_made_twice_and_pointed_at():
    first, second = read(row(), row(Luik="zittende huurder"))
    assert first.doubts == []
    assert [each.code for each in second.doubts] == [Doubt.SAME_PERSON_IN_LIST]


def test_the_same_row_is_recognised_however_it_is_written():
    [one] = read(row())
    [other] = read(row(Naam="PROEFMANS ", Aanmeldende_dienst="caw regio-brugge", Datum_aanmelding="8 september 2025"))
    [third] = read(row(Datum_aanmelding="9/9/2025"))
    assert one.key == other.key != third.key
    assert [each.status for each in recognise([one, third], frozenset({one.key}))] == [Fate.KNOWN, Fate.MADE]


def test_the_key_tells_nothing_about_the_person():
    [only] = read(row())
    assert "proefmans" not in only.key
    assert len(only.key) == 64


def test_a_list_without_states_holds_new_referrals():
    at = HEADINGS.index("Stand van zaken")
    lines = [[each for number, each in enumerate(line) if number != at] for line in (list(HEADINGS), row())]
    sheet = find_referrals([Table("x", lines)], municipality="Brugge")
    assert [each.answers.state for each in read_rows(sheet, KNOWN)] == ["new"]
