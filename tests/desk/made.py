"""Work of every kind for one member, in a line: what stands on the desk is read from these rows alone."""

from datetime import timedelta

from intrek.ground.documents.models import Paper
from intrek.ground.pathways.actions import await_, note_unknown, promise, set_clock
from intrek.ground.pathways.models import Awaited, Party, Stage, Station
from intrek.ground.programmes.models import CodeList, PaperGroup, PaperRule
from intrek.ground.programmes.queries import codes, track_of
from intrek.ground.services.actions import add_service, ask_service
from intrek.ground.services.queries import find_service
from intrek.story.aftercare.models import Aftercare, Knock, Review
from intrek.story.intervision.models import ActionPoint, AgendaItem, Meeting
from intrek.story.support.models import EvictionStep, Goal, SupportTerm, TalkRequest, Threat, Visit
from tests.factories import pathway, person, real_today

TODAY = real_today()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
WEEK = timedelta(days=7)
START, LAST_DAY = TODAY - timedelta(days=90), TODAY + timedelta(days=92)


def running(me, name="Linda", track="sitting", *, stage=Stage.RUNNING, **facts):
    """Somebody supported by this member, with nothing to do about them these days."""
    way = pathway(stage, track, of=facts.pop("of", None) or person(name, programme=me.programme), worker=me.contact)
    set_clock(way, starts_on=START, ends_on=LAST_DAY)
    far = TODAY + timedelta(days=60)
    return await_(way, Awaited.EVALUATION, party=Party.WORKER, name=me.contact.name, by_day=far, number=2)


def term(me, way, **facts):
    """The running term of somebody, quiet unless ``facts`` say otherwise."""
    usual = {"starts_on": START, "agreed_last_day": LAST_DAY, "next_evaluation_on": TODAY + timedelta(days=60)}
    rows = {"programme": way.programme, "pathway": way, "track": way.track, "worker": me.contact}
    return SupportTerm.objects.create(**rows, **(usual | facts))


def on(model, way, **facts):
    """A row of a room that hangs on this pathway."""
    return model.objects.create(programme=way.programme, pathway=way, **facts)


def visit(me, way, day=YESTERDAY, **facts):
    return on(Visit, way, worker=me.contact, on=day, **facts)


def service(way, **facts):
    known = find_service(way.programme, "Poetshulp") or add_service(way.programme, "Poetshulp")
    return ask_service(way, known, asked_on=START, by=None, **facts)


def paper(way, code="loan_deed", stay_id=None):
    """A paper before the keys that nobody signed yet."""
    rules = PaperRule.objects.filter(track=track_of(way.programme, "trial"), group=PaperGroup.BEFORE_KEYS)
    rule = rules.filter(code=code).first() or rules.order_by("position", "pk").first()
    return on(Paper, way, stay_id=stay_id or way.pk, rule=rule, group=PaperGroup.BEFORE_KEYS)


def action_point(me, way, due_on=TOMORROW):
    meeting, _made = Meeting.objects.get_or_create(programme=way.programme, on=TODAY - WEEK)
    item = on(AgendaItem, way, meeting=meeting, why="added", decision="other")
    return on(ActionPoint, way, item=item, text="Bel de huisarts", owner=me.contact, due_on=due_on)


def aftercare(me, way):
    return on(Aftercare, way, anchor=me.contact, from_on=START, until_on=LAST_DAY)


def everything(me, count):
    """So many of every kind of work, and all that a pathway page shows."""
    kind = codes(me.programme, CodeList.THREAT)[0].code
    for _number in range(count):
        way = running(me)
        term(me, way, next_evaluation_on=TOMORROW, agreed_last_day=TODAY + timedelta(days=20))
        visit(me, way)
        visit(me, way, TODAY)
        service(way, expected_on=LAST_DAY + WEEK)
        on(EvictionStep, way, kind="hearing", on=TOMORROW)
        on(Threat, way, kind=kind)
        on(Goal, way, domain="money", text="Sparen", set_on=START)
        on(TalkRequest, way, question="Verlengen?", asked_on=YESTERDAY, asked_by=me.contact)
        action_point(me, way)
        on(Knock, way, on=YESTERDAY, by="Vivendo", what="Post")
        on(Review, way, aftercare=aftercare(me, way), due_on=TOMORROW)
        promise(way, Station.SUPPORT, due_on=TOMORROW, on=START)
        note_unknown(way, "accepted_on")
        paper(running(me, track="trial", stage=Stage.ALLOCATED))
        Paper.objects.filter(pk=paper(running(me, track="trial")).pk).update(signed_on=START, untrue_on=YESTERDAY)
        await_(
            pathway(programme=me.programme, worker=me.contact), Awaited.AGENDA, party=Party.COORDINATOR, by_day=TOMORROW
        )
