"""Addresses of papers and their texts."""

from django.urls import path

from intrek.ground.documents.views import papers, texts

app_name = "documents"

urlpatterns = [
    path("of/<uuid:stay_id>/", papers.of_stay, name="of_stay"),
    path("of/<uuid:stay_id>/make/", papers.make_all, name="make_all"),
    path("<uuid:paper_id>/make/", papers.make, name="make"),
    path("<uuid:paper_id>/sign/", papers.sign, name="sign"),
    path("<uuid:paper_id>/set-aside/", papers.set_aside, name="set_aside"),
    path("files/<uuid:file_id>/", papers.file, name="file"),
    path("texts/", texts.texts, name="texts"),
    path("texts/<slug:paper_code>/", texts.kind, name="kind"),
    path("texts/<slug:paper_code>/start/", texts.start, name="start"),
    path("texts/version/<uuid:text_id>/", texts.text, name="text"),
    path("texts/version/<uuid:text_id>/example/", texts.example, name="example"),
    path("texts/version/<uuid:text_id>/add/", texts.add_article, name="add_article"),
    path("texts/article/<uuid:article_id>/", texts.write_article, name="write_article"),
    path("texts/article/<uuid:article_id>/take-out/", texts.take_out, name="take_out"),
    path("texts/article/<uuid:article_id>/up/", texts.move_up, name="move_up"),
]
