"""What the timeline says of papers."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "documents.prepared": _("%(count)s papers laid ready"),
    "documents.signed": _("Signed: %(paper)s"),
    "documents.set_aside": _("Not needed: %(paper)s, because %(why)s"),
}
