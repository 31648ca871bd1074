"""What the timeline says of outside services."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "services.asked": _("%(service)s was asked"),
    "services.changed": _("%(service)s: the wait was checked or changed"),
    "services.checked": _("%(service)s: asked again, nothing new"),
    "services.started": _("%(service)s started"),
}
