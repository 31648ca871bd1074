"""What referrer and programme say to each other after the hand-in: news, questions and answers, what is added later (P24)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.documents.actions import Cleaned, attach
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.partners.queries import language_of, who_hears
from intrek.ground.pathways.actions import await_, set_facts
from intrek.ground.pathways.models import Awaited, Party, Pathway, Stage
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind
from intrek.ground.programmes.queries import rule_of
from intrek.story.referral import rules
from intrek.story.referral.models import Referral, Remark, RemarkKind

UNDECIDED = (Stage.NEW, Stage.ON_AGENDA)
AWAITED = ("awaits", "awaits_facts", "awaits_party", "awaits_from", "awaits_by")
# As much of a question as fits in the sentence of what is awaited.
IN_A_SENTENCE = 160


def _say(
    pathway: Pathway,
    kind: RemarkKind,
    *,
    text: str,
    added: Sequence[Cleaned] = (),
    from_programme: bool,
    on: date,
    by: Actor | None,
    **facts: Any,
) -> Remark:
    remark = Remark.objects.create(
        programme_id=pathway.programme_id,
        pathway=pathway,
        kind=kind,
        from_programme=from_programme,
        by_label=(by.label if by else "")[:120],
        text=text.strip(),
        said_on=on,
        **facts,
    )
    attach(added, pathway, remark.pk, by=by)
    return remark


def _send(to: Contact, kind: Kind, remark: Remark, *, by: Actor | None) -> None:
    path = reverse("referral:of_pathway", args=[remark.pathway_id])
    send(to, kind, pathway=remark.pathway, text=remark.text, path=path, by=by)


def _send_programme(kind: Kind, remark: Remark, *, on: date, by: Membership) -> None:
    """Who coordinates hears of it, and who carries the pathway."""
    for each in who_hears(remark.pathway.programme, on, remark.pathway.worker):
        _send(each, kind, remark, by=by)


def referral_with_referrer(pathway: Pathway) -> Referral | None:
    """The referral of a pathway when somebody is known who can be told of it."""
    known = Referral.objects.filter(pathway=pathway, referrer__isnull=False)
    referral = known.select_related("referrer__user", "organisation").first()
    if referral:
        referral.pathway = pathway
    return referral


@transaction.atomic
def tell_referrer(
    pathway: Pathway, kind: Kind, *, words: Callable[[], str] | None = None, on: date, by: Actor | None
) -> Remark | None:
    """The referrer hears, in their own language; it stands in the list that both sides read. None: nobody is known to tell.

    Without ``words`` the subject line of the message is all there is to say.
    """
    referral = referral_with_referrer(pathway)
    if referral is None or referral.referrer is None:
        return None
    with translation.override(language_of(referral.referrer)):
        text = words() if words else str(kind.label) % {"number": pathway.number}
    remark = _say(pathway, RemarkKind.NEWS, text=text, from_programme=True, on=on, by=by)
    _send(referral.referrer, kind, remark, by=by)
    return remark


@transaction.atomic
def ask_referrer(
    referral: Referral,
    *,
    text: str,
    answer_by: date | None,
    added: Sequence[Cleaned] = (),
    on: date,
    by: Actor | None,
) -> Remark:
    """The programme asks the referrer. While nothing is decided, the pathway awaits the answer (P24)."""
    pathway = referral.pathway
    nobody = [] if referral.referrer else [Refusal(rules.Reason.NO_REFERRER)]
    refuse_if(nobody + rules.say_reasons(text) + rules.answer_by_reasons(answer_by, on))
    before = {}
    if pathway.stage in UNDECIDED:
        before = {name: _plain(getattr(pathway, name)) for name in AWAITED} | {"stage": pathway.stage}
        name = str(referral.referrer or referral.organisation)
        question = text.strip()[:IN_A_SENTENCE]
        await_(pathway, Awaited.ANSWER, party=Party.REFERRER, name=name, by_day=answer_by, question=question)
    facts: dict[str, Any] = {"answer_by": answer_by, "before": before, "added": added}
    remark = _say(pathway, RemarkKind.QUESTION, text=text, from_programme=True, on=on, by=by, **facts)
    if referral.referrer:
        _send(referral.referrer, Kind.QUESTION, remark, by=by)
    record(referral, "referral.asked", on=on, by=by)
    return remark


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def ask_programme(referral: Referral, *, text: str, added: Sequence[Cleaned] = (), on: date, by: Membership) -> Remark:
    """The referrer asks; the programme answers within its own term."""
    refuse_if(rules.say_reasons(text))
    due_on = on + timedelta(days=rule_of(referral.programme, on).answer_days)
    said: dict[str, Any] = {"text": text, "added": added, "from_programme": False, "answer_by": due_on}
    remark = _say(referral.pathway, RemarkKind.QUESTION, **said, on=on, by=by)
    _send_programme(Kind.QUESTION, remark, on=on, by=by)
    record(referral, "referral.asked", on=on, by=by)
    return remark


@transaction.atomic
def add_later(referral: Referral, *, text: str, added: Sequence[Cleaned] = (), on: date, by: Membership) -> Remark:
    """The referrer adds something after the hand-in; what was said then stays as it was said."""
    refuse_if(rules.say_reasons(text))
    said: dict[str, Any] = {"text": text, "added": added, "from_programme": False}
    remark = _say(referral.pathway, RemarkKind.ADDITION, **said, on=on, by=by)
    _send_programme(Kind.ADDITION, remark, on=on, by=by)
    record(referral, "referral.added", on=on, by=by)
    return remark


@transaction.atomic
def answer(question: Remark, *, text: str, added: Sequence[Cleaned] = (), on: date, by: Membership) -> Remark:
    """A question is answered, once, by the side that was asked; what the pathway awaited before, it awaits again."""
    question = Remark.objects.select_for_update(of=("self",)).select_related("pathway__programme").get(pk=question.pk)
    is_staff = by.is_staff_of_programme
    refuse_if(
        rules.say_reasons(text)
        + rules.answer_reasons(question.kind, question.answered_on, is_own_side=question.from_programme == is_staff)
    )
    question.answered_on = on
    question.save(update_fields=["answered_on"])
    said: dict[str, Any] = {"text": text, "added": added, "from_programme": is_staff, "answers": question}
    remark = _say(question.pathway, RemarkKind.ANSWER, **said, on=on, by=by)
    referral = Referral.objects.select_related("referrer").get(pathway=question.pathway_id)
    if not is_staff:
        _await_again(question)
        _send_programme(Kind.ANSWER, remark, on=on, by=by)
    elif referral.referrer:
        _send(referral.referrer, Kind.ANSWER, remark, by=by)
    record(referral, "referral.answered", on=on, by=by)
    return remark


def _await_again(question: Remark) -> None:
    pathway = question.pathway
    others = Remark.objects.filter(pathway=pathway, kind=RemarkKind.QUESTION, from_programme=True, answered_on=None)
    if pathway.awaits != Awaited.ANSWER or others.exists():
        return
    before = dict(question.before)
    if before.pop("stage", "") == pathway.stage and before.get("awaits") not in {"", None, Awaited.ANSWER}:
        set_facts(pathway, **before | {"awaits_by": _day(before["awaits_by"])})
    else:
        await_(pathway, Awaited.AGENDA, party=Party.COORDINATOR, by_day=pathway.hears_by)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@transaction.atomic
def mark_read(said: QuerySet[Remark], *, at: datetime, by: Membership) -> int:
    """Somebody of the other side saw these; the first time counts. How many were new."""
    unread = said.filter(read_at=None).exclude(from_programme=by.is_staff_of_programme)
    return unread.order_by().update(read_at=at, read_by_label=by.label[:120])
