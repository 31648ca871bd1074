"""Addresses of the stay."""

from django.http import HttpResponse
from django.urls import path

app_name = "placement"
urlpatterns = [path("<uuid:placement_id>/papers/", lambda r, placement_id: HttpResponse(""), name="papers")]
