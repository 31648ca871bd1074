"""Texts are gathered from modules and templates, and a catalogue that is not complete is refused."""

import gettext

import pytest
from babel.messages import Message

from tools import messages

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("A trial stay lasts at least %(months)d months.")
B = ngettext("%(count)d visit", "%(count)d visits", 2)
C = pgettext("of a stay", "Ended")
D = _("One text " "over two lines")
"""
TEMPLATE = """
<h1 title="{% trans 'Who may' %}">{% translate "It's open" %}</h1> isn't "closed"
{% blocktrans trimmed count days=n %}
  {{ days }} day
{% plural %}
  {{ days }} days
{% endblocktrans %}
{% blocktrans with name=person.name context "greeting" %}Hello {{ name }}, 100%{% endblocktrans %}
{{ value|default:_("unknown") }}<c-button label="plain"/>
"""


@pytest.fixture
def house(tmp_path):
    room = tmp_path / "intrek" / "story" / "placement"
    (room / "templates" / "placement").mkdir(parents=True)
    (room / "apps.py").touch()
    (room / "models.py").write_text(PYTHON)
    (room / "templates" / "placement" / "page.html").write_text(TEMPLATE)
    return tmp_path


def translate(house, language, **changes):
    path = messages.po_file(house / "intrek/story/placement", language)
    catalog = messages.read_catalog(path, language)
    for message in catalog:
        if message.id:
            message.string = changes.get(messages.key(message)[1], message.id)
    messages.write_catalog(path, catalog)
    return path


def test_texts_of_modules_are_gathered(house):
    texts = list(messages.texts_of_python(house / "intrek/story/placement/models.py", "models.py"))
    assert [text[:3] for text in texts] == [
        (None, "A trial stay lasts at least %(months)d months.", None),
        (None, "%(count)d visit", "%(count)d visits"),
        ("of a stay", "Ended", None),
        (None, "One text over two lines", None),
    ]


def test_texts_of_templates_are_gathered():
    assert {text[:3] for text in messages.texts_of_template(TEMPLATE, "page.html")} == {
        (None, "Who may", None),
        (None, "It's open", None),
        (None, "%(days)s day", "%(days)s days"),
        ("greeting", "Hello %(name)s, 100%%", None),
        (None, "unknown", None),
    }


def test_new_texts_make_the_catalogues_incomplete_until_they_are_translated(house):
    assert any("missing 'Ended'" in fault for fault in messages.faults(house))
    messages.update(["placement"], house)
    assert any("not translated in 'Ended'" in fault for fault in messages.faults(house))
    for language in messages.LANGUAGES:
        translate(house, language)
    assert messages.faults(house) == []


def test_a_second_gathering_changes_nothing(house):
    messages.update([], house)
    path = translate(house, "nl", Ended="Beëindigd")
    before = path.read_bytes()
    messages.update([], house)
    assert path.read_bytes() == before


def test_a_text_that_is_gone_is_obsolete_until_the_next_gathering(house):
    messages.update([], house)
    for language in messages.LANGUAGES:
        translate(house, language)
    (house / "intrek/story/placement/models.py").write_text("")
    assert any("obsolete 'Ended'" in fault for fault in messages.faults(house))
    messages.update([], house)
    assert messages.faults(house) == []


def test_a_translation_from_another_room_is_taken_over(house):
    messages.update([], house)
    translate(house, "nl", Ended="Beëindigd")
    other = house / "intrek" / "story" / "support"
    other.mkdir()
    (other / "apps.py").write_text(PYTHON)
    messages.update(["support"], house)
    assert "Beëindigd" in messages.po_file(other, "nl").read_text()
    assert "Beëindigd" not in messages.po_file(other, "fr").read_text()


def test_one_text_has_one_translation_in_the_whole_house(house):
    test_a_translation_from_another_room_is_taken_over(house)
    path = messages.po_file(house / "intrek/story/support", "nl")
    path.write_text(path.read_text().replace("Beëindigd", "Gestopt"))
    assert any("is 'Gestopt' here, 'Beëindigd' in" in fault for fault in messages.faults(house))


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("%(months)d months", "maanden", "placeholders differ"),
        ("{name} left", "{naam} vertrok", "placeholders differ"),
        (("%(n)d day", "%(n)d days"), ("één dag", "%(m)d dagen"), "placeholders differ"),
        (("%(n)d day", "%(n)d days"), ("%(n)d dag", ""), "not translated"),
        ("Ended", "", "not translated"),
        ("Ended", "Beëindigd ", "blank at the edge"),
    ],
)
def test_a_translation_that_does_not_fit_is_refused(text, translation, fault):
    assert any(fault in found for found in messages.faults_of_message(Message(text, translation)))


def test_a_fuzzy_translation_is_refused():
    assert list(messages.faults_of_message(Message("Ended", "Beëindigd", flags={"fuzzy"}))) == ["fuzzy"]


def test_compiled_catalogues_speak(house):
    messages.update([], house)
    path = translate(house, "nl", Ended="Beëindigd")
    messages.compile_all(house)
    with path.with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.pgettext("of a stay", "Ended") == "Beëindigd"
    assert spoken.ngettext("%(count)d visit", "%(count)d visits", 2) == "%(count)d visits"
