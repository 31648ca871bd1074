"""What the timeline says of aftercare."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "aftercare.started": _("Aftercare started, with %(anchor)s as the anchor person, until %(until_on)s"),
    "aftercare.review_held": _("Aftercare talk held"),
    "aftercare.knocked": _("%(who)s knocked"),
    "aftercare.answered": _("Knock of %(who)s answered"),
    "aftercare.returned": _("Back to support, without a new referral"),
}
