"""Addresses of support."""

from django.urls import path

from intrek.story.support.views import goals, signals, terms, threats, visits

app_name = "support"

urlpatterns = [
    path("of/<uuid:pathway_id>/", terms.of_pathway, name="of_pathway"),
    path("start/<uuid:pathway_id>/", terms.start, name="start"),
    path("stays/<uuid:placement_id>/start/", terms.start_stay, name="start_stay"),
    path("stays/<uuid:placement_id>/end/", terms.end_stay, name="end_stay"),
    path("terms/<uuid:term_id>/extend/", terms.extend, name="extend"),
    path("terms/<uuid:term_id>/suspend/", terms.suspend, name="suspend"),
    path("terms/<uuid:term_id>/resume/", terms.end_suspension, name="end_suspension"),
    path("terms/<uuid:term_id>/worker/", terms.change_worker, name="change_worker"),
    path("terms/<uuid:term_id>/end/", terms.end_support, name="end_support"),
    path("of/<uuid:pathway_id>/move/", terms.move_home, name="move_home"),
    path("of/<uuid:pathway_id>/visits/", visits.visits, name="visits"),
    path("of/<uuid:pathway_id>/visits/new/", visits.new_visit, name="new_visit"),
    path("of/<uuid:pathway_id>/visits/plan/", visits.plan_visit, name="plan_visit"),
    path("visits/<uuid:visit_id>/", visits.note_visit, name="note_visit"),
    path("visits/<uuid:visit_id>/move/", visits.move_visit, name="move_visit"),
    path("of/<uuid:pathway_id>/goals/new/", goals.new_goal, name="new_goal"),
    path("goals/<uuid:goal_id>/", goals.change_goal, name="change_goal"),
    path("goals/<uuid:goal_id>/step/", goals.add_step, name="add_step"),
    path("goals/<uuid:goal_id>/step/<uuid:step_id>/", goals.mark_step, name="mark_step"),
    path("goals/<uuid:goal_id>/reached/", goals.reach_goal, name="reach_goal"),
    path("goals/<uuid:goal_id>/dropped/", goals.drop_goal, name="drop_goal"),
    path("of/<uuid:pathway_id>/threats/new/", threats.add_threat, name="add_threat"),
    path("threats/<uuid:threat_id>/resolved/", threats.resolve_threat, name="resolve_threat"),
    path("of/<uuid:pathway_id>/eviction/new/", threats.add_eviction_step, name="add_eviction_step"),
    path("eviction/<uuid:step_id>/", threats.close_eviction_step, name="close_eviction_step"),
    path("signals/", signals.all_signals, name="signals"),
    path("signals/of/<uuid:dwelling_id>/", signals.raise_signal, name="raise_signal"),
    path("signals/agreed/<uuid:word_id>/done/", signals.do_agreed, name="signal_done"),
    path("signals/<uuid:signal_id>/", signals.one, name="signal"),
    path("signals/<uuid:signal_id>/close/", signals.close, name="close_signal"),
    path("signals/<uuid:signal_id>/refer/", signals.refer, name="refer_signal"),
    path("of/<uuid:pathway_id>/talk/", threats.ask_for_talk, name="ask_for_talk"),
]
