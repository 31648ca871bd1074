"""The way in for a list that people kept by hand, and out for what stands in a calendar."""

from django.urls import path

from intrek.windows.exchange.views import feeds, lists

app_name = "exchange"
urlpatterns = [
    path("", lists.upload, name="import"),
    path("<uuid:batch_id>/", lists.preview, name="preview"),
    path("<uuid:batch_id>/columns/", lists.columns, name="columns"),
    path("<uuid:batch_id>/confirm/", lists.confirm, name="confirm"),
    path("<uuid:batch_id>/result/", lists.result, name="result"),
    path("<uuid:batch_id>/refused/", lists.refused, name="refused"),
    path("<uuid:batch_id>/discard/", lists.discard, name="discard"),
    path("calendars/", feeds.mine, name="feeds"),
    path("calendars/<uuid:feed_id>/end/", feeds.end, name="end_feed"),
    path("calendar/<uuid:programme_id>/<str:secret>.ics", feeds.read, name="feed"),
]
