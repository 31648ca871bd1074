from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "intrek.ground.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """What is shown on the pages of the library is noted."""
        import_module(f"{self.name}.factors")
