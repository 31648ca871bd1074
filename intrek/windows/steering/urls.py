from django.urls import path

from intrek.windows.steering.views import figures, meetings

app_name = "steering"
urlpatterns = [
    path("", figures.figures, name="figures"),
    path("promises/", figures.promises, name="promises"),
    path("services/", figures.services, name="services"),
    path("explained/", figures.explained, name="explained"),
    path("rows/<slug:code>/", figures.rows, name="rows"),
    path("meetings/", meetings.all_meetings, name="meetings"),
    path("meetings/<uuid:meeting_id>/", meetings.one, name="meeting"),
    path("meetings/<uuid:meeting_id>/decide/", meetings.decide, name="decide"),
    path("meetings/<uuid:meeting_id>/keep/", meetings.keep, name="keep"),
    path("decisions/<uuid:resolution_id>/", meetings.rewrite, name="resolution"),
]
