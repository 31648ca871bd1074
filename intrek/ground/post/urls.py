"""Addresses of the inbox."""

from django.urls import path

from intrek.ground.post import views

app_name = "post"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("<uuid:message_id>/", views.open_message, name="open"),
]
