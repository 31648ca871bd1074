"""What the sources may say: imports, clocks, sizes, names."""

import ast
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = list(settings.ROOMS)
SHARED_PARTS = {"models", "rules", "actions", "queries"}
BELOW_VIEWS = {"rules", "models", "queries", "actions", "forms", "mails"}
HTTP = ast.Name("HttpRequest")  # what an argument called request is, unless it says otherwise: a ServiceRequest may
CLOCKS = {"today", "localdate", "localtime", "utcnow"}
LINES = {"file": 400, "function": 40, "test": 25, "template": 120}
STATEMENTS_OF_A_VIEW = 6
VAGUE_NAMES = re.compile(r"(Manager|Helper|Service|Data|Util|Utils)$")
# Words of the programme, not of programmers.
NAMES_OF_THE_FIELD = {"OutsideService"}
FORBIDDEN_TEXT = {
    r"\bTODO\b|\bFIXME\b": "unfinished work",
    r"gettext(_lazy)? as (?!_\b)": "a text under a name that the catalogues do not gather",
    r"pytest\.mark\.(skip|xfail)|pytest\.skip\(|@skip": "a test that does not run",
    r"\.objects\.all\(\)": "a read that is not scoped",
}


@dataclass(frozen=True)
class Source:
    """A module or template, by its place in the house."""

    place: str
    text: str

    @cached_property
    def tree(self):
        return ast.parse(self.text)

    @cached_property
    def nodes(self):
        return list(ast.walk(self.tree))

    @property
    def room(self):
        """The room it stands in, as intrek.floor.room; empty outside the rooms."""
        parts = self.place.removesuffix(".py").split("/")
        return ".".join(parts[:3]) if parts[0] == "intrek" and len(parts) > 3 else ""

    @property
    def part(self):
        """rules, models … : the file, or the folder that a long file became."""
        parts = self.place.removesuffix(".py").split("/")
        return parts[3] if self.room else ""

    @property
    def is_test(self):
        return self.place.startswith("tests/")

    def at(self, node, why):
        return f"{self.place}:{getattr(node, 'lineno', node)}: {why}"


@cache
def python_sources():
    """Every module of ours, migrations left out; each is read and parsed once for all rules."""
    places = [path for top in ("config", "intrek", "tests", "tools") for path in sorted((ROOT / top).rglob("*.py"))]
    return [Source(p.relative_to(ROOT).as_posix(), p.read_text("utf-8")) for p in places if "migrations" not in p.parts]


@cache
def templates():
    """Every template of ours."""
    places = sorted((ROOT / "intrek").rglob("templates/**/*.*"))
    return [Source(p.relative_to(ROOT).as_posix(), p.read_text("utf-8")) for p in places if p.is_file()]


def imported(source):
    """Each import as (node, full name): `from a.b import c` counts as a.b.c."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module or ''}.{name.name}") for name in node.names)


def room_of(name):
    """The room that a dotted name stands in."""
    return next((room for room in ROOMS if name == room or name.startswith(room + ".")), "")


def imports_up_the_house(source):
    """A room imports only from rooms before it, and nobody from a window; for type hints too."""
    for node, name in imported(source):
        other = room_of(name)
        if not source.room or not other or other == source.room:
            continue
        if ".windows." in other or ROOMS.index(other) > ROOMS.index(source.room):
            yield source.at(node, f"{source.room} does not know {other}")


def imports_of_private_parts(source):
    """Rooms share models, rules, actions and queries; only `common` shares all it has."""
    for node, name in imported(source):
        other = room_of(name)
        if not source.room or not other or other in {source.room, "intrek.ground.common"}:
            continue
        part = name.removeprefix(other).split(".")[1:2]
        if not set(part) & SHARED_PARTS:
            yield source.at(node, f"{name} is not one of {', '.join(sorted(SHARED_PARTS))}")


def inline_imports(source):
    """Imports stand at the top, where the knots show."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield source.at(inner, "an import inside a function")


def star_imports(source):
    """Every name says where it comes from."""
    return [source.at(node, "a star import") for node, name in imported(source) if name.endswith(".*")]


def clocks_and_requests_below_views(source):
    """Below the views, days are arguments and nobody knows of a request; rules know no clock at all."""
    if source.part not in BELOW_VIEWS:
        return
    clocks = CLOCKS | ({"now"} if source.part == "rules" else set())
    for node in source.nodes:
        name = getattr(node, "attr", None) or getattr(node, "id", None)
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            if called in clocks:
                yield source.at(node, f"{called}() below the views")
        elif isinstance(node, ast.arg) and node.arg == "request" and "Http" in ast.unparse(node.annotation or HTTP):
            yield source.at(node, "a request below the views")
        elif name == "messages" and isinstance(node, ast.Name):
            yield source.at(node, "messages below the views")


def rules_that_ask_the_database(source):
    """Rules take objects and dates, so that their tests run in milliseconds."""
    if source.part != "rules":
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager", "_default_manager"}:
            yield source.at(node, "a rule asks the database")


def long_files(source):
    """Past its limit a file becomes a folder."""
    kind = "file" if source.place.endswith(".py") else "template"
    lines = source.text.count("\n")
    if lines > LINES[kind]:
        yield source.at(1, f"{lines} lines; a {kind} has at most {LINES[kind]}")


def long_functions(source):
    """A function fits on a screen, a test on half of one."""
    limit = LINES["test" if source.is_test else "function"]
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > limit:
                yield source.at(node, f"{node.name} has {lines} lines; at most {limit}")


def long_views(source):
    """A view finds, asks the form, calls the action."""
    if source.part != "views":
        return
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list and len(node.body) > STATEMENTS_OF_A_VIEW:
            yield source.at(node, f"{node.name} has {len(node.body)} statements; at most {STATEMENTS_OF_A_VIEW}")


def vague_names(source):
    """Names say what a thing is."""
    if Path(source.place).stem in {"utils", "helpers", "misc", "managers"}:
        yield source.at(1, "an attic")
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and VAGUE_NAMES.search(node.name) and node.name not in NAMES_OF_THE_FIELD:
            yield source.at(node, f"{node.name} says nothing")


def unexplained_meaning(source):
    """Every model, action and rule says what it means in the programme."""
    if source.part not in {"models", "rules", "actions"}:
        return
    for node in source.tree.body:
        is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if is_public and not ast.get_docstring(node):
            yield source.at(node, f"{node.name} does not say what it means")


def forbidden_text(source):
    """No unfinished work, no silent tests, no reads over everything."""
    if source.place.startswith("tests/house/") or source.place == "tests/test_house_rules.py":
        return
    for number, line in enumerate(source.text.splitlines(), start=1):
        for pattern, why in FORBIDDEN_TEXT.items():
            if re.search(pattern, line):
                yield source.at(number, why)


PYTHON_RULES = [
    imports_up_the_house,
    imports_of_private_parts,
    inline_imports,
    star_imports,
    clocks_and_requests_below_views,
    rules_that_ask_the_database,
    long_files,
    long_functions,
    long_views,
    vague_names,
    unexplained_meaning,
    forbidden_text,
]
