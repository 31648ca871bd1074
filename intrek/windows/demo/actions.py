"""Making the demo programme, through the actions that people use: it cannot be in an impossible state."""

from datetime import date

from django.db import transaction

from intrek.ground.programmes.actions import install_definition
from intrek.ground.programmes.models import Programme
from intrek.windows.demo import along, around, stories
from intrek.windows.demo.cast import gather

SLUG = "voorbeeld"


@transaction.atomic
def make_demo(on: date) -> Programme:
    """The programme ``voorbeeld`` with its colleagues and its people, as it stands on a day."""
    names = {"nl": "Voorbeeld", "fr": "Exemple", "en": "Example"}
    programme = install_definition("brugge", under=SLUG, is_demo=True, names=names, name="Voorbeeld")
    cast = gather(programme, on)
    for story in (*stories.STORIES, *around.STORIES, *along.STORIES):
        story(cast)
    return programme
