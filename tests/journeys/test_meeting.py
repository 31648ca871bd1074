"""Twelve items, three organisations, from agenda to minutes, with a connection lost and two who write at once (P17, P24)."""

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.journeys.hands import ID
from tests.journeys.letters import posted
from tests.post.mail_server import text_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ADDED = ("Kelly Debruyne", "Nadia Hoornaert", "Nele Pieters", "Dirk Lippens")
# Who is new, who referred them, and what the partners decide.
OURS = {
    "ilse": ("Ayşe Yıldız", "Tom Ghekiere"),
    "bram": ("Leen Pauwels", "Kelly Debruyne"),
    "hilde": ("Marc Vanhecke",),
}
EVERYBODY = [name for names in OURS.values() for name in names]
INNER = "Alleen voor ons: kwetsbaar."


def talk_page(hands, name):
    return hands.open("/intervision/").follow(f"/meeting/{ID}/").follow(f"/item/{ID}/", name)


def invite(story, settings):
    """Two more are invited; the mail brings an entry for the calendar and nobody's name, the answer is back on the page."""
    with posted(settings) as letters:
        an = story.of("an").open("/intervision/").follow(f"/meeting/{ID}/").follow("/invite/")
        an.page.get_by_label("Wim Pauwels").check(force=True)
        an.page.get_by_label("Greet Maes").check(force=True)
        an.press().reads("2 mensen zijn uitgenodigd", "nog geen antwoord")
    letter = next(each for each in letters if "wim@" in each["To"])
    (entry,) = [each for each in letter.walk() if each.get_content_type() == "text/calendar"]
    (event,) = Calendar.from_ical(entry.get_payload(decode=True)).walk("VEVENT")
    assert (event["dtend"].dt - event["dtstart"].dt).total_seconds() == 2.5 * 60 * 60
    told = str(letter["Subject"]) + text_of(letter) + event.to_ical().decode()
    assert not {word for name in (*EVERYBODY, *ADDED) for word in name.split() if word in told}
    story.of("wim").open("/inbox/").reads("U bent uitgenodigd")
    story.of("wim").open("/portal/").follow(f"/invitation/{ID}/").fill(answer="comes").press().reads("U antwoordde")
    story.of("an").open("/intervision/").follow(f"/meeting/{ID}/").reads("Wim Pauwels komt")


def fill_the_agenda(story):
    """The agenda fills itself, four more are put on by hand: twelve items."""
    an = story.of("an").post("/fill/")
    for name in ADDED:
        an.open("/intervision/").follow(f"/meeting/{ID}/").follow("/find/")
        an.page.fill("main [name=q]", name.split()[-1])
        an.press("main form[method=get] button").follow("/put-on/", name).press()
    assert an.page.locator("#content .agenda-list__item").count() == 12


def gather(story):
    """On the day itself; what people answered stands ready, a housing partner is in the room, so care is hidden."""
    an = story.day(2).of("an").open("/intervision/").follow(f"/meeting/{ID}/").follow("/attendance/")
    assert an.page.get_by_label("Wim Pauwels").input_value() == "present"
    for name in ("An Verhaeghe", "Ruben Desmet", "Bram Sercu"):
        an.page.get_by_label(name).select_option("present")
    an.press()


def write_at_once(story):
    """The coordinator and a support worker write about the same person: both texts are kept."""
    name = EVERYBODY[0]
    an, ruben = talk_page(story.of("an"), name), talk_page(story.of("ruben"), name)
    an.reads("Zorg verborgen")
    ruben.fill(note="Ruben: komt elke week.").press("main form[data-hurry] button[type=submit]:visible")
    an.fill(note="An: drie verhuizingen.", decision="accept", motive=INNER, motive_for_referrer=f"Welkom, {name}.")
    with an.page.expect_navigation():
        an.page.locator("main form[data-hurry] button.button--main").click()
    an.reads("Ruben Desmet", "Ruben: komt elke week.", "An: drie verhuizingen.")
    an.page.locator("[name='_choice-note'][value=both]").check(force=True)
    an.press().reads("Beslist: aanvaarden")
    talk_page(an, name).reads("An: drie verhuizingen.", "Ruben: komt elke week.", "aanvaarden")


def lose_the_connection(story):
    """Nothing typed is lost while the line is down, and pressing again when it is back decides once."""
    name = EVERYBODY[1]
    an = talk_page(story.of("an"), name)
    an.page.context.set_offline(True)
    an.fill(note="Zonder lijn geschreven.", decision="postpone", motive=INNER, motive_for_referrer=f"Later, {name}.")
    an.page.locator("main form[data-hurry] button.button--main").click()
    expect(an.page.locator("main form[data-hurry]")).to_contain_text("Er is geen verbinding")
    # What is said may be of the draft: the press that found no line gives up a moment later.
    an.page.wait_for_timeout(1000)
    an.page.context.set_offline(False)
    an.press().reads("Beslist: uitstellen")
    talk_page(an, name).reads("Zonder lijn geschreven.", "uitstellen")


def decide_the_rest(story):
    """With the keyboard alone: choose, write, Ctrl and Enter, and the next item is there."""
    an = story.of("an").open("/intervision/").follow(f"/meeting/{ID}/").follow(f"/item/{ID}/")
    for name in EVERYBODY[2:]:
        talk_page(an, name)
        an.page.locator("main [name=decision][value=accept]").focus()
        an.page.keyboard.press("Space")
        for field, words in (("motive", INNER), ("motive_for_referrer", f"Welkom, {name}.")):
            an.page.locator(f"main [name={field}]").focus()
            an.page.keyboard.type(words)
        with an.page.expect_navigation():
            an.page.keyboard.press("Control+Enter")
        an.reads("Beslist: aanvaarden")
    while an.page.locator("main form[data-hurry] [name=decision]").count():
        an.fill(decision="other", motive=INNER)
        with an.page.expect_navigation():
            an.page.locator("main form[data-hurry] button.button--main").click()


def read_the_minutes(story, assert_accessible):
    """The minutes are closed; each partner reads its own referrals in the words meant for it, and no more."""
    an = story.of("an").open("/intervision/").follow(f"/meeting/{ID}/")
    an.post("/close/").reads("afgesloten").follow("/minutes/").reads(*EVERYBODY, *ADDED, INNER)
    assert_accessible(an.page)
    for key, names in OURS.items():
        theirs = story.of(key).open("/portal/").follow("/intervision/ours/").follow(f"/ours/{ID}/")
        theirs.reads(*names, *(f"{name}." for name in names)).does_not_read("Alleen voor ons", "Ruben: komt")
        theirs.does_not_read(*(name for name in EVERYBODY if name not in names))
        assert_accessible(theirs.page)


def test_twelve_items_from_agenda_to_minutes(story, settings, assert_accessible):
    invite(story, settings)
    fill_the_agenda(story)
    gather(story)
    write_at_once(story)
    lose_the_connection(story)
    decide_the_rest(story)
    read_the_minutes(story, assert_accessible)
