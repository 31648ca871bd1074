from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "intrek.ground.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        """The instant of signing in is noted however somebody signs in, also where no page was asked before."""
        import_module(f"{self.name}.backends")
