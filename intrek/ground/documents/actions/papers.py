"""Papers are laid ready, made, signed, or set aside with a reason (P13, P20)."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import override

from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.documents import rules, store
from intrek.ground.documents.actions.pressing import pressed
from intrek.ground.documents.actions.uploads import attach
from intrek.ground.documents.content import Version, content_of, facts_printed, missing_reasons
from intrek.ground.documents.facts import Facts, facts_of
from intrek.ground.documents.models import Paper, PaperFile, Text
from intrek.ground.documents.photos import with_photos
from intrek.ground.documents.queries import files_of, imprint_of, is_about, made_of, version_on
from intrek.ground.documents.shipped import BINDING
from intrek.ground.documents.uploads import Cleaned
from intrek.ground.journal.actions import Actor, record
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import PaperGroup, PaperRule, Track


@transaction.atomic
def prepare_papers(pathway: Pathway, stay_id: UUID, track: Track, *, on: date, by: Actor | None) -> list[Paper]:
    """Lay ready the papers that the track asks for on this day; those already there stay, those along the way come when they are asked for."""
    held = set(Paper.objects.filter(stay_id=stay_id).values_list("rule_id", flat=True))
    asked = PaperRule.objects.in_force(on).filter(programme_id=pathway.programme_id, track=track)
    wanted = asked.exclude(pk__in=held).exclude(group=PaperGroup.ALONG)
    made = [
        Paper(programme_id=pathway.programme_id, pathway=pathway, rule=rule, stay_id=stay_id, group=rule.group)
        for rule in wanted
    ]
    Paper.objects.bulk_create(made)
    if made:
        record(pathway, "documents.prepared", on=on, by=by, count=len(made))
    return made


@transaction.atomic
def lay_paper(pathway: Pathway, about_id: UUID, code: str, *, on: date, by: Actor | None) -> Paper:
    """Lay ready a paper along the way: about an evaluation, a decision, a stay, aftercare. Once it is there it stays."""
    known = Paper.objects.filter(stay_id=about_id, pathway=pathway, rule__code=code).select_related("rule").first()
    if known:
        return known
    refuse_if([] if is_about(pathway, about_id, on) else [Refusal(rules.Reason.NO_FACTS)])
    asked = PaperRule.objects.in_force(on).filter(programme_id=pathway.programme_id, code=code, group=PaperGroup.ALONG)
    rule = asked.filter(track_id__in=[pathway.current_track_id, pathway.track_id]).order_by("pk").first()
    refuse_if([] if rule else [Refusal(rules.Reason.NO_RULE)])
    assert rule is not None
    told = {"programme_id": pathway.programme_id, "pathway": pathway, "stay_id": about_id, "group": rule.group}
    paper = Paper.objects.create(rule=rule, **told)
    record(pathway, "documents.prepared", on=on, by=by, count=1)
    return paper


def made_from(paper: Paper, *, language: str, on: date) -> tuple[Text | None, Version, Facts]:
    """The text and the facts a paper is made from on a day; refused with every reason why it cannot be made yet."""
    text, version = version_on(paper.programme, paper.rule.code, language, on)
    facts = facts_of(paper.stay_id, on, language)
    reasons = [] if version else [Refusal(rules.Reason.NO_TEXT)]
    reasons += [] if facts else [Refusal(rules.Reason.NO_FACTS)]
    if version and facts:
        reasons += missing_reasons(version, facts)
    refuse_if(reasons)
    assert version is not None
    assert facts is not None
    return text, version, facts


@transaction.atomic
def make_paper(paper: Paper, *, language: str = BINDING, on: date, by: Actor | None) -> PaperFile:
    """The paper as a file, from the text that holds and the facts of today; what was made before stays (P9, P13)."""
    with override(language):
        text, version, facts = made_from(paper, language=language, on=on)
        imprint = imprint_of(paper.programme, paper.pathway.number, on, language)
        content = content_of(version, facts, imprint)
        told = facts_printed(version, facts)
    made = PaperFile(paper=paper, text=text, language=language, made_on=on, facts=told)
    keep_file(made, content)
    record(paper, "documents.made", on=on, by=by, paper=paper, number=made.number)
    return made


def make_papers(papers: Iterable[Paper], *, on: date, by: Actor | None) -> tuple[list[PaperFile], list[Refusal]]:
    """Every paper that can be made is; of the others every reason, each once."""
    made, reasons = [], []
    for paper in papers:
        try:
            made.append(make_paper(paper, on=on, by=by))
        except Refused as refused:
            reasons += refused.reasons
    return made, list(dict.fromkeys(reasons))


def keep_file(made: PaperFile, content: dict[str, Any]) -> None:
    """Press what a file says, and keep it under the next number of its paper, with what the press was given."""
    content = with_photos(content)
    file = pressed(content)
    last = PaperFile.objects.filter(paper=made.paper).aggregate(last=Max("number"))["last"] or 0
    made.programme_id, made.number = made.paper.programme_id, last + 1
    made.digest, made.size = sha256(file).hexdigest(), len(file)
    # The files are there before their row; without the row they go again.
    made.name, made.source = store.keep(file), store.keep(json.dumps(content).encode())
    try:
        with transaction.atomic():
            made.save()
    except Exception as fault:
        forget_files(made.name, made.source)
        if isinstance(fault, IntegrityError):
            raise Refused([Refusal(rules.Reason.MADE_MEANWHILE)]) from fault
        raise


@transaction.atomic
def sign_paper(
    paper: Paper,
    *,
    signed_on: date,
    today: date | None = None,
    signed_by: str = "",
    scan: Sequence[Cleaned] = (),
    by: Actor | None,
) -> Paper:
    """The paper is in, signed on this day: the last one that was made by then, if it was made here. ``scan`` is what was signed by hand,
    taken in before. ``today`` null: history, which is not refused.
    """
    files = files_of([paper]).get(paper.pk, [])
    made = [each for each in files if each.language == BINDING and each.corrects_id is None]
    file = next((each for each in made if each.made_on <= signed_on), None)
    made_on = made[-1].made_on if made and not file else None
    refuse_if(rules.sign_reasons(signed_on, today, made_on) if today else [])
    paper.signed_on, paper.signed_by, paper.not_needed_why, paper.untrue_on = signed_on, signed_by, "", None
    paper.save(update_fields=["signed_on", "signed_by", "not_needed_why", "untrue_on"])
    if file:
        file.signed_on = signed_on
        file.save(update_fields=["signed_on"])
    attach(scan, paper.pathway, paper.pk, by=by)
    record(paper, "documents.signed", on=signed_on, by=by, paper=paper)
    return paper


@transaction.atomic
def sign_papers(
    stay_id: UUID, *, papers: Iterable[str], signed_on: date, today: date | None = None, by: Actor | None
) -> list[Paper]:
    """Several papers of one stay were signed on the same day; ``papers`` are their ids."""
    chosen = Paper.objects.filter(stay_id=stay_id, pk__in=list(papers)).select_related("rule", "pathway").order_by("pk")
    return [sign_paper(paper, signed_on=signed_on, today=today, by=by) for paper in chosen]


@transaction.atomic
def set_paper_aside(paper: Paper, *, why: str, on: date, by: Actor | None) -> Paper:
    """The stay does without the paper, for a reason that is kept (P20)."""
    refuse_if([] if why.strip() else [Refusal(rules.Reason.NO_REASON, form_field="why")])
    paper.signed_on, paper.not_needed_why = None, why.strip()
    paper.save(update_fields=["signed_on", "not_needed_why"])
    record(paper, "documents.set_aside", on=on, by=by, paper=paper, why=paper.not_needed_why)
    return paper


def forget_files(*names: str) -> None:
    """Files of papers or of what was added are taken out of the store; a name that was never given is none."""
    for name in filter(None, names):
        store.drop(name)


def notice_untrue(stay_id: UUID, *, on: date) -> int:
    """Note of every signed paper of a stay or term whether it is still true; of how many that changed.

    Nobody is asked to look whether a signed paper still holds: who supports somebody finds it among what there is to do.
    """
    papers = list(Paper.objects.filter(stay_id=stay_id).exclude(signed_on=None).order_by("pk"))
    made = made_of(papers, stay_id, on)
    changed = 0
    for paper in papers:
        is_void = paper.pk in made and made[paper.pk].is_void
        if is_void != bool(paper.untrue_on):
            paper.untrue_on = on if is_void else None
            paper.save(update_fields=["untrue_on"])
            changed += 1
    return changed
