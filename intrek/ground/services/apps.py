from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "intrek.ground.services"
    label = "services"
    verbose_name = _("Outside services")
