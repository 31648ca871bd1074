"""Every field that says something about a person is on the map, and the map names nothing that is not there."""

import tomllib

from django.apps import apps
from django.db import models

from intrek.windows.rights.rules import ABOUT_TABLE, MAP, OWN_MEANS, data_map

# What every row has, and what only points at other rows.
TECHNICAL = {"id", "created_at", "version", "saved_at", "saved_by", "salt", "digest"}


def tables():
    return {model._meta.label: model for model in apps.get_models() if model.__module__.startswith("intrek.")}


def told_by(model):
    """The fields of a table that hold something themselves."""
    fields = model._meta.local_fields
    return {each.name for each in fields if not each.is_relation and each.name not in TECHNICAL}


def test_every_table_is_on_the_map_or_is_said_to_say_nothing_about_a_person():
    mapped = {each.label for each in data_map().tables}
    assert mapped | set(data_map().without) == set(tables())
    assert not mapped & set(data_map().without)


def test_every_field_of_a_mapped_table_has_one_category_that_is_explained():
    for each in data_map().tables:
        assert set(each.fields) == told_by(tables()[each.label]), each.label
        assert set(each.fields.values()) <= set(data_map().categories), each.label
    assert all({"nl", "ground", "keep"} <= set(told) for told in data_map().categories.values())


def test_no_field_stands_under_two_categories():
    for label, told in tomllib.loads(MAP.read_text(encoding="utf-8"))["tables"].items():
        names = [name for key, given in told.items() if key not in ABOUT_TABLE for name in given.split()]
        assert len(names) == len(set(names)), label


def test_what_is_emptied_can_be_empty():
    for each in data_map().tables:
        for name in each.emptied if each.to not in OWN_MEANS else ():
            field = tables()[each.label]._meta.get_field(name)
            is_text = isinstance(field, models.CharField | models.TextField)
            assert each.erase == "delete" or field.null or field.has_default() or is_text, f"{each.label}.{name}"


def test_a_table_without_a_person_hangs_on_none():
    for label in data_map().without:
        names = {field.name for field in tables()[label]._meta.local_fields}
        assert not names & {"person", "pathway", "referral", "placement", "term", "evaluation"}, label
