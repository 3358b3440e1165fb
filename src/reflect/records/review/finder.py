"""What in a text may name someone: names, addresses, numbers, quotations. Found, never judged: a person decides."""

from __future__ import annotations

from collections.abc import Callable, Set

from reflect.records.review.flag import FILE, HIDDEN, KNOWN, LINK, QUOTE, Found, Spans
from reflect.records.review.giveaways import giveaways
from reflect.records.review.likely_names import LikelyNames
from reflect.records.review.name_words import NameWords
from reflect.records.review.people import People
from reflect.records.review.quotations import quotations
from reflect.records.review.small_names import SmallNames

# In a longer link or file the names are shown for themselves, too, because nobody reads it to its end.
LONG = 80


class Finder:
    """Finds what may name someone.

    `own_words` name nobody here (of the program, the community, the agenda's title), folded; `people` are those
    that are known; `leads_there` says whether a `[[link]]` leads to a record of the community.
    """

    def __init__(
        self, words: NameWords, own_words: frozenset[str], people: People, leads_there: Callable[[str], bool]
    ) -> None:
        self._people = people
        self._names = LikelyNames(words, own_words, people.parts)
        self._small = SmallNames(words, own_words, people.parts)
        self._leads_there = leads_there

    def find(self, text: str, said: Set[str] = frozenset(), is_title: bool = False) -> list[Found]:
        """Return everything in a text that has to be settled, in its order.

        `said` are folded words of names that were settled already; a title may have capitals throughout.
        """
        found = [*giveaways(text, self._leads_there), *quotations(text)]
        covered = Spans((each.start, each.end) for each in found if _covers(each))
        known = [Found(KNOWN, each.start, text[each.start : each.end], each.role) for each in self._people.find(text)]
        known = [each for each in known if not covered.hold(each.start, each.end)]
        covered = covered.with_more((each.start, each.end) for each in known)
        names = [each for each in self._names.find(text, said, is_title) if not covered.hold(each.start, each.end)]
        return sorted([*found, *known, *names], key=lambda each: each.start)

    def find_in_tag(self, tag: str) -> list[Found]:
        """Return everything in a tag that has to be settled."""
        return list(self._small.find_in_tag(tag)) or self.find(tag)


def _covers(found: Found) -> bool:
    """Say whether a name in this need not be settled for itself."""
    return found.what not in (QUOTE, HIDDEN) and (found.what not in (FILE, LINK) or len(found.text) <= LONG)
