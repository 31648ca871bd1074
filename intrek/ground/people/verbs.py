"""What the timeline says of a person."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "people.added": _("Person added"),
    "people.changed": _("Facts about the person were changed"),
    "people.merged": _("Two entries turned out to be the same person"),
}
