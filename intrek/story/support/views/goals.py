"""What the resident wants to reach."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.story.support import actions, forms
from intrek.story.support.models import GoalStep
from intrek.story.support.views.found import done, find_goal, find_pathway, form_page


@requires("support.change")
def new_goal(request, pathway_id):
    """A goal with its first steps."""
    pathway, member = find_pathway(request, pathway_id), request.member
    work = drafted(request, forms.NewGoalForm, f"support.goal.new:{pathway.pk}", member=member)
    if work.saved(partial(actions.set_goal, pathway, set_on=request.today, by=member)):
        return done(request, pathway.pk, _("The goal is set."))
    return form_page(request, work, pathway.pk, _("A new goal"), _("Set the goal"), template="support/new_goal.html")


@requires("support.change")
def change_goal(request, goal_id):
    """The goal in other words."""
    goal, member = find_goal(request, goal_id), request.member
    work = drafted(request, forms.GoalForm, f"support.goal:{goal.pk}", instance=goal, member=member)
    if work.saved(partial(actions.change_goal, goal, by=member)):
        return done(request, goal.pathway_id, _("The goal is changed."))
    return form_page(request, work, goal.pathway_id, _("Change the goal"), _("Save"))


@requires("support.change")
def add_step(request, goal_id):
    """One more step toward a goal."""
    goal = find_goal(request, goal_id)
    work = drafted(request, forms.OneStepForm, f"support.step:{goal.pk}")
    if work.saved(partial(actions.add_goal_step, goal, by=request.member)):
        return done(request, goal.pathway_id, _("The step is added."))
    return form_page(request, work, goal.pathway_id, _("A step toward “%s”") % goal.text, _("Add the step"))


@requires("support.change")
@require_POST
def mark_step(request, goal_id, step_id):
    """A step is done, or is not after all."""
    goal = find_goal(request, goal_id)
    step = get_object_or_404(GoalStep, goal=goal, pk=step_id)
    actions.mark_step(step, done_on=None if step.done_on else request.today, by=request.member)
    return redirect("support:of_pathway", goal.pathway_id)


@requires("support.change")
def reach_goal(request, goal_id):
    """The goal is reached."""
    goal = find_goal(request, goal_id)
    work = drafted(request, forms.OnDayForm, f"support.reach:{goal.pk}", initial={"on": request.today})
    if work.saved(partial(actions.reach_goal, goal, by=request.member)):
        return done(request, goal.pathway_id, _("The goal is reached."))
    return form_page(request, work, goal.pathway_id, _("Reached: %s") % goal.text, _("The goal is reached"))


@requires("support.change")
def drop_goal(request, goal_id):
    """The goal is let go."""
    goal = find_goal(request, goal_id)
    work = drafted(request, forms.OnDayForm, f"support.drop:{goal.pk}", initial={"on": request.today})
    if work.saved(partial(actions.drop_goal, goal, by=request.member)):
        return done(request, goal.pathway_id, _("The goal is dropped."))
    return form_page(request, work, goal.pathway_id, _("Let go: %s") % goal.text, _("Drop the goal"))
