"""The words of the timeline. Every room that records has a ``verbs.py`` with a table ``VERBS``; this reads them all."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@cache
def wordings() -> dict[str, object]:
    """Every journal verb (``room.past_tense``) with its sentence; placeholders are the entry's facts."""
    found: dict[str, object] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.verbs"
        if config.name.startswith("intrek.") and name != __name__ and find_spec(name):
            found.update(import_module(name).VERBS)
    return found
