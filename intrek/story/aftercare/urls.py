from django.urls import path

from intrek.story.aftercare import views

app_name = "aftercare"
urlpatterns = [
    path("of/<uuid:pathway_id>/", views.of_pathway, name="of_pathway"),
    path("of/<uuid:pathway_id>/start/", views.start, name="start"),
    path("of/<uuid:pathway_id>/knock/", views.log_knock, name="knock"),
    path("of/<uuid:pathway_id>/back/", views.back, name="back"),
    path("of/<uuid:pathway_id>/close/", views.say_goodbye, name="close"),
    path("reviews/<uuid:review_id>/", views.review, name="hold_review"),
    path("knocks/<uuid:knock_id>/", views.answer, name="answer"),
    path("landlord/<uuid:dwelling_id>/", views.landlord, name="landlord"),
]
