"""Addresses of the programme's own pages."""

from django.urls import path

from intrek.ground.programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("for-whom/", views.for_whom, name="for_whom"),
    path("rule/", views.change_rule, name="change_rule"),
    path("rule/screens/", views.change_screens, name="change_screens"),
    path("track/<slug:kind>/rule/", views.change_track, name="change_track"),
    path("track/<slug:kind>/conditions/", views.criteria, name="criteria"),
    path("track/<slug:kind>/conditions/add/<slug:criterion_kind>/", views.add, name="add_criterion"),
    path("conditions/<uuid:criterion_id>/", views.change, name="change_criterion"),
    path("conditions/<uuid:criterion_id>/end/", views.end, name="end_criterion"),
    path("conditions/<uuid:criterion_id>/take-back/", views.take_back, name="take_back_criterion"),
    path("conditions/<uuid:criterion_id>/move/", views.move, name="move_criterion"),
    path("sentence/<slug:criterion_kind>/", views.preview, name="preview"),
    path("codes/", views.code_lists, name="codes"),
    path("codes/<slug:code_list>/", views.code_list, name="code_list"),
    path("codes/<slug:code_list>/add/", views.add_entry, name="add_code"),
    path("codes/entry/<uuid:item_id>/", views.change_entry, name="change_code"),
    path("codes/entry/<uuid:item_id>/retire/", views.retire, name="retire_code"),
    path("codes/entry/<uuid:item_id>/restore/", views.restore, name="restore_code"),
]
