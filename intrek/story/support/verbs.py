"""What the timeline says of support."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "support.started": _("Support started: %(track)s, by %(worker)s, until %(last_day)s"),
    "support.extended": _("Support extended until %(last_day)s"),
    "support.suspended": _("Support suspended from %(from_on)s: %(why)s"),
    "support.suspension_ended": _("Suspension ended on %(until_on)s; support now lasts until %(last_day)s"),
    "support.ended": _("Support ended: %(how)s"),
    "support.worker_changed": _("Support taken over by %(worker)s"),
    "support.visit_planned": _("Home visit planned for %(day)s"),
    "support.visit_noted": _("Home visit: %(state)s"),
    "support.visit_moved": _("Home visit moved to %(day)s"),
    "support.goal_set": _("Goal: %(goal)s"),
    "support.goal_changed": _("Goal changed: %(goal)s"),
    "support.goal_reached": _("Goal reached: %(goal)s"),
    "support.goal_dropped": _("Goal dropped: %(goal)s"),
    "support.step_done": _("Step done: %(step)s"),
    "support.step_undone": _("Step not done after all: %(step)s"),
    "support.threat_added": _("The tenancy is threatened: %(kind)s"),
    "support.threat_resolved": _("No longer threatens the tenancy: %(kind)s"),
    "support.eviction_step_added": _("Eviction: %(kind)s on %(day)s"),
    "support.eviction_step_closed": _("Eviction: %(kind)s, outcome: %(outcome)s"),
    "support.signal_raised": _("The landlord of %(dwelling)s gave a signal: %(kind)s"),
    "support.signal_answered": _("Something was said about a signal"),
    "support.signal_done": _("Something agreed about a signal was done"),
    "support.signal_closed": _("A signal was closed by one side"),
    "support.talk_asked": _("Asked to talk about it at intervision"),
    "support.moved_home": _("Moved to %(dwelling)s; support goes on"),
}
