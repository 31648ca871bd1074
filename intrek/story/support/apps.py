from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "intrek.story.support"
    label = "support"
    verbose_name = _("Support")

    def ready(self) -> None:
        """Intervision does not know this room: it listens for what goes on an agenda."""
        import_module(f"{self.name}.listening")
