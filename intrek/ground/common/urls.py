from django.urls import path

from intrek.ground.common import views

app_name = "common"
urlpatterns = [
    path("look/", views.look, name="look"),
    path("look/<slug:part>/", views.look, name="look_part"),
]
