"""What the timeline says of a pathway."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "pathways.opened": _("Referred by %(organisation)s"),
    "pathways.assigned": _("Support worker: %(worker)s"),
    "pathways.closed": _("Pathway closed: %(ending)s"),
    "pathways.completed_day": _("Missing day filled in: %(what)s, %(day)s"),
}
