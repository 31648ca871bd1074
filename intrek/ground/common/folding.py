"""Names without case, accents and punctuation, so that *'t SAS* and *T Sas* are the same (P7)."""

import re
import unicodedata

# Letters that have no accent to take away but that people type otherwise.
_ALIKE = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_NOT_WORD = re.compile(r"[\W_]+")


def folded_words(text: str) -> list[str]:
    """The words of a text in lower case without accents; punctuation parts words, an apostrophe does not."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", "").replace("‘", ""))
    letters = "".join(each for each in plain if not unicodedata.combining(each)).translate(_ALIKE)
    return [word for word in _NOT_WORD.split(letters) if word]


def folded(text: str) -> str:
    """The text as one string of its folded words, without spaces: *AZ St. Jan* is *azstjan*."""
    return "".join(folded_words(text))
