"""Papers along the way: about an evaluation, a decision, a stay, aftercare (P10, P14, P17, P23, P24)."""

import pytest
from django.urls import reverse

from intrek.ground.common.ids import new_id
from intrek.ground.common.refusals import Refused
from intrek.ground.documents import store
from intrek.ground.documents.actions import lay_paper, make_paper
from intrek.ground.documents.models import Paper
from intrek.ground.documents.rules import Reason
from intrek.story.aftercare.models import Aftercare
from intrek.story.evaluation.models import Evaluation
from intrek.story.intervision.models import AgendaItem, Meeting
from intrek.story.placement.actions import set_no_domicile
from tests.documents.made import FIRST, read, signable
from tests.factories import member, pathway, real_today
from tests.support.made import sitting_term, worker

pytestmark = pytest.mark.django_db
TODAY = real_today()
INNER = "Twijfel bij twee partners."


def words_of(way, about, code):
    paper = lay_paper(way, about.pk, code, on=TODAY, by=None)
    paper.refresh_from_db()
    pdf = store.fetch(make_paper(paper, on=TODAY, by=None).name)
    return " ".join(read(pdf).replace("\u200b", "").split())


def decided(decision):
    way = pathway("waiting")
    meeting = Meeting.objects.create(programme=way.programme, on=TODAY)
    told = {"programme": way.programme, "pathway": way, "meeting": meeting, "why": "new_referral"}
    motive = {"motive": INNER, "motive_for_referrer": "Past bij de doelgroep."}
    return AgendaItem.objects.create(decision=decision, decided_on=TODAY, **motive, **told)


@pytest.mark.parametrize(("decision", "says"), [("accept", "Het antwoord is ja"), ("decline", "Het antwoord is neen")])
def test_a_decision_goes_to_referrer_and_resident_without_the_inner_motive(decision, says):
    item = decided(decision)
    letter = words_of(item.pathway, item, "decision_letter")
    assert "Past bij de doelgroep." in letter
    resident = words_of(item.pathway, item, "decision_to_resident")
    assert says in resident
    assert INNER not in letter + resident


def test_an_evaluation_is_printed_as_it_was_said():
    term = sitting_term()
    told = {"programme": term.programme, "pathway": term.pathway, "term": term, "held_on": TODAY}
    held = Evaluation.objects.create(sequence=1, going_well="De post.", agreed="Elke vrijdag sparen.", **told)
    words = words_of(term.pathway, held, "evaluation_report")
    assert all(each in words for each in ("De post.", "Elke vrijdag sparen.", "niet bekend"))
    final = Evaluation.objects.create(sequence=2, is_final=True, is_positive=True, next_step="stop", **told)
    assert "De eindevaluatie is positief" in words_of(term.pathway, final, "final_evaluation")


def test_a_reference_address_has_a_note_with_its_next_contact():
    stay = signable()
    told = {"reason": "Geen ander adres.", "real_address": "OCMW", "is_reference_address": True}
    set_no_domicile(stay, from_on=FIRST, reviewer=worker(), by=None, **told)
    words = words_of(stay.pathway, stay, "reference_note")
    assert "Volgend contact uiterlijk" in words


def test_an_anchor_person_has_a_card_in_three_languages_that_nobody_signs():
    term = sitting_term()
    told = {"programme": term.programme, "pathway": term.pathway, "anchor": worker(), "from_on": TODAY}
    kept = Aftercare.objects.create(until_on=TODAY, how_to_reach="050 00 11 22", **told)
    assert "050 00 11 22" in words_of(term.pathway, kept, "anchor_card")
    paper = Paper.objects.get(rule__code="anchor_card")
    for language in ("fr", "en"):
        assert make_paper(paper, language=language, on=TODAY, by=None).parties == {}


def test_a_paper_is_laid_once_about_the_pathway_itself_and_if_the_track_asks_for_it():
    item = decided("accept")
    first = lay_paper(item.pathway, item.pk, "decision_letter", on=TODAY, by=None)
    assert lay_paper(item.pathway, item.pk, "decision_letter", on=TODAY, by=None) == first
    refused = []
    for way, about, code in (
        (pathway("waiting"), item.pk, "decision_letter"),
        (item.pathway, new_id(), "decision_letter"),
        (item.pathway, item.pk, "no_such_paper"),
    ):
        with pytest.raises(Refused) as told:
            lay_paper(way, about, code, on=TODAY, by=None)
        refused += [each.code for each in told.value.reasons]
    assert refused == [Reason.NO_FACTS, Reason.NO_FACTS, Reason.NO_RULE]


def test_the_team_asks_for_it_by_a_button(sign_in):
    item = decided("accept")
    client = sign_in(member("coordinator"))
    address = reverse("documents:lay", args=[item.pathway_id, "decision_letter", item.pk])
    assert address in client.get(reverse("intervision:of_pathway", args=[item.pathway_id])).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "Beslissingsbrief aan de aanmelder" in page
    other = reverse("documents:lay", args=[pathway("waiting").pk, "decision_letter", new_id()])
    assert client.post(other).status_code == 404
    unknown = reverse("documents:lay", args=[item.pathway_id, "no-such-paper", item.pk])
    assert "vraagt zo geen papier" in client.post(unknown, follow=True).content.decode()
