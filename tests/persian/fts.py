"""A full-text engine in ten lines: key words, exact or by prefix, as tsquery and FTS5 compare them."""

from autonax_support.persian.text import query_terms, search_key


def finds(query: str, text: str) -> bool:
    words = search_key(text).split()
    terms = query_terms(query)
    return bool(terms) and all(any(holds(words, alternative) for alternative in term) for term in terms)


def holds(words: list[str], alternative: str) -> bool:
    return all(any(fits(word, wanted) for word in words) for wanted in alternative.split())


def fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
