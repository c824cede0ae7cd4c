"""Lists of telling words, written as running text so that they can be read."""


def vocabulary(text: str) -> frozenset[str]:
    return frozenset(text.split())
