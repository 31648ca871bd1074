"""One full story in a programme, by the demo's building blocks: every room has rows, every relation to a person exists.

- Linda, referred by the street corner (Bram), lives in a dwelling of the second landlord (Wim), trial stay with all that hangs on it.
- Fatima, referred by the hospital (Ilse), signs for a dwelling of the first landlord (Hilde).
- Dirk, sitting tenant, referred by the first landlord (Hilde).
- Marc, referred by the hospital, in aftercare; his home is of the second landlord.
- Linda shares health, support, progress and her home with the hospital's Ilse, whose function is bound by secrecy, and progress
  and contact with the first landlord, whose people keep secrecy and yet never read care; Marc shares money and health with the street corner, whose Bram is not bound. With
  the hospital Dirk's share was taken back, Fatima shares nothing; Paul's with the shelter fell with its protocol.
- Tom, new, referred by the hospital; its sight of him ended yesterday. Evy was taken back.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from intrek.ground.access.actions import break_in, end_grants, judge, note_tie, share, withdraw_share
from intrek.ground.access.models import Category, Ground
from intrek.ground.accounts.actions import keep_draft
from intrek.ground.documents.actions import take_in
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.journal.actions import note_look
from intrek.ground.partners.actions import end_protocol, note_protocol
from intrek.ground.partners.models import Organisation, ProtocolKind
from intrek.ground.partners.resets import ask_reset
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.actions import set_people_near
from intrek.ground.post.actions import announce, choose_mails, pause_mails, withdraw_announcement
from intrek.ground.post.models import Mail, MailState
from intrek.ground.programmes.actions import change_programme_rule
from intrek.ground.programmes.models import Programme, TrackKind
from intrek.ground.programmes.queries import track_of
from intrek.story.aftercare.actions import answer_knock, knock, knock_as_landlord, start_aftercare
from intrek.story.intervision.actions import (
    add_action_point,
    answer_invitation,
    invite,
    keep_figures,
    note_attendance,
    plan_meeting,
    put_on_agenda,
    resolve,
)
from intrek.story.intervision.models import AgendaItem, MeetingKind, Why
from intrek.story.intervision.queries import rule_changes
from intrek.story.placement.actions import add_deviation, list_usual_furnishing
from intrek.story.placement.models import Placement
from intrek.story.referral.actions import answer, ask_programme, ask_referrer, note_care, withdraw_referral
from intrek.story.referral.models import WithdrawnBy
from intrek.story.referral.rules import draft_key
from intrek.story.support.actions import (
    add_eviction_step,
    add_goal_step,
    add_threat,
    answer_signal,
    ask_for_talk,
    mark_signal_read,
    raise_signal,
    set_goal,
    start_support,
    suspend,
)
from intrek.story.support.models import SupportTerm
from intrek.story.tenancy.actions import sign_tenancy
from intrek.windows.demo import around, living, looking
from intrek.windows.demo.cast import HOSPITAL, HOUSING, SECOND_HOUSING, SHELTER, STREET, Cast, gather
from intrek.windows.demo.referring import Somebody, accepted, meeting, refer
from intrek.windows.exchange.actions import make_feed
from intrek.windows.exchange.models import Batch, RefusedRow
from intrek.windows.steering.queries import counts_of
from intrek.windows.steering.rules import Span
from tests.documents.hostile_files import pdf, photo
from tests.factories import real_today

DRAFT_ID = "7f8c1d52-7f1e-4a3b-9c1d-000000000001"
CARE = ("mental_health_note", "addiction_note", "justice_note")
AT_RISK = {"threats": ["arrears"], "threat_note": "Drie maanden achterstand."}


@dataclass
class Story:
    """A programme full of rows, and who works in it."""

    programme: Programme
    cast: Cast


def tell(programme) -> Story:
    """The whole story of a programme, told up to today."""
    cast = gather(programme, real_today())
    for part in (
        _trial,
        _signing,
        _sitting,
        _aftercare,
        _newcomers,
        _talking,
        _signalling,
        _posting,
        _sharing,
        _at_the_table,
        _steering,
        around.texts_of_papers,
        _going_over,
        _typing,
    ):
        part(cast)
    return Story(programme, cast)


def _trial(cast):
    linda = accepted(cast, Somebody("Linda", "Dhondt", date(1980, 2, 17), "bram", 200, phone="050001122"), days_ago=180)
    home = living.offered(cast, "Veltemweg 7", SECOND_HOUSING, days_ago=150)
    placement = living.housed(cast, linda, home, starts_ago=80, months=12, worker="ruben")
    looking.looked_over(cast, placement, days_ago=80)
    linda, term = Pathway.objects.get(pk=linda.pk), SupportTerm.objects.get(pathway=linda)
    living.evaluated(cast, term, "ruben", days_ago=20, level=1)
    suspend(term, from_on=cast.ago(15), until_on=cast.ago(9), reason_code="hospital", by=cast.member("ruben", 15))
    living.visited(cast, linda, "ruben", from_ago=80, until_ago=70)
    living.planned(cast, linda, "ruben", days_ahead=1)
    living.asked(cast, linda, "Mobiel Team", days_ago=40, expected_on=cast.ago(-75))
    goal = set_goal(
        linda, domain="admin", text="Facturen zelf openen", set_on=cast.ago(40), by=cast.member("ruben", 40)
    )
    add_goal_step(goal, text="Elke vrijdag samen de post", by=cast.member("ruben", 40))
    ask_for_talk(linda, question="Doorgaan na een opname?", on=cast.ago(3), by=cast.member("ruben", 3))
    _around(cast, linda, placement)


def _around(cast, linda, placement):
    by, anna = cast.member("ruben", 40), {"name": "Rosa", "relation": "zus"}
    doctor = {"name": "dr. Lut Goethals", "relation": "huisarts", "phone": "050 00 11 30"}
    set_people_near(linda.person, household=[anna], network=[doctor], on=cast.ago(40), by=by)
    list_usual_furnishing(placement.dwelling, by=by)
    told = {"what": "De hond mag mee.", "reason": "Zonder hond geen woning.", "review_on": cast.ago(-30)}
    add_deviation(placement, approved_by=cast.members["an"].contact, by=by, **told)
    item = AgendaItem.objects.filter(pathway=linda).get()
    by = cast.members["an"].standing_on(item.meeting.on)
    note_attendance(item.meeting, {cast.members["bram"].contact: True}, by=by)
    add_action_point(item, text="Kennismaken", owner=cast.members["hanne"].contact, due_on=cast.on, by=by)


def _signing(cast):
    fatima = accepted(cast, Somebody("Fatima", "Amrani", date(1984, 5, 14), "ilse", 160), days_ago=117)
    home = living.offered(cast, "Gulden-Vlieslaan 23", HOUSING, days_ago=60, bedrooms=2)
    allocation = living.chosen(cast, fatima, home, days_ago=21)
    placement = living.prepared(cast, allocation, starts_ago=-8, months=6, decided_ago=18)
    living.sign_papers(cast, placement, days_ago=2, leave_out=living.ON_SCREEN)
    living.sign_on_screen(cast, placement, days_ago=2)
    candidate = accepted(cast, Somebody("Paul", "Vandewalle", date(1972, 1, 9), "bram", 150), days_ago=117)
    living.chosen(cast, candidate, living.offered(cast, "Lange Rei 88", HOUSING, days_ago=40), days_ago=4)
    living.offered(cast, "Ezelstraat 4", SECOND_HOUSING, days_ago=30)


def _sitting(cast):
    who = Somebody("Dirk", "Lippens", date(1966, 1, 9), "hilde", 150, TrackKind.SITTING, answers=AT_RISK)
    dirk = accepted(cast, who, days_ago=117)
    _told_more(cast, dirk)
    told = {"months": 9, "worker": cast.members["ruben"].contact, "agreement_on": cast.ago(50)}
    track, by = track_of(cast.programme, TrackKind.SITTING), cast.member("ruben", 50)
    start_support(dirk, track=track, starts_on=cast.ago(50), by=by, **told)
    dirk, by = Pathway.objects.get(pk=dirk.pk), cast.member("ruben", 40)
    add_threat(dirk, kind="arrears", since_on=cast.ago(200), note="Afbetalingsplan.", by=by)
    add_eviction_step(dirk, kind="hearing", on=cast.ago(-3), note="Plan moet binnen zijn.", by=by)


def _told_more(cast, dirk):
    """As a list of before told it: a housing partner's row with care in it, which that partner may not read back (P7)."""
    care = {"mental_health": "diagnosed", "addiction": "yes"} | dict.fromkeys(CARE, "In eigen woorden.")
    note_care(dirk.referral, on=cast.ago(110), by=cast.member("ruben", 110), **care)
    dirk.referral.said["care"] = care
    dirk.referral.save()


