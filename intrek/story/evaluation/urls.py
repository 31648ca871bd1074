from django.urls import path

from intrek.story.evaluation import views

app_name = "evaluation"
urlpatterns = [
    path("of/<uuid:pathway_id>/", views.of_pathway, name="of_pathway"),
    path("hold/<uuid:term_id>/", views.hold, name="hold"),
    path("hold/<uuid:term_id>/final/", views.hold_final, name="hold_final"),
    path("<uuid:evaluation_id>/change/", views.change, name="change"),
]
