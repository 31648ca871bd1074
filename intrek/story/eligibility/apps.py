from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EligibilityConfig(AppConfig):
    name = "intrek.story.eligibility"
    label = "eligibility"
    verbose_name = _("Eligibility")

    def ready(self) -> None:
        """The earlier rooms do not know this one: it listens for what they save."""
        import_module(f"{self.name}.listening")
