"""The model texts that come with the installation: a file for each kind of paper, in the languages it has."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).resolve().parent / "texts"
# Dutch binds; the others are copies to read.
BINDING = "nl"


@dataclass(frozen=True)
class ModelArticle:
    """An article as it ships."""

    heading: str
    body: str
    only_if: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ModelText:
    """A text as it ships: for a lawyer to go over before it is somebody's own."""

    title: str
    signers: list[str]
    articles: list[ModelArticle]


@cache
def model_texts() -> dict[tuple[str, str], ModelText]:
    """Every model by kind of paper and language."""
    found = {}
    for path in sorted(TEXTS.glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        signers = told.pop("signers")
        for language, text in told.items():
            articles = [ModelArticle(**{**each, "body": each["body"].strip()}) for each in text["articles"]]
            found[path.stem, language] = ModelText(text["title"], signers, articles)
    return found
