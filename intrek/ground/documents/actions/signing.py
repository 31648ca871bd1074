"""A paper is signed on a screen, party by party: each the very file it was shown (P13)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import make_naive
from django.utils.translation import gettext as _
from django.utils.translation import override

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.documents import rules
from intrek.ground.documents.actions.papers import keep_file, notice_untrue, sign_paper
from intrek.ground.documents.content import correction_content
from intrek.ground.documents.ink import strokes_of
from intrek.ground.documents.models import SIGNER, Paper, PaperFile, Signature, Way
from intrek.ground.documents.queries import (
    Change,
    imprint_of,
    made_of,
    organisation_of,
    shown_of,
    unsigned_parties,
)
from intrek.ground.documents.shipped import BINDING
from intrek.ground.documents.tasks import seal_file
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Membership
from intrek.ground.partners.queries import housing_officers_of, who_hears
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind

# As long as the row has room for.
SIGNED_BY = 200


@transaction.atomic
def sign_file(
    file: PaperFile,
    party: str,
    *,
    name: str,
    digest: str,
    ink: str = "",
    by_name: bool = False,
    at: datetime,
    by: Membership,
) -> Signature:
    """One party signs the file it was shown; with the last of them the paper is in, and is sealed (P13)."""
    file = _locked(file)
    strokes = strokes_of(ink)
    wrong = [strokes] if isinstance(strokes, Refusal) else []
    drawn = strokes if not isinstance(strokes, Refusal) else []
    shown = shown_of(file, party, make_naive(at).date())
    has_ink = bool(drawn or wrong)
    refuse_if(wrong + rules.sign_here_reasons(shown, digest=digest, name=name, has_ink=has_ink, by_name=by_name))
    signature = _signature(file, party)
    signature.name, signature.signed_at, signature.digest = name.strip(), at, digest
    signature.ink, signature.by_label = drawn, by.label[:120]
    signature.way = Way.SCREEN if by.is_staff_of_programme else Way.PORTAL
    signature.refused_on, signature.refused_why = None, ""
    signature.save()
    on = make_naive(at).date()
    record(file.paper, "documents.signed_here", on=on, by=by, paper=file.paper, number=file.number)
    if not unsigned_parties(file):
        _complete(file, on=on, by=by)
    _tell_team(file, _("%(name)s signed %(paper)s."), signature, on=on, by=by)
    return signature


def _tell_team(file: PaperFile, words: str, signature: Signature, *, on: date, by: Membership) -> None:
    """Who signs on pages of its own is not seen doing it: who supports the resident hears of it."""
    if by.is_staff_of_programme:
        return
    pathway, path = file.paper.pathway, reverse("documents:of_stay", args=[file.paper.stay_id])
    told = {"name": signature.name or by.label, "paper": file.paper, "why": signature.refused_why}
    for each in who_hears(pathway.programme, on, pathway.worker):
        send(each, Kind.SIGNED, pathway=pathway, text=words % told, path=path, by=by)


def _locked(file: PaperFile) -> PaperFile:
    rows = PaperFile.objects.select_for_update(of=("self",))
    return rows.select_related(
        "paper__rule", "paper__programme", "paper__pathway__programme", "paper__pathway__worker"
    ).get(pk=file.pk)


def _signature(file: PaperFile, party: str) -> Signature:
    found = Signature.objects.filter(file=file, party=party).first()
    return found or Signature(programme_id=file.programme_id, file=file, party=party)


def _complete(file: PaperFile, *, on: date, by: Actor) -> None:
    if file.corrects_id is None:
        names = ", ".join(
            Signature.objects.filter(file=file).order_by("signed_at", "pk").values_list("name", flat=True)
        )
        sign_paper(file.paper, signed_on=on, today=on, signed_by=names[:SIGNED_BY], by=by)
    else:
        file.signed_on = on
        file.save(update_fields=["signed_on"])
        notice_untrue(file.paper.stay_id, on=on)
        record(file.paper, "documents.set_right", on=on, by=by, paper=file.paper, number=file.number)
    transaction.on_commit(partial(seal_file.enqueue, str(file.pk), str(file.programme_id)))


@transaction.atomic
def refuse_to_sign(file: PaperFile, party: str, *, why: str, on: date, by: Membership) -> Signature:
    """A party says no, and why; it may still sign later."""
    file = _locked(file)
    signature = _signature(file, party)
    reasons = [] if party in file.parties else [Refusal(rules.Reason.NOT_ASKED)]
    reasons += [Refusal(rules.Reason.IN_ALREADY)] if signature.signed_at or file.signed_on else []
    reasons += [] if why.strip() else [Refusal(rules.Reason.NO_WHY, form_field="why")]
    refuse_if(reasons)
    signature.refused_on, signature.refused_why, signature.by_label = on, why.strip(), by.label[:120]
    signature.save()
    record(file.paper, "documents.refused", on=on, by=by, paper=file.paper, why=signature.refused_why)
    _tell_team(file, _("%(name)s does not sign %(paper)s: %(why)s"), signature, on=on, by=by)
    return signature


@transaction.atomic
def ask_party(file: PaperFile, party: str, *, on: date, by: Actor | None) -> Signature:
    """A party that has pages of its own is asked to sign there, and hears of it."""
    file = _locked(file)
    signature = _signature(file, party)
    organisation_id = organisation_of(file, party, on) if party in file.parties else None
    to = housing_officers_of(organisation_id, on) if organisation_id else []
    reasons = [] if party in file.parties else [Refusal(rules.Reason.NOT_ASKED)]
    reasons += [Refusal(rules.Reason.IN_ALREADY)] if signature.signed_at or file.signed_on else []
    name = file.parties.get(party, "")
    refuse_if(reasons or ([] if to else [Refusal(rules.Reason.NOBODY_TO_ASK, {"name": name})]))
    signature.organisation_id, signature.asked_on = organisation_id, on
    signature.refused_on, signature.refused_why = None, ""
    signature.save()
    for each in to:
        send(each, Kind.SIGN, path=reverse("documents:sign_here", args=[file.pk, party]), by=by)
    record(file.paper, "documents.asked", on=on, by=by, paper=file.paper, name=name)
    return signature


@transaction.atomic
def correct_paper(paper: Paper, *, on: date, by: Actor | None) -> PaperFile:
    """A sheet that sets right what a signed paper says, to be signed beside it; the paper itself stays as it was signed."""
    made = made_of([paper], paper.stay_id, on).get(paper.pk)
    if made is None or made.signed is None:
        refuse_if([Refusal(rules.Reason.NOT_SIGNED)])
    refuse_if([] if made and made.changes else [Refusal(rules.Reason.NOTHING_CHANGED)])
    assert made is not None
    assert made.signed is not None
    file = _correction(paper, made.signed, made.changes, on)
    keep_file(file, _correction_content(file, made.changes))
    record(paper, "documents.made", on=on, by=by, paper=paper, number=file.number)
    return file


def _correction(paper: Paper, signed: PaperFile, changes: Sequence[Change], on: date) -> PaperFile:
    facts = {each.name: each.value for each in changes}
    signers = {name: told for name, told in (signed.facts | facts).items() if name.startswith(SIGNER)}
    return PaperFile(paper=paper, corrects=signed, language=BINDING, made_on=on, facts=facts | signers)


def _correction_content(file: PaperFile, changes: Sequence[Change]) -> dict[str, Any]:
    paper, signed = file.paper, file.corrects
    assert signed is not None
    with override(BINDING):
        title = _("Set right: %(paper)s, number %(number)d") % {"paper": paper, "number": signed.number}
        imprint = imprint_of(paper.programme, paper.pathway.number, file.made_on, BINDING)
        rows = [(each.label, each.was, each.now) for each in changes]
        return correction_content(title, rows, file.parties, imprint)