def _aftercare(cast):
    marc = accepted(cast, Somebody("Marc", "Strubbe", date(1958, 4, 25), "ilse", 510), days_ago=480)
    home = living.offered(cast, "Oliebaan 41", SECOND_HOUSING, days_ago=470)
    placement = living.housed(cast, marc, home, starts_ago=370, months=6, worker="ruben")
    looking.looked_over(cast, placement, days_ago=370)
    looking.looked_over_again(cast, placement, days_ago=200)
    told = {"is_final": True, "is_positive": True, "next_step": "move_on"}
    living.evaluated(cast, SupportTerm.objects.get(pathway=marc), "ruben", days_ago=195, level=3, **told)
    placement = Placement.objects.get(pk=placement.pk)
    told = {"landlord": placement.dwelling.owner, "with_support": False, "signed_on": cast.ago(188)}
    sign_tenancy(placement, starts_on=cast.ago(188), by=cast.member("an", 188), **told)
    marc, by = Pathway.objects.get(pk=marc.pk), cast.member("ruben", 186)
    told = {"anchor": cast.members["ruben"].contact, "how_to_reach": "050 00 11 22, werkdagen"}
    start_aftercare(marc, from_on=cast.ago(186), by=by, **told)
    marc = Pathway.objects.get(pk=marc.pk)
    knock(marc, on=cast.ago(1), who="Hilde Sys", what="Brieven zonder antwoord.", by=cast.member("an", 1))


