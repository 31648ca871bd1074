"""Addresses of the inbox."""

from django.urls import path

from intrek.ground.post import views

app_name = "post"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("choices/", views.choices, name="choices"),
    path("announcements/", views.announcements, name="announcements"),
    path("announcements/new/", views.announce, name="announce"),
    path("announcements/<uuid:announcement_id>/", views.announcement, name="announcement"),
    path("announcements/<uuid:announcement_id>/withdraw/", views.withdraw, name="withdraw"),
    path("stuck/", views.stuck, name="stuck"),
    path("stuck/<uuid:mail_id>/", views.try_again, name="try_again"),
    path("<uuid:message_id>/", views.open_message, name="open"),
]
