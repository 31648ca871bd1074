"""What goes on around the demo's stories: minutes, action points, news for who waits, furniture, people who are near."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from intrek.ground.access.actions import share, withdraw_share
from intrek.ground.access.models import Category
from intrek.ground.documents.actions import approve_text, press_sheet, start_version, take_in, write_article
from intrek.ground.documents.queries import paragraph
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.partners.actions import note_protocol
from intrek.ground.partners.models import Membership, ProtocolKind
from intrek.ground.pathways.actions import keep_promises, promise
from intrek.ground.pathways.models import Pathway, Station
from intrek.ground.people.actions import set_people_near
from intrek.ground.post.actions import announce, choose_mails, pause_mails
from intrek.ground.post.models import Kind
from intrek.ground.programmes.actions import change_programme_rule
from intrek.story.aftercare.actions import hold_review
from intrek.story.aftercare.models import Review
from intrek.story.intervision.actions import (
    add_action_point,
    answer_invitation,
    close_meeting,
    finish_action_point,
    invite,
    note_attendance,
    plan_meeting,
    resolve,
    write_note,
)
from intrek.story.intervision.models import AgendaItem, Answer, Decision, Invitation, Meeting, MeetingKind
from intrek.story.placement.actions import add_deviation, furnish, list_usual_furnishing
from intrek.story.placement.models import Placement
from intrek.story.referral.actions import answer, ask_programme, ask_referrer, tell_referrer
from intrek.story.referral.models import Referral
from intrek.story.support.actions import answer_signal, mark_signal_read, raise_signal
from intrek.windows.demo.cast import HOSPITAL, HOUSING, STREET, Cast

AT_THE_TABLE = ("an", "ruben", "hanne", "ilse", "bram", "hilde")


def pathway_of(cast: Cast, family_name: str) -> Pathway:
    """The pathway of somebody in the demo."""
    return Pathway.objects.get(programme=cast.programme, person__family_name=family_name)


def news_for_who_waits(cast: Cast) -> None:
    """Who waits long is told so, with a new day; for one that day went by in silence (P24)."""
    for family_name, told_ago, due_ago in (
        ("Claeys", 60, 3),
        ("Hoornaert", 20, -18),
        ("Naessens", 12, -9),
        ("Noyez", 10, -4),
    ):
        _tell_again(cast, pathway_of(cast, family_name), told_ago=told_ago, due_ago=due_ago)


def _tell_again(cast: Cast, pathway: Pathway, *, told_ago: int, due_ago: int) -> None:
    on, reason = cast.ago(told_ago), "Er kwam nog geen woning of begeleider vrij."
    station = Station.ALLOCATION if pathway.track.is_trial else Station.AGREEMENT
    keep_promises(pathway, on=on)
    promise(pathway, station, due_on=cast.ago(due_ago), on=on, reason=reason)
    tell_referrer(pathway, Kind.LATER_DAY, words=lambda: reason, on=on, by=cast.member("an", told_ago))


def talk(cast: Cast) -> None:
    """A question to a referrer that was answered, one that is open, and one that a referrer asked (P24)."""
    asked = pathway_of(cast, "Hoornaert").referral
    words = "Wie volgt de medicatie op als de opname eindigt?"
    question = ask_referrer(asked, text=words, answer_by=cast.ago(18), on=cast.ago(25), by=cast.member("an", 25))
    words = "Het mobiele team, elke donderdag."
    added = take_in([_scheme(asked.pathway, cast.ago(21))])
    answer(question, text=words, added=added, on=cast.ago(21), by=_referrer_of(cast, asked, 21))
    waiting = pathway_of(cast, "Noyez").referral
    words = "Is er een kopie van het vonnis?"
    ask_referrer(waiting, text=words, answer_by=cast.ago(-4), on=cast.ago(3), by=cast.member("an", 3))
    words = "Mag zij haar kat meenemen naar de proefwoning?"
    ask_programme(asked, text=words, on=cast.ago(2), by=_referrer_of(cast, asked, 2))


def _scheme(pathway: Pathway, on: date) -> SimpleUploadedFile:
    """What a hospital sends along: a sheet of one page."""
    words = [paragraph("Elke donderdag om 10 uur komt het mobiele team langs met de weekdoos.")]
    told: dict[str, Any] = {"programme": pathway.programme, "reference": pathway.number, "on": on}
    return SimpleUploadedFile("medicatieschema.pdf", press_sheet("Medicatieschema", [("", words)], **told))


def _referrer_of(cast: Cast, referral: Referral, days_ago: int) -> Membership:
    key = next(key for key, each in cast.members.items() if each.contact_id == referral.referrer_id)
    return cast.member(key, days_ago)


def signals(cast: Cast) -> None:
    """A landlord tells of a dwelling, the programme answers and something is agreed; another signal waits for its answer (P22)."""
    homes = Dwelling.objects.filter(programme=cast.programme, occupancies__until_on=None).distinct().order_by("pk")
    for key, days_ago in (("wim", 9), ("hilde", 2)):
        by = cast.member(key, days_ago)
        home = homes.filter(owner=by.organisation, occupancies__pathway__stage__in=["running"]).first()
        if home is None:
            continue
        told = {"weight": "serious", "what": "Buren klagen over luide muziek na tien uur.", "tried": "Eén brief."}
        signal = raise_signal(home, kind="nuisance", on=cast.ago(days_ago), by=by, **told)
        if key == "wim":
            words = "Hanne bespreekt het bij het volgende huisbezoek."
            mark_signal_read(signal, at=signal.created_at, by=cast.member("an", 7))
            agreed: dict[str, Any] = {"for_programme": True, "due_on": cast.ago(-3)}
            answer_signal(signal, text=words, on=cast.ago(7), by=cast.member("an", 7), **agreed)


def letters(cast: Cast) -> None:
    """Something is announced to all partners; a referrer wants news once a week, and none about one referral for now."""
    by = cast.member("an", 5)
    words = "De volgende intervisie is een week later dan gepland. De agenda sluit dan ook een week later."
    announce(title="Intervisie een week later", text=words, on=cast.ago(5), by=by)
    ilse = cast.members["ilse"].contact
    choose_mails(ilse, {"news": "weekly"})
    pause_mails(ilse, pathway_of(cast, "Hoornaert").pk, until_on=cast.ago(-10), on=cast.on)


def minutes(cast: Cast) -> None:
    """The meetings behind us have their attendance and closed minutes; what was agreed is done, or due."""
    met = Meeting.objects.of_partners().filter(programme=cast.programme, on__lte=cast.on).order_by("on")
    for meeting in met:
        by = cast.members["an"].standing_on(meeting.on)
        note_attendance(meeting, {cast.members[key].contact: key != "hilde" for key in AT_THE_TABLE}, by=by)
        for item in meeting.items.order_by("position", "pk"):
            write_note(item, note="Elke partner gaf aan wat die kan bijdragen.", by=by)
    latest = met.last()
    if latest:
        _agree(cast, latest)
    for meeting in met:
        on = meeting.on + timedelta(days=1)
        close_meeting(meeting, on=on, by=cast.members["an"].standing_on(on))


def steering_group(cast: Cast) -> None:
    """The steering group met over the figures and decided; its next meeting is planned."""
    by, chair = cast.member("an", 40), cast.members["greet"].contact
    there: dict[str, Any] = {"place": "Stadhuis", "chair": chair, "starts_at": time(14), "ends_at": time(16)}
    there["kind"] = MeetingKind.STEERING
    met = plan_meeting(cast.programme, on=cast.ago(40), **there, by=by)
    plan_meeting(cast.programme, on=cast.ago(-140), **there, by=by)
    note_attendance(met, {chair: True, cast.members["an"].contact: True}, by=by)
    words = "Elke huisvestingsmaatschappij meldt een achterstand voor ze een procedure start."
    why = "Van de zittende huurders kwamen er weinig, en laat."
    resolve(met, text=words, motive=why, owner=cast.members["an"].contact, on=cast.ago(40), by=by)
    close_meeting(met, on=cast.ago(39), by=cast.member("an", 39))


def invitations(cast: Cast) -> None:
    """Everybody at the table is invited to the next meeting: one comes, one cannot, the others have not answered."""
    ahead = Meeting.objects.of_partners().filter(programme=cast.programme, on__gt=cast.on).order_by("on").first()
    if ahead is None:
        return
    invite(ahead, [cast.members[key].contact for key in AT_THE_TABLE], on=cast.ago(5), by=cast.member("an", 5))
    for key, said, note in (
        ("ilse", Answer.COMES, ""),
        ("hilde", Answer.APOLOGIES, "Mijn collega komt in mijn plaats."),
    ):
        mine = Invitation.objects.get(meeting=ahead, contact=cast.members[key].contact)
        answer_invitation(mine, answer=said, note=note, on=cast.ago(3), by=cast.member(key, 3))


def _agree(cast: Cast, meeting: Meeting) -> None:
    by, accepted = cast.members["an"].standing_on(meeting.on), {"decision": Decision.ACCEPT}
    item = AgendaItem.objects.filter(meeting=meeting, **accepted).order_by("position", "pk").first()
    if item is None:
        return
    worker = cast.members["hanne"].contact
    done = add_action_point(
        item, text="Kennismaken met de begeleider", owner=worker, due_on=meeting.on + timedelta(days=7), by=by
    )
    finish_action_point(done, on=meeting.on + timedelta(days=5), by=by)
    add_action_point(
        item, text="Budgetbeheer navragen bij het OCMW", owner=worker, due_on=cast.on + timedelta(days=2), by=by
    )


def homes(cast: Cast) -> None:
    """The trial dwellings are furnished; one stay deviates from the rule, with a review (P9, P20)."""
    by = cast.member("ruben", 40)
    stays = Placement.objects.filter(programme=cast.programme, ended_on=None).order_by("starts_on", "pk")
    for placement in stays:
        ready_on = min(placement.starts_on or cast.on, cast.on) - timedelta(days=2)
        things = list_usual_furnishing(placement.dwelling, by=by)
        for thing in things if placement.keys_on else things[: len(things) // 2]:
            furnish(thing, done_on=ready_on, by=cast.members["ruben"].standing_on(cast.on))
    longest = stays.exclude(keys_on=None).first()
    if longest:
        add_deviation(
            longest,
            what="De hond mag mee, al laat het huishoudelijk reglement geen dieren toe.",
            reason="Zonder de hond zou zij de woning niet aanvaard hebben.",
            approved_by=cast.members["an"].contact,
            review_on=cast.ago(-30),
            by=by,
        )


def people_near(cast: Cast) -> None:
    """Who lives along, and who is near."""
    johan, linda = (pathway_of(cast, name).person for name in ("Claeys", "Dhondt"))
    on, by = cast.ago(100), cast.member("ruben", 100)
    partner = {"name": "Rosa Claeys", "relation": "echtgenote", "birth_on": date(1966, 2, 3)}
    doctor = {"name": "dr. Lut Goethals", "relation": "huisarts", "phone": "050 00 11 30"}
    set_people_near(johan, household=[partner], network=[], on=on, by=by)
    sister = {"name": "Mieke Dhondt", "relation": "zus", "phone": "050 00 11 31"}
    set_people_near(linda, household=[], network=[sister, doctor], on=on, by=by)


def first_talk(cast: Cast) -> None:
    """The first talk of aftercare was held; the second is due these days (P23)."""
    waiting = Review.objects.filter(programme=cast.programme, held_on=None, aftercare__ended_on=None)
    due = waiting.filter(due_on__lt=cast.ago(30)).order_by("due_on")
    for review in due:
        by = cast.members["ruben"].standing_on(review.due_on)
        hold_review(review, held_on=review.due_on, note="Alles loopt. De verhuurder hoort niets van de buren.", by=by)


def protocols(cast: Cast) -> None:
    """With two partners a protocol was signed, with a third none is needed, with the others there is none yet."""
    by = cast.member("an", 400)
    since: dict[str, Any] = {"from_on": cast.ago(400)}
    for name in (HOSPITAL, HOUSING):
        note_protocol(cast.organisations[name], ProtocolKind.SIGNED, by=by, **since)
    told: dict[str, Any] = {
        "reason": "Zelfde opdracht, zelfde rechtspersoon als het OCMW.",
        "judged_by": "Dirk Coppens",
    }
    note_protocol(cast.organisations[STREET], ProtocolKind.NOT_NEEDED, by=by, **told, **since)


def shared(cast: Cast) -> None:
    """One person shares with the hospital how it goes; another took it back."""
    by, ilse = cast.member("ruben", 90), cast.members["ilse"].contact
    hospital: dict[str, Any] = {
        "contact": ilse,
        "agreed_on": cast.ago(90),
        "from_on": cast.ago(90),
        "until_on": cast.ago(-180),
    }
    told: dict[str, Any] = {
        "purpose": "Samen opvolgen van de medicatie en van het weekritme.",
        "on": cast.ago(90),
        "by": by,
    }
    chosen = [Category.PROGRESS, Category.TENANCY, Category.HEALTH, Category.SUPPORT]
    share(pathway_of(cast, "Dhondt").pk, cast.organisations[HOSPITAL], categories=chosen, **hospital, **told)
    nele = pathway_of(cast, "Pieters").pk
    taken = share(nele, cast.organisations[HOSPITAL], categories=[Category.HEALTH], **hospital, **told)
    withdraw_share(taken, withdrawn_on=cast.ago(10), why="De behandeling is afgerond.", by=cast.member("hanne", 10))


def texts_of_papers(cast: Cast) -> None:
    """The house rules are the programme's own, with a copy in French, approved by a colleague; the deed is being written."""
    rules = start_version(cast.programme, "house_rules", on=cast.ago(20), by=cast.member("an", 20))
    pets = "Een huisdier kan, na overleg met uw begeleider {worker.name}."
    write_article(rules, None, heading="Huisdieren", body=pets, by=cast.member("an", 20))
    approve_text(rules, from_on=cast.ago(14), on=cast.ago(14), by=cast.member("ruben", 14))
    copy = start_version(cast.programme, "house_rules", language="fr", on=cast.ago(12), by=cast.member("an", 12))
    pets = "Un animal est possible, après concertation avec votre accompagnateur {worker.name}."
    write_article(copy, None, heading="Animaux", body=pets, by=cast.member("an", 12))
    approve_text(copy, from_on=cast.ago(10), on=cast.ago(10), by=cast.member("ruben", 10))
    start_version(cast.programme, "loan_deed", on=cast.ago(4), by=cast.member("an", 4))


def account(cast: Cast) -> None:
    """The account to which usage fees are paid (an example's: nobody's), and what a dwelling costs at most."""
    told: dict[str, Any] = {
        "fee_payee": "OCMW Voorbeeld",
        "fee_iban": "BE68 5390 0754 7034",
        "cost_cover": Decimal(500),
    }
    change_programme_rule(cast.programme, from_on=cast.on, on=cast.on, by=cast.member("an", 0), **told)


STORIES = (
    news_for_who_waits,
    talk,
    signals,
    letters,
    minutes,
    steering_group,
    invitations,
    homes,
    texts_of_papers,
    account,
    people_near,
    first_talk,
    protocols,
    shared,
)