def _newcomers(cast):
    tom = refer(cast, Somebody("Tom", "Ghekiere", date(1988, 3, 4), "ilse", 16, addiction="yes"))
    put_on_agenda(meeting(cast, -2), tom, why=Why.NEW_REFERRAL, by=cast.member("an", 10))
    yesterday, hospital = cast.ago(1), cast.organisations[HOSPITAL]
    assert end_grants(tom.pk, hospital, ground=Ground.OWN_REFERRAL, last_day=yesterday) == 1
    evy = refer(cast, Somebody("Evy", "Geldof", date(2000, 5, 19), "bram", 90)).referral
    why = {"withdrawn_by": WithdrawnBy.CLIENT, "why": "Zij trekt in bij haar zus."}
    withdraw_referral(evy, on=cast.ago(75), by=cast.member("bram", 75), **why)


def _talking(cast):
    """The hospital is asked about Tom, whom it may no longer see, and about Linda; the street corner asked about Evy."""

    def referral(family_name):
        return Pathway.objects.get(programme=cast.programme, person__family_name=family_name).referral

    asked = {"answer_by": cast.ago(-3), "on": cast.ago(5), "by": cast.member("an", 5)}
    ask_referrer(referral("Ghekiere"), text="Waar verblijft hij nu?", **asked)
    question = ask_referrer(referral("Dhondt"), text="Wie volgt haar op?", **asked)
    told = {"text": "Het mobiele team.", "added": take_in([SimpleUploadedFile("attest.jpg", photo())])}
    answer(question, **told, on=cast.ago(4), by=cast.member("ilse", 4))
    told = {"text": "Mag zij later terugkomen?", "added": take_in([SimpleUploadedFile("brief.pdf", pdf())])}
    ask_programme(referral("Geldof"), **told, on=cast.ago(3), by=cast.member("bram", 3))


