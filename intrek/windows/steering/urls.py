from django.urls import path

from intrek.windows.steering import views

app_name = "steering"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("promises/", views.promises, name="promises"),
    path("services/", views.services, name="services"),
    path("explained/", views.explained, name="explained"),
    path("rows/<slug:code>/", views.rows, name="rows"),
]
