"""What the timeline says of a referral."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "referral.submitted": _("%(organisation)s referred %(person)s as %(track)s"),
    "referral.typed": _("%(typed_by)s referred %(person)s as %(track)s on behalf of %(organisation)s"),
    "referral.withdrawn": _("Referral withdrawn by %(by_whom)s. %(why)s"),
    "referral.asked": _("A question was asked about the referral"),
    "referral.answered": _("A question about the referral was answered"),
    "referral.added": _("Something was added to the referral"),
    "referral.corrected": _("Answers of the referral were corrected"),
    "referral.care_noted": _("Health and addiction were noted at intake"),
    "referral.same_person": _("It is the same person as somebody already known"),
    "referral.another_person": _("Checked: it is nobody who was already known"),
}