def _signalling(cast):
    """A landlord tells of Linda, of somebody nobody knows, and knocks for Marc; the other landlord has nothing to say."""
    ruben, wim = cast.member("ruben", 3), cast.member("wim", 3)
    told = {"weight": "serious", "what": "Luide muziek.", "tried": "Een brief.", "tenant": "Nora Peeters"}
    for address in ("Veltemweg 7", "Ezelstraat 4"):
        home = Dwelling.objects.get(programme=cast.programme, address=address)
        signal = raise_signal(home, kind="nuisance", on=cast.ago(3), by=wim, **told)
        agreed = {"for_programme": True, "due_on": cast.ago(-4)}
        answer_signal(signal, text="Wij spreken hen aan.", on=cast.ago(2), by=ruben, **agreed)
        mark_signal_read(signal, at=timezone.now(), by=ruben)
    marc = Pathway.objects.get(programme=cast.programme, person__family_name="Strubbe")
    knocked = knock_as_landlord(marc, what="De brievenbus zit vol.", on=cast.ago(2), by=cast.member("wim", 2))
    told = {"answer": "Hij was weg.", "told": "Hij is terug."}
    answer_knock(knocked, answered_on=cast.ago(1), by=cast.member("ruben", 1), **told)


def _posting(cast):
    """An announcement to all, one that was withdrawn, a pause, a choice, and a mail that did not leave."""
    an = cast.member("an", 2)
    for title in ("Nieuwe datum", "Vergissing"):
        said = announce(title=title, text="De intervisie is op 3 maart.", on=cast.ago(2), by=an)
    withdraw_announcement(said, on=cast.ago(1))
    ilse = cast.members["ilse"].contact
    choose_mails(ilse, {"news": "weekly"})
    linda = Pathway.objects.get(programme=cast.programme, person__family_name="Dhondt")
    pause_mails(ilse, linda.pk, until_on=cast.ago(-5), on=cast.on)
    mail = Mail.objects.filter(programme=cast.programme, to=ilse).order_by("pk").first()
    Mail.objects.filter(pk=mail.pk).update(state=MailState.GIVEN_UP, error="SMTPServerDisconnected")


def _sharing(cast):
    by, on = cast.member("an", 30), {"agreed_on": cast.ago(30), "from_on": cast.ago(30), "until_on": cast.ago(-60)}
    for name in (HOSPITAL, STREET, HOUSING, SHELTER):
        note_protocol(cast.organisations[name], ProtocolKind.SIGNED, from_on=cast.ago(90), by=by)

    def shared(family_name, name, *kinds, **told):
        pathway = Pathway.objects.get(programme=cast.programme, person__family_name=family_name)
        told = {"purpose": "Samen opvolgen.", "on": cast.on, "by": by} | on | told
        return share(pathway.pk, cast.organisations[name], categories=kinds, **told)

    linda = (Category.HEALTH, Category.SUPPORT, Category.PROGRESS, Category.TENANCY)
    shared("Dhondt", HOSPITAL, *linda, contact=cast.members["ilse"].contact)
    to_landlord = shared("Dhondt", HOUSING, Category.PROGRESS, Category.CONTACT)
    # Whatever is ticked: a grant of care to a landlord, as only a fault or an older installation could leave it.
    care = [Category.HEALTH, Category.ADDICTION, Category.JUSTICE, Category.SUPPORT]
    to_landlord.grants.update(categories=[*to_landlord.categories, *care])
    Organisation.objects.filter(pk=to_landlord.organisation_id).update(bound_by_secrecy=True)
    to_landlord.organisation.people.update(bound_by_secrecy=True)
    shared("Strubbe", STREET, Category.FINANCES, Category.HEALTH)
    taken_back = shared("Lippens", HOSPITAL, Category.HEALTH, Category.REFERRAL)
    withdraw_share(taken_back, withdrawn_on=cast.on, why="Zij heeft spijt.", by=cast.member("an", 0))
    shared("Vandewalle", SHELTER, Category.REFERRAL)
    end_protocol(cast.organisations[SHELTER].protocols.get(), last_day=cast.ago(1), by=by)


