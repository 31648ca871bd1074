"""Papers of the demo along the way: letters about a decision, reports of evaluations, a reference address, the anchor person's card."""

from datetime import date
from typing import Any

from intrek.ground.documents.actions import correct_paper, lay_paper, make_paper, make_papers, notice_untrue, sign_file
from intrek.ground.documents.queries import papers_of, stays_signed
from intrek.ground.pathways.models import Pathway
from intrek.story.aftercare.models import Aftercare
from intrek.story.evaluation.models import Evaluation
from intrek.story.intervision.models import AgendaItem
from intrek.story.placement.actions import note_contact, set_no_domicile
from intrek.story.placement.models import Placement
from intrek.story.support.models import SupportTerm
from intrek.windows.demo.around import pathway_of
from intrek.windows.demo.cast import Cast
from intrek.windows.demo.living import noon


def _make(cast: Cast, about: Any, *codes: str, on: date | None = None) -> None:
    pathway, on = _pathway(about), on or cast.on
    for code in codes:
        paper = lay_paper(pathway, about.pk, code, on=on, by=None)
        make_paper(paper, on=on, by=None)


def _pathway(about: Any) -> Pathway:
    return Pathway.objects.select_related("programme", "track").get(pk=about.pathway_id)


def letters(cast: Cast) -> None:
    """Of somebody on either track the decision is told to who referred and to who it is about."""
    for family_name in ("Dhondt", "Lippens"):
        item = AgendaItem.objects.filter(pathway=pathway_of(cast, family_name)).order_by("pk")[0]
        _make(cast, item, "decision_letter", "decision_to_resident", on=item.decided_on)


def reports(cast: Cast) -> None:
    """An evaluation and a final one, each on either track."""
    for family_name in ("Dhondt", "Lippens"):
        held = Evaluation.objects.filter(pathway=pathway_of(cast, family_name)).order_by("held_on", "pk")[0]
        _make(cast, held, "evaluation_report", on=held.held_on)
    for family_name in ("Pieters", "Baert"):
        final = Evaluation.objects.get(pathway=pathway_of(cast, family_name), is_final=True)
        _make(cast, final, "final_evaluation", on=final.held_on)


def reference_address(cast: Cast) -> None:
    """A resident without any other address keeps one at the welfare centre, and is in touch (P10)."""
    placement = Placement.objects.select_related("dwelling").get(pathway=pathway_of(cast, "Wyffels"))
    by = cast.member("hanne", 40)
    told: dict[str, Any] = {"reason": "Er is geen ander adres.", "real_address": "OCMW, Voorbeeldplein 1, 8000 Brugge"}
    known = set_no_domicile(
        placement, is_reference_address=True, from_on=cast.ago(45), reviewer=by.contact, by=by, **told
    )
    note_contact(known, on=cast.ago(10), by=cast.member("hanne", 10))
    _make(cast, placement, "reference_note")
    # What was signed before the keys, with another address in it, is set right beside it.
    paper = papers_of(placement.pk).select_related("rule", "programme", "pathway").get(rule__code="no_domicile")
    sheet = correct_paper(paper, on=cast.ago(40), by=by)
    for party, name in sheet.parties.items():
        sign_file(sheet, party, name=name, digest=sheet.digest, by_name=True, at=noon(cast.ago(40)), by=by)


def anchor_card(cast: Cast) -> None:
    """After support, on either track: a card for the resident and a note for the landlord (P23)."""
    for family_name in ("Strubbe", "Ketels"):
        _make(cast, Aftercare.objects.get(pathway=pathway_of(cast, family_name)), "anchor_card", "handover_note")


def agreement_of_a_sitting_tenant(cast: Cast) -> None:
    """What a sitting tenant signs at the start is made here too."""
    term = SupportTerm.objects.get(pathway=pathway_of(cast, "Lippens"))
    rows = papers_of(term.pk).select_related("rule", "programme", "pathway")
    make_papers(list(rows), on=cast.on, by=None)


def no_longer_true(cast: Cast) -> None:
    """What was signed and is no longer so is among what there is to do, as it is after every hour."""
    for stay_id in stays_signed():
        notice_untrue(stay_id, on=cast.on)


STORIES = (letters, reports, reference_address, anchor_card, agreement_of_a_sitting_tenant, no_longer_true)
