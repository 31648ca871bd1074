"""The way in for a list that people kept by hand."""

from django.urls import path

from intrek.windows.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.upload, name="import"),
    path("<uuid:batch_id>/", views.preview, name="preview"),
    path("<uuid:batch_id>/columns/", views.columns, name="columns"),
    path("<uuid:batch_id>/confirm/", views.confirm, name="confirm"),
    path("<uuid:batch_id>/result/", views.result, name="result"),
    path("<uuid:batch_id>/refused/", views.refused, name="refused"),
    path("<uuid:batch_id>/discard/", views.discard, name="discard"),
]
