from django.urls import path, register_converter

from intrek.ground.accounts import views
from intrek.ground.common.carried import KEY


class DraftKey:
    """The name of a form and its row."""

    regex = KEY.pattern

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DraftKey, "draft")

app_name = "accounts"
urlpatterns = [
    path("", views.me, name="me"),
    path("drafts/<draft:key>/", views.keep, name="keep_draft"),
    path("drafts/<draft:key>/end/", views.end, name="end_draft"),
]
