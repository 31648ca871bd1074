"""Addresses of papers and their texts."""

from django.urls import path

from intrek.ground.documents.views import articles, examples, logo, papers, signing, texts

app_name = "documents"

urlpatterns = [
    path("of/<uuid:stay_id>/", papers.of_stay, name="of_stay"),
    path("all-of/<uuid:pathway_id>/", papers.of_pathway, name="of_pathway"),
    path("of/<uuid:stay_id>/make/", papers.make_all, name="make_all"),
    path("of/<uuid:pathway_id>/lay/<slug:paper_code>/<uuid:about_id>/", papers.lay, name="lay"),
    path("<uuid:paper_id>/make/", papers.make, name="make"),
    path("<uuid:paper_id>/sign/", papers.sign, name="sign"),
    path("<uuid:paper_id>/set-aside/", papers.set_aside, name="set_aside"),
    path("<uuid:paper_id>/correct/", signing.correct, name="correct"),
    path("scans/<uuid:upload_id>/", signing.scan, name="scan"),
    path("files/<uuid:file_id>/", signing.file, name="file"),
    path("files/<uuid:file_id>/sealed/", signing.sealed, name="sealed"),
    path("files/<uuid:file_id>/page/<int:number>/", signing.page, name="page"),
    path("files/<uuid:file_id>/sign/<slug:party>/", signing.sign_here, name="sign_here"),
    path("files/<uuid:file_id>/refuse/<slug:party>/", signing.refuse, name="refuse"),
    path("files/<uuid:file_id>/ask/<slug:party>/", signing.ask, name="ask"),
    path("texts/", texts.texts, name="texts"),
    path("texts/logo/", logo.logo, name="logo"),
    path("texts/logo/picture/", logo.logo_picture, name="logo_picture"),
    path("texts/logo/drop/", logo.drop_logo, name="drop_logo"),
    path("texts/<slug:paper_code>/", texts.kind, name="kind"),
    path("texts/<slug:paper_code>/start/<slug:language>/", texts.start, name="start"),
    path("texts/version/<uuid:text_id>/", texts.text, name="text"),
    path("texts/version/<uuid:text_id>/example/", examples.example, name="example"),
    path("texts/version/<uuid:text_id>/example/<int:number>/", examples.example_page, name="example_page"),
    path("texts/version/<uuid:text_id>/cases/", examples.cases, name="cases"),
    path("texts/version/<uuid:text_id>/cases/drop/", examples.drop_case, name="drop_case"),
    path("texts/version/<uuid:text_id>/cases/<uuid:paper_id>/", examples.choose_case, name="choose_case"),
    path("texts/version/<uuid:text_id>/title/", articles.name, name="name"),
    path("texts/version/<uuid:text_id>/add/", articles.add_article, name="add_article"),
    path("texts/article/<uuid:article_id>/", articles.write_article, name="write_article"),
    path("texts/article/<uuid:article_id>/take-out/", articles.take_out, name="take_out"),
    path("texts/article/<uuid:article_id>/up/", articles.move_up, name="move_up"),
]
