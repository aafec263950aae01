"""How old a reader must be for a text, by sentence length and syllables (the Flesch-Kincaid measure)."""

import re

# Endings that are written but not spoken, and vowels that are spoken apart.
_SILENT = re.compile(r"(?:[^laeiouyscgxz]es|[^dt]ed|[^l]e)$")
_APART = re.compile(r"ia|io(?!n)|iu|ua(?!r)|uou")


def syllables(word: str) -> int:
    """A count by vowel groups, right for most English words and at most one out for the rest."""
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", word)) + len(_APART.findall(word))
    return max(1, count - (1 if _SILENT.search(word) and count > 1 else 0))


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; a line ends a sentence too, as an item of a list does."""
    parted = re.split(r"[.?!:;](?:\s|$)|\n", text)
    words = [re.findall(r"[A-Za-z][A-Za-z’'-]*", each) for each in parted]
    return [each for each in words if each]


def reading_age(text: str) -> float:
    """In years: the school grade that Flesch and Kincaid's formula gives, plus five."""
    said = sentences(text)
    words = [word for each in said for word in each]
    grade = 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + 5
