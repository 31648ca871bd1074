"""What the timeline says of the conditions."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "eligibility.judged": _("Condition judged: %(criterion)s – %(verdict)s"),
}
