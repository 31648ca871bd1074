"""Addresses of a person's rights."""

from django.urls import path

from intrek.windows.rights import views

app_name = "rights"
urlpatterns = [
    path("", views.review, name="review"),
    path("<uuid:pathway_id>/", views.everything, name="everything"),
    path("<uuid:pathway_id>/data/", views.as_data, name="as_data"),
    path("<uuid:pathway_id>/erase/", views.erase, name="erase"),
]
