"""The handbook's chapters say what the policy and the data map do."""

import pytest

from tools.handbook import CHAPTERS, written


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_the_tables_of_a_chapter_are_those_of_the_code(chapter):
    assert chapter.read_text(encoding="utf-8") == written(chapter), "Run make handbook."
