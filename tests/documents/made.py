"""A stay with all that its papers print, and reading a PDF."""

from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader

from intrek.ground.documents.models import Paper
from intrek.ground.pathways.actions import assign_worker
from intrek.story.placement.actions import list_furnishing, set_fee, set_no_domicile
from tests.factories import pathway, person
from tests.support.made import FIRST, prepared, worker

__all__ = ["FIRST", "paper_of", "read", "signable"]


def signable(of=None, **options):
    """A prepared stay of which everything is known."""
    somebody = of or person("Linda", "Dhondt")
    somebody.birth_on = FIRST.replace(year=1980)
    somebody.save()
    way = pathway("allocated", of=somebody, on=FIRST.replace(year=2025))
    assign_worker(way, worker(), on=FIRST, by=None)
    stay = prepared(of=way, **options)
    set_fee(stay, from_on=FIRST, by=None, stay=Decimal(240), water=Decimal("25.50"))
    told = {"reason": "Het blijft waar het was.", "real_address": "Langestraat 5, 8000 Brugge"}
    set_no_domicile(stay, from_on=FIRST, reviewer=worker(), by=None, **told)
    list_furnishing(stay.dwelling, what="Bed", note="nieuw", by=None)
    return stay


def paper_of(stay, code):
    """The paper of this kind of a stay or term."""
    return Paper.objects.select_related("rule", "programme", "pathway").get(stay_id=stay.pk, rule__code=code)


def read(pdf):
    """The words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\xa0", " ")
