"""Looking a text through before it stands in a community: with the people of the journal and the words of the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reflect.community.begun import Begun
from reflect.community.small_groups import folded_fields, with_folded_tallies
from reflect.community.writing import FlagsOpen
from reflect.records.kinds import Kind
from reflect.records.query import Filters
from reflect.records.record import Record
from reflect.records.review.finder import Finder
from reflect.records.review.flag import Flag
from reflect.records.review.name_words import words_of
from reflect.records.review.people import People, Person
from reflect.records.review.redaction import Copy, Redacted, Redaction
from reflect.records.review.substitution import Settled
from reflect.records.textforms import folded
from reflect.store.name_files import name_words

if TYPE_CHECKING:
    from reflect.community.communities import Communities
    from reflect.community.within import Within
    from reflect.records.lenses import Framework
    from reflect.store.catalog import Catalog
    from reflect.store.kind_files import Kinds

# Words of this program that stand with a capital letter and name nobody.
OUR_WORDS = "Call Agenda Finding Wondering Decision Question Activity Story Policy Spanish English Markdown"
MOST_PEOPLE = 5_000


class Redactor:
    """Makes the copies that may leave, and finds what a change would add."""

    def __init__(
        self,
        catalog: Catalog,
        communities: Communities,
        within: Within,
        kinds_of: Callable[[str], Kinds],
        frameworks: Callable[[], list[Framework]],
    ) -> None:
        self._catalog = catalog
        self._communities = communities
        self._within = within
        self._kinds_of = kinds_of
        self._frameworks = frameworks

    def redact(self, source: Record, kind: Kind, place: str, begun: Begun, agenda: str, author: str) -> Redacted:
        """Return the copy of a private record for a community, as far as it is settled."""
        copy = Copy(kind, begun.shared_id, begun.created, agenda, author)
        own = self._kinds_of("").get(source.kind)
        told, said = folded_fields(own, source.fields, self._communities.get(place).about)
        shown = replace(source, fields={**source.fields, **told})
        redacted = self._redaction(place, agenda).redact(shown, own, copy, begun.settled)
        return replace(redacted, dropped=[*redacted.dropped, *said])

    def looked_through(self, place: str, kind: Kind, before: str, after: str, settled: Settled) -> str:
        """Return a text as it may stand in a community; raises FlagsOpen for what its change leaves open."""
        text, found = self.changed(place, kind, before, after, settled)
        flags = [each for each in found if not each.resolved]
        if flags:
            words = [f"“{each.text}” ({each.what})" for each in flags]
            more = f" and {len(words) - 3} more" if len(words) > 3 else ""
            raise FlagsOpen(f"Nothing was written into {place}: {', '.join(words[:3])}{more}.", words, text)
        return text

    def changed(self, place: str, kind: Kind, before: str, after: str, settled: Settled) -> tuple[str, list[Flag]]:
        """Return a text as it would stand in a community, as far as it is settled, and every flag of its change."""
        told = with_folded_tallies(kind, before, after, self._communities.get(place).about)
        return self._redaction(place, "").changed(before, told, kind, settled)

    def _redaction(self, place: str, agenda: str) -> Redaction:
        people = People(self._people(), name_words())
        own_words = words_of(self._own_words(place, agenda))

        def there(name: str) -> str:
            return self._there(place, name)

        finder = Finder(name_words(), own_words, people, lambda name: bool(there(name)))
        return Redaction(people, finder, there, self._communities.get(place).about.measure)

    def _people(self) -> Iterator[Person]:
        for row in self._catalog.rows(Filters(kinds=("person",), places=("",)), limit=MOST_PEOPLE):
            others = [
                each.strip() for each in row.text_of("also_called").replace(";", ",").replace("/", ",").split(",")
            ]
            yield Person(tuple(filter(None, [row.title, *others])), row.text_of("role"))

    def _own_words(self, place: str, agenda: str) -> Iterator[str]:
        yield OUR_WORDS
        yield place
        for framework in self._frameworks():
            yield from (text for lens in framework.lenses for text in (lens.title, lens.slug))
        for row in self._within.rows(place, agenda) if agenda else ():
            yield row.title
        yield from self._communities.get(place).about.names

    def _there(self, place: str, name: str) -> str:
        """Return the id by which a name leads to a record of the community, `""` where it leads to none."""
        for row in self._catalog.named(folded(name)):
            if row.place == place:
                return row.id or name
        for row in self._catalog.named(folded(name)):
            if not row.place and row.id and (copy := self._within.copy_of(place, row.id)):
                return copy
        return ""
