"""A convention without a check is not a rule here; and each check has been seen to fail."""

import tomllib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from tests.house import pages, sources, tables
from tests.house.sources import Source

pytestmark = pytest.mark.together
MODELS, RULES, VIEWS = ("intrek/story/placement/" + part for part in ("models.py", "rules.py", "views.py"))
BAD_SOURCES = [
    (sources.imports_up_the_house, MODELS, "from intrek.story.support import models"),
    (sources.imports_up_the_house, MODELS, "from intrek.windows.desk.queries import day"),
    (sources.imports_up_the_house, "intrek/windows/desk/views.py", "import intrek.windows.portal.queries"),
    (sources.imports_of_private_parts, VIEWS, "from intrek.story.referral.forms import ReferralForm"),
    (sources.imports_of_private_parts, VIEWS, "from intrek.story.referral import views"),
    (sources.inline_imports, MODELS, "def f():\n    import json"),
    (sources.star_imports, MODELS, "from json import *"),
    (sources.clocks_and_requests_below_views, RULES, "def f():\n    return timezone.now()"),
    (sources.clocks_and_requests_below_views, MODELS, "def f():\n    return date.today()"),
    (sources.clocks_and_requests_below_views, "intrek/story/placement/forms.py", "def f(request): ..."),
    (sources.clocks_and_requests_below_views, "intrek/story/placement/actions.py", "messages.info('done')"),
    (sources.rules_that_ask_the_database, RULES, "def f():\n    return Placement.objects.first()"),
    (sources.long_files, MODELS, "x = 1\n" * 401),
    (sources.long_functions, MODELS, "def f():\n" + "    x = 1\n" * 40),
    (sources.long_functions, "tests/placement/test_start.py", "def test_f():\n" + "    x = 1\n" * 25),
    (sources.long_views, VIEWS, "@requires('placement.start')\ndef start(request):\n" + "    x = 1\n" * 7),
    (sources.vague_names, MODELS, "class PlacementHelper: ..."),
    (sources.vague_names, "intrek/ground/common/utils.py", ""),
    (sources.unexplained_meaning, RULES, "def term_reasons(): ..."),
    (sources.unexplained_meaning, MODELS, "class Placement: ..."),
    (sources.forbidden_text, MODELS, "x = Placement.objects.all()"),
    (sources.forbidden_text, MODELS, "# TODO: later"),
]
BAD_TEMPLATES = [
    "<script>alert(1)</script>",
    "<style>p {}</style>",
    '<p class="x" style="color: red">',
    '<button type="button" onclick="go()">',
    '<a href="javascript:go()">',
    "{{ note|safe }}",
    '<img src="https://example.org/x.png">',
]


@pytest.mark.parametrize("rule", sources.PYTHON_RULES, ids=lambda rule: rule.__name__)
def test_our_modules_keep_the_rule(rule):
    breaches = [breach for source in sources.python_sources() for breach in rule(source)]
    assert not breaches, "\n".join([rule.__doc__, *breaches])


@pytest.mark.parametrize("rule", [*pages.TEMPLATE_RULES, sources.long_files], ids=lambda rule: rule.__name__)
def test_our_templates_keep_the_rule(rule):
    breaches = [breach for template in sources.templates() for breach in rule(template)]
    assert not breaches, "\n".join([rule.__doc__, *breaches])


@pytest.mark.parametrize("rule", tables.MODEL_RULES, ids=lambda rule: rule.__name__)
def test_our_tables_keep_the_rule(rule):
    breaches = [breach for model in tables.our_models() for breach in rule(model)]
    assert not breaches, "\n".join([rule.__doc__, *breaches])


def test_every_page_names_who_may_open_it():
    assert list(pages.pages_without_permission(pages.all_pages())) == []


def test_only_our_pages_and_those_of_sign_in_are_served():
    assert pages.pages_not_served_here(pages.all_pages()) == []


def test_the_import_contract_and_the_installed_rooms_stand_in_the_same_order():
    contracts = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "rooms")
    windows, *rooms = layers
    assert [*reversed(rooms), *windows.split(" | ")] == settings.ROOMS
    assert [app.name for app in apps.get_app_configs() if app.name in settings.ROOMS] == settings.ROOMS


def test_every_room_of_the_house_is_installed():
    folders = sorted(path.parent for path in (settings.BASE_DIR / "intrek").glob("*/*/apps.py"))
    assert sorted(".".join(path.relative_to(settings.BASE_DIR).parts) for path in folders) == sorted(settings.ROOMS)


def test_tables_that_may_lack_a_programme_exist_and_lack_it():
    for label in tables.WITHOUT_PROGRAMME:
        assert "programme_id" not in {field.attname for field in apps.get_model(label)._meta.fields}


@pytest.mark.parametrize(("rule", "place", "text"), BAD_SOURCES)
def test_a_bad_module_is_caught(rule, place, text):
    assert list(rule(Source(place, text)))


def test_every_rule_for_modules_has_been_seen_to_fail():
    assert {rule for rule, _place, _text in BAD_SOURCES} == set(sources.PYTHON_RULES)


@pytest.mark.parametrize("text", BAD_TEMPLATES)
def test_a_bad_template_is_caught(text):
    assert list(pages.inline_code(Source("intrek/ground/common/templates/x.html", text)))


def test_a_long_template_is_caught():
    assert list(sources.long_files(Source("intrek/ground/common/templates/x.html", "\n" * 121)))


@isolate_apps("intrek.story.placement", "intrek.story.support", "intrek.ground.programmes")
def test_a_bad_table_is_caught():
    class SupportTerm(models.Model):  # noqa: DJ008
        started_at = models.DateField()

        class Meta:
            app_label = "support"

    class Placement(models.Model):  # noqa: DJ008
        term = models.ForeignKey(SupportTerm, on_delete=models.CASCADE)

        class Meta:
            app_label = "placement"

    assert list(tables.keys_up_the_house(Placement)) == [
        "placement.Placement.term points up the house, at intrek.story.support"
    ]
    assert list(tables.tables_without_programme(Placement))
    assert list(tables.guessable_keys(Placement))
    assert list(tables.days_and_instants(SupportTerm))


def test_a_page_without_a_known_permission_is_caught():
    unnamed = SimpleNamespace(__module__="intrek.windows.desk.views")
    unknown = SimpleNamespace(__module__="intrek.windows.desk.views", permission="desk.everything")
    admin = SimpleNamespace(__module__="django.contrib.admin.sites")
    assert len(list(pages.pages_without_permission([("a", unnamed), ("b", unknown)]))) == 2
    assert pages.pages_not_served_here([("admin/", admin)]) == ["/admin/ is django.contrib.admin.sites"]
