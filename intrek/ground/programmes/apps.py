from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from intrek.ground.common import wall


class ProgrammesConfig(AppConfig):
    name = "intrek.ground.programmes"
    label = "programmes"
    verbose_name = _("Programmes")

    def ready(self) -> None:
        """Who changes the tables sees every programme, and leaves each behind its wall."""
        pre_migrate.connect(_see_every_row, sender=self)
        post_migrate.connect(_build_wall, sender=self)


def _see_every_row(using: str, **_told: Any) -> None:
    wall.see_every_row(connections[using])


def _build_wall(using: str, **_told: Any) -> None:
    wall.build(connections[using])
