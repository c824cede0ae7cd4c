"""A search as the index is asked it: stems in each language, marks, a stretch of time."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from masthead.outlets.sheet import Sheet
from masthead.search.entries import folded, language_mark, outlet_mark, stems_of
from masthead.search.query import Part, SearchQuery

Phrase = tuple[str, ...]
FIRST, LAST = 0, 2**63 - 1


@dataclass(frozen=True)
class InLanguage:
    """One language's part of a search. marks: one of them must be there."""

    marks: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    excluded: tuple[Phrase, ...]


@dataclass(frozen=True)
class Asked:
    """
    languages: one of them must fit. filters: of each some mark must be there.
    first, last: of the entries' ids, both included.
    exact: phrases that must stand there as they are written, folded.
    """

    languages: tuple[InLanguage, ...]
    outlet_ids: tuple[int, ...]
    filters: tuple[tuple[str, ...], ...] = ()
    first: int = FIRST
    last: int = LAST
    exact: tuple[str, ...] = ()

    @property
    def stems(self) -> set[str]:
        return {
            stem for each in self.languages for phrase in each.phrases for stem in phrase if stem
        }

    def between(self, first: int, last: int) -> "Asked":
        return replace(self, first=first, last=last)

    def as_fts5(self) -> str:
        """For `search_index`. Only words and marks get in, each between quotes."""
        asked = [_any(_fts5_in(each) for each in self.languages)]
        asked += [_any(map(_quoted, marks)) for marks in self.filters]
        return " AND ".join(asked)

    def as_tsquery(self) -> str:
        """To be cast, not parsed: the words are stems already."""
        asked = [_any((_tsquery_in(each) for each in self.languages), "|")]
        asked += [_any((f"'{mark}'" for mark in marks), "|") for marks in self.filters]
        return " & ".join(asked)


def ask(
    query: SearchQuery,
    *,
    sheets: Collection[Sheet],
    filters: Iterable[tuple[str, ...]] = (),
    first: int = FIRST,
    last: int = LAST,
) -> Asked:
    """A search in the articles of these outlets, each in its own language."""
    by_language: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_language.setdefault(sheet.language, []).append(sheet)
    return Asked(
        languages=tuple(
            InLanguage(
                marks=(
                    language_mark(language),
                    *(outlet_mark(sheet.id) for sheet in outlets),
                ),
                phrases=_stemmed(query.parts, language),
                excluded=_stemmed(query.excluded, language),
            )
            for language, outlets in by_language.items()
        ),
        outlet_ids=tuple(sheet.id for sheet in sheets),
        filters=tuple(filters),
        first=max(first, FIRST),
        last=min(last, LAST),
        exact=tuple(_exact(query.parts)),
    )


def _stemmed(parts: Iterable[Part], language: str) -> tuple[Phrase, ...]:
    found = (stems_of(" ".join(part.words), language) for part in parts)
    return tuple(phrase for phrase in found if phrase)


def _exact(parts: Iterable[Part]) -> Iterator[str]:
    return (" ".join(folded(" ".join(part.words))) for part in parts if part.is_exact)


def _fts5_in(each: InLanguage) -> str:
    language, *outlets = each.marks
    wanted = [_quoted(language), _any(map(_quoted, outlets))]
    wanted += [_quoted(" ".join(phrase)) for phrase in each.phrases]
    unwanted = "".join(f" NOT {_quoted(' '.join(phrase))}" for phrase in each.excluded)
    return f"(({' AND '.join(wanted)}){unwanted})"


def _tsquery_in(each: InLanguage) -> str:
    language, *outlets = each.marks
    wanted = [f"'{language}'", _any((f"'{mark}'" for mark in outlets), "|")]
    wanted += [_tsquery_phrase(phrase) for phrase in each.phrases]
    wanted += [f"!{_tsquery_phrase(phrase)}" for phrase in each.excluded]
    return f"({' & '.join(wanted)})"


def _tsquery_phrase(phrase: Phrase) -> str:
    stems = " <-> ".join(f"'{stem}'" for stem in phrase)
    return f"({stems})"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _any(pieces: Iterable[str], operator: str = "OR") -> str:
    return f"({f' {operator} '.join(pieces)})"
