"""What the timeline says of the desk."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "desk.answered": _("The referrer was told: %(text)s"),
    "desk.completed": _("Missing days filled in: %(what)s"),
}
