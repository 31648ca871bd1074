from django.urls import path

from intrek.story.tenancy import views

app_name = "tenancy"
urlpatterns = [
    path("of/<uuid:pathway_id>/", views.of_pathway, name="of_pathway"),
    path("of/<uuid:pathway_id>/sign/", views.sign, name="sign"),
]
