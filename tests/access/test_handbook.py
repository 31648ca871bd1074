"""The handbook's chapter of who sees what says what the policy does."""

from tools.handbook import CHAPTER, chapter


def test_the_tables_of_the_chapter_are_those_of_the_policy():
    assert CHAPTER.read_text(encoding="utf-8") == chapter(), "Run make handbook."
