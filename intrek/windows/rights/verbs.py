"""What the timeline says of a person's rights."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "rights.given": _("The person was given everything that is kept about them"),
    "rights.erased": _("The person was erased: %(why)s"),
}
