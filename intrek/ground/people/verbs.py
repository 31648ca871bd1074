"""What the timeline says of a person."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "people.added": _("Person added"),
    "people.corrected": _("Corrected of the person: %(what)s"),
    "people.residences_changed": _("Where the person lived was corrected"),
    "people.network_changed": _("The people around the person were noted"),
    "people.registration_changed": _("The registration for social housing was noted"),
    "people.consent_given": _("The person agreed to something"),
    "people.consent_withdrawn": _("The person took an agreement back"),
    "people.merged": _("Two entries turned out to be the same person"),
}
