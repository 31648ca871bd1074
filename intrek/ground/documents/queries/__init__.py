"""Papers and their texts, as pages and rules need them."""

from intrek.ground.documents.content import paragraph, picture, table
from intrek.ground.documents.facts import Facts, Table
from intrek.ground.documents.queries.case import (
    facts_of_dwelling,
    facts_of_pathway,
    facts_of_programme,
    facts_of_rule,
    pages_of,
)
from intrek.ground.documents.queries.example import example_facts
from intrek.ground.documents.queries.papers import (
    Change,
    Group,
    Groups,
    Made,
    PaperRow,
    files_of,
    groups_of,
    made_of,
    missing_papers,
    papers_of,
    proof_of,
    rows_of,
)
from intrek.ground.documents.queries.texts import (
    differences,
    in_force,
    kinds_of,
    languages_of,
    model_version,
    published,
    text_page,
    texts_of,
    version_of,
    version_on,
)
from intrek.ground.documents.queries.uploads import small_of, uploads_of, whole_of

__all__ = [
    "Change",
    "Facts",
    "Group",
    "Groups",
    "Made",
    "PaperRow",
    "Table",
    "differences",
    "example_facts",
    "facts_of_dwelling",
    "facts_of_pathway",
    "facts_of_programme",
    "facts_of_rule",
    "files_of",
    "groups_of",
    "in_force",
    "kinds_of",
    "languages_of",
    "made_of",
    "missing_papers",
    "model_version",
    "pages_of",
    "papers_of",
    "paragraph",
    "picture",
    "proof_of",
    "published",
    "rows_of",
    "small_of",
    "table",
    "text_page",
    "texts_of",
    "uploads_of",
    "version_of",
    "version_on",
    "whole_of",
]