def _at_the_table(cast):
    """A meeting of today with the street corner's Bram, who is not bound by secrecy, while the hospital's Ilse sent apologies."""
    today, by = meeting(cast, 0), cast.member("an", 0)
    put_on_agenda(
        today, Pathway.objects.get(programme=cast.programme, person__family_name="Dhondt"), why=Why.ASKED, by=by
    )
    asked = {key: cast.members[key].contact for key in ("ilse", "hilde", "greet", "ruben")}
    invitations = invite(today, asked.values(), on=cast.on, by=by)
    told = {"answer": "apologies", "note": "Mijn collega komt.", "on": cast.on, "by": cast.member("ilse", 0)}
    answer_invitation(invitations[0], **told)
    for key in asked:
        make_feed(cast.member(key, 0), name="Outlook", on=cast.on, by=by)
    note_attendance(today, {cast.members["bram"].contact: True, cast.members["ilse"].contact: False}, by=by)


def _steering(cast):
    """The steering group met today, decided on a rule that was changed at once, and kept the figures it saw."""
    by, chair = cast.member("an", 0), cast.members["an"].contact
    hours = {"starts_at": time(9), "ends_at": time(10), "place": "Stadhuis", "chair": chair}
    today = plan_meeting(cast.programme, on=cast.on, kind=MeetingKind.STEERING, **hours, by=by)
    invite(today, [cast.members["greet"].contact], on=cast.on, by=by)
    change_programme_rule(cast.programme, from_on=cast.on + timedelta(days=1), on=cast.on, by=by, news_days=28)
    change = rule_changes(today).first()
    resolve(today, text="Elke maand nieuws.", motive="Te traag.", change=change, on=cast.on, by=by)
    keep_figures(today, counts_of(cast.programme, Span(today=cast.on)), on=cast.on, by=by)


def _going_over(cast):
    """Ruben lives beside Linda, and once opened many files; somebody of the other programme opens hers, below in ``open_beside``."""
    linda = Pathway.objects.get(programme=cast.programme, person__family_name="Dhondt")
    note_tie(linda.pk, kind="neighbour", at=timezone.now(), by=cast.members["ruben"])
    told = {"week_on": cast.ago(30), "pathway_id": None, "reader_id": cast.members["ruben"].user_id}
    found = {"is_in_order": False, "note": "Hij zocht een nummer.", "at": timezone.now(), "by": cast.members["an"]}
    judge("many", cast.members["ruben"].pk, **told, **found)


def open_beside(story, other, *, at):
    """The coordinator of one programme opens a file of the other."""
    linda, by = Pathway.objects.get(programme=other.programme, person__family_name="Dhondt"), story.cast.members["an"]
    break_in(linda.pk, linda.number, other.programme.pk, reason="Zij staat aan de deur.", at=at, by=by)


def _typing(cast):
    """Somebody's half-typed referral, lists that were read in, and a colleague who was let in again."""
    ask_reset(cast.members["bram"], called="050 00 11 22", at=timezone.now(), by=cast.members["an"])
    answers = {"given_name": ["Half"], "family_name": ["Getypt"]}
    key, programme = draft_key(DRAFT_ID, "person"), cast.programme
    keep_draft(cast.members["ilse"].user, key, answers=answers, programme_id=programme.pk)
    an = cast.members["an"]
    linda = Pathway.objects.get(programme=programme, person__family_name="Dhondt")
    looked = {"by_label": an.label, "for_label": an.organisation.name, "role": an.role, "page": "desk:pathway"}
    ids = {"programme_id": programme.pk, "member_id": an.pk, "seen": [linda.person_id], "kinds": ["identity"]}
    note_look(**ids, **looked, method="GET", outcome="shown")
    at = {"confirmed_at": cast.programme.created_at, "finished_at": cast.programme.created_at}
    reader = cast.members["an"].contact
    batch = Batch.objects.create(programme=cast.programme, file_name="lijst.csv", read_by=reader, **at)
    Batch.objects.create(programme=cast.programme, file_name="nog-niet.csv", read_by=reader, content=b"naam;traject\n")
    RefusedRow.objects.create(programme=cast.programme, batch=batch, line=2, cells=["Jan"], reasons=["Zonder naam."])
