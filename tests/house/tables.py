"""What the tables may say of each other."""

from django.apps import apps
from django.conf import settings

ROOMS = list(settings.ROOMS)
# Tables that hold nothing of one programme, and why.
WITHOUT_PROGRAMME = {
    "accounts.User": "one person may work for several programmes; memberships say which",
    "accounts.Try": "who guesses a password is nobody yet",
    "accounts.Refusal": "who is refused at the door is nobody yet",
    "programmes.Programme": "it is the programme",
}


def our_models():
    """Every table of the rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("intrek.")]


def keys_up_the_house(model):
    """A table points at its own room or at one before it; a linter cannot see a key written as text."""
    own = model._meta.app_config.name
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        other = field.related_model._meta.app_config.name if field.related_model else None
        if other not in ROOMS or other == own:
            continue
        if ".windows." in other or ROOMS.index(other) > ROOMS.index(own):
            yield f"{model._meta.label}.{field.name} points up the house, at {other}"


def tables_without_programme(model):
    """One key isolates one programme from another, in every table that holds something of it."""
    names = {field.attname for field in model._meta.fields}
    if "programme_id" not in names and model._meta.label not in WITHOUT_PROGRAMME:
        yield f"{model._meta.label} does not carry its programme"


def guessable_keys(model):
    """Keys are UUIDs: not guessable, made on any device."""
    if model._meta.pk.get_internal_type() != "UUIDField":
        yield f"{model._meta.label} is keyed by {model._meta.pk.get_internal_type()}"


def days_and_instants(model):
    """What ends in `_on` is a day, what ends in `_at` an instant."""
    wrong = {"DateField": "_at", "DateTimeField": "_on"}
    for field in model._meta.local_fields:
        suffix = wrong.get(field.get_internal_type())
        if suffix and field.name.endswith(suffix):
            yield f"{model._meta.label}.{field.name} ends in {suffix}, and is a {field.get_internal_type()}"


MODEL_RULES = [keys_up_the_house, tables_without_programme, guessable_keys, days_and_instants]
