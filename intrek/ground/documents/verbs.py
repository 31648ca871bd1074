"""What the timeline says of papers."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "documents.prepared": _("%(count)s papers laid ready"),
    "documents.made": _("Made: %(paper)s, number %(number)s"),
    "documents.signed": _("Signed: %(paper)s"),
    "documents.signed_here": _("Signed by a party, on a screen: %(paper)s, number %(number)s"),
    "documents.asked": _("Asked to sign %(paper)s: %(name)s"),
    "documents.refused": _("Not signed: %(paper)s, because %(why)s"),
    "documents.set_right": _("Set right and signed: %(paper)s, number %(number)s"),
    "documents.set_aside": _("Not needed: %(paper)s, because %(why)s"),
    "documents.version_started": _("New version of a text: %(title)s, version %(number)s"),
    "documents.text_approved": _("Text approved: %(title)s, version %(number)s, from %(from_on)s"),
}
