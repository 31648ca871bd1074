from django.urls import path

from intrek.story.eligibility import views

app_name = "eligibility"
urlpatterns = [
    path("typing/<uuid:draft_id>/<slug:step>/", views.typing, name="typing"),
    path("of/<uuid:pathway_id>/", views.of_pathway, name="of_pathway"),
    path("of/<uuid:pathway_id>/judge/<uuid:criterion_id>/", views.judge, name="judge"),
]
