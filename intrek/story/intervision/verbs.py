"""What the timeline says of intervision."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "intervision.planned": _("Intervision of %(meeting_on)s planned"),
    "intervision.changed": _("Facts of the intervision of %(meeting_on)s were changed"),
    "intervision.attended": _("Who attends the intervision of %(meeting_on)s was written down"),
    "intervision.invited": _("%(who)s was invited to the meeting of %(meeting_on)s"),
    "intervision.answered": _("%(who)s answered the invitation for %(meeting_on)s: %(answer)s"),
    "intervision.ordered": _("The agenda of %(meeting_on)s was put in another order"),
    "intervision.called_off": _("The meeting of %(meeting_on)s was called off: %(why)s"),
    "intervision.handed_over": _("To the agenda of %(meeting_on)s, as the meeting before was called off"),
    "intervision.resolved": _("The steering group of %(meeting_on)s decided"),
    "intervision.figures_kept": _("Figures were kept with the minutes of %(meeting_on)s"),
    "intervision.closed": _("The minutes of %(meeting_on)s were closed"),
    "intervision.reopened": _("The minutes of %(meeting_on)s were opened again"),
    "intervision.put_on": _("Put on the agenda of %(meeting_on)s"),
    "intervision.taken_off": _("Taken off the agenda of %(meeting_on)s"),
    "intervision.discussed": _("Discussed in the intervision of %(meeting_on)s"),
    "intervision.decided": _("Intervision decided: %(decision)s"),
    "intervision.point_added": _("Agreed: %(text)s (%(owner)s, by %(due_on)s)"),
    "intervision.point_done": _("Done: %(text)s"),
    "intervision.point_reopened": _("Not done after all: %(text)s"),
}
