"""What the timeline says of dwellings."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "dwellings.added": _("%(dwelling)s added"),
    "dwellings.changed": _("Facts of %(dwelling)s were changed"),
    "dwellings.moved_in": _("Lives at %(dwelling)s (%(title)s)"),
    "dwellings.moved_out": _("Left %(dwelling)s"),
    "dwellings.title_changed": _("Stays at %(dwelling)s, now under %(title)s"),
}
