"""A private record as it may leave: without what is private, roles in place of names, and each doubt flagged.

Nothing here decides: what may name someone is a flag until a person has replaced, kept or removed it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reflect.records import markdown
from reflect.records.compose import Content, compose
from reflect.records.document import Document
from reflect.records.kinds import COMMON_FIELDS, Field, Kind
from reflect.records.moments import is_day
from reflect.records.record import Record, as_list
from reflect.records.review.finder import Finder
from reflect.records.review.flag import FEW, KNOWN, PRIVATE, Flag, Found, Spans, line_of
from reflect.records.review.giveaways import RECORDS
from reflect.records.review.name_words import words_of
from reflect.records.review.people import People
from reflect.records.review.private_sections import private_parts_of, without_parts
from reflect.records.review.shareable import is_private, shareable
from reflect.records.review.substitution import NOTHING_SETTLED, Settled, Substitution
from reflect.records.ulid import is_ulid
from reflect.records.yaml_block import Value

# Behind a point of a measure stand at least so many people (PRACTICE, 10), unless a person says it may go.
# Unless the community says otherwise.
FEWEST_BEHIND = 10
# Written by the program or of the vault alone.
NEVER = frozenset({"conflict_of", "started_from", "prompt", "carried_from", "carried_id", "credit_of"})
# They hold what the program wrote, an id, or a name that was chosen for this community.
UNTYPED = frozenset({"id", "kind", "created", "author", "agenda", "links"}) | NEVER
IN_TAGS = ("tags", "lenses")
LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")


@dataclass(frozen=True)
class Copy:
    """What the shared copy of a record is: its kind, id, day and agenda there, and the author's name there."""

    kind: Kind
    id: str
    created: str
    agenda: str = ""
    author: str = ""


@dataclass(frozen=True)
class Redacted:
    """The text that would leave; `flags` are all that were raised, `replaced` and `dropped` what was done unasked."""

    text: str
    flags: Sequence[Flag]
    replaced: Sequence[tuple[str, str]]
    dropped: Sequence[str]


class Redaction:
    """Makes texts that may leave. `there` maps what a link names to its name in the community, `""` for none.

    `fewest` is how many people have to stand behind each value of a measure.
    """

    def __init__(
        self, people: People, finder: Finder, there: Callable[[str], str], fewest: int = FEWEST_BEHIND
    ) -> None:
        self._people = people
        self._finder = finder
        self._there = there
        self._fewest = fewest

    def redact(self, record: Record, own: Kind, copy: Copy, settled: Settled = NOTHING_SETTLED) -> Redacted:
        """Return the copy of a record of the kind `own`, as far as it is settled."""
        work = Substitution(self._people, settled)
        fields, dropped = self._fields(record, own, copy.kind, work)
        body, gone = _without_private_sections(record.body, own, copy.kind)
        content = Content(
            title=work.text(record.title).strip(),
            body=work.text(self._linked(body)),
            agenda=copy.agenda,
            lenses=tuple(filter(None, (work.text(lens).strip() for lens in record.lenses))),
            tags=tuple(filter(None, (work.text(tag).strip() for tag in record.tags))),
            links=tuple(filter(None, (self._there(_bare(each)) for each in record.links))),
            fields=fields,
        )
        kind = shareable(copy.kind)
        lang = record.lang if LANGUAGE.fullmatch(record.lang) else ""
        text = compose(kind, copy.id, copy.created, content, lang, copy.author)
        dropped += gone + ["hidden characters"] * work.had_unseen
        dropped += ["links to your own records"] * any(not self._there(_bare(each)) for each in record.links)
        flags = [*self._flags(text, kind, settled, work), *work.settled_flags()]
        return Redacted(text, _each_once(flags), list(dict.fromkeys(work.replaced)), list(dict.fromkeys(dropped)))

    def changed(
        self, before: str, after: str, kind: Kind, settled: Settled = NOTHING_SETTLED
    ) -> tuple[str, list[Flag]]:
        """Return a changed text of a community with what was settled done to it, and every flag of the change."""
        work = Substitution(None, settled)
        text = _settled_by(work, after)
        flags = self._added(before, self._flags(text, kind, settled, work), kind)
        return text, _each_once([*flags, *work.settled_flags()])

    def _added(self, before: str, flags: Sequence[Flag], kind: Kind) -> list[Flag]:
        """Return those of the flags that a text did not have before."""
        old = {(each.what, each.text) for each in self._flags(before, kind)} if before else set()
        return [each for each in flags if (each.what, each.text) not in old]

    def _flags(
        self, text: str, kind: Kind, settled: Settled = NOTHING_SETTLED, work: Substitution | None = None
    ) -> list[Flag]:
        """Return the flags of a text that would stand in a community; what may stay is resolved."""
        work = work or Substitution(None, settled)
        judged = _Judged(settled, Substitution(self._people, settled))
        document = Document.parse(text)
        flags = _few(kind, document, settled, self._fewest)
        for key, words in _told(document, kind):
            line = line_of(text, max(0, text.find(f"\n{key}:")) + 1)
            found = (
                self._finder.find_in_tag(words)
                if key in IN_TAGS
                else self._finder.find(words, judged.said, is_title=key == "title")
            )
            own_words = work.own_words(words)
            flags += [judged.flag(each, line, own_words) for each in [*found, *judged.left(words)]]
        body = document.body
        first = line_of(text, len(text) - len(body)) - 1
        own_headings = _headings(body, kind)
        lines, own_words = _Lines(body), work.own_words(body)
        for each in [*self._finder.find(body, judged.said), *_private(body, kind), *judged.left(body)]:
            line = lines.at(each.start)
            if line not in own_headings:
                flags.append(judged.flag(each, first + line, own_words))
        return _each_once(flags)

    def _fields(
        self, record: Record, own: Kind, target: Kind, work: Substitution
    ) -> tuple[dict[str, Value], list[str]]:
        fields: dict[str, Value] = {}
        dropped = []
        for name, value in record.fields.items():
            here, there = own.field(name), target.field(name)
            if not value:
                continue
            if here is None or there is None or name in NEVER or is_private(here) or is_private(there):
                dropped.append(here.shown_label() if here else name)
                continue
            told = self._field(here, value, work)
            if told:
                fields[name] = told
            if not told or (isinstance(told, list) and len(told) < len(as_list(value))):
                dropped.append(here.shown_label())
        return fields, dropped

    def _field(self, spec: Field, value: Value, work: Substitution) -> Value:
        if spec.type in ("record", "records"):
            ids: list[Value] = [there for each in as_list(value) if (there := self._there(each))]
            return ids if spec.is_list else (ids[0] if ids else "")
        if isinstance(value, dict):
            # A date and numbers name nobody; whatever else stands in a series stays here.
            return {day: each for day, each in value.items() if is_day(day) and all(map(_is_number, as_list(each)))}
        if isinstance(value, list):
            return [each if each in spec.choices else work.text(str(each)) for each in value]
        return value if value in spec.choices else work.text(str(value))

    def _linked(self, body: str) -> str:
        """Return a body whose links to records with a copy there lead to those copies."""

        def there(match: re.Match[str]) -> str:
            return f"[[{self._there(match[1]) or match[1]}]]"

        return RECORDS.sub(there, body)


class _Judged:
    """Turns what was found into flags, and says which of them a person has settled already."""

    def __init__(self, settled: Settled, anew: Substitution) -> None:
        # A long text may have been kept before a name in it was settled.
        self._kept = {_same(each) for each in settled.keep} | {_same(anew.text(each)) for each in settled.keep}
        self._removed = tuple(each for each in map(_same, settled.remove) if each)
        self.said = words_of((*settled.replace, *settled.remove)) - words_of(settled.keep)

    def flag(self, found: Found, line: int, own_words: Spans) -> Flag:
        """Return the flag of what was found in a text, in which a person's `own_words` stand here and there."""
        flag = Flag(found.what, found.text, line, suggestion=found.suggestion)
        if _same(found.text) in self._kept:
            return replace(flag, resolved=True, how="stays: you are sure")
        names_nobody = found.what != KNOWN and not words_of([found.text]) & self.said
        if names_nobody and own_words.hold(found.start, found.end):
            return replace(flag, resolved=True, how="you wrote it yourself")
        return flag

    def left(self, text: str) -> list[Found]:
        """Return what was to be removed from a text and stands there still."""
        plain = _same(text) if self._removed else ""
        return [Found("to be removed", max(0, text.find(each)), each) for each in self._removed if _has(plain, each)]


class _Lines:
    """The lines of a text, by their places."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, start: int) -> int:
        """Return the line of a place, from 1."""
        return bisect_left(self._ends, start) + 1


def _settled_by(work: Substitution, text: str) -> str:
    document = Document.parse(text)
    for key in ("title", *IN_TAGS, *(each for each in document.values if each not in COMMON_FIELDS)):
        value = document.values.get(key)
        if isinstance(value, list):
            changed: list[Value] = [work.text(each) if not is_ulid(each) else each for each in as_list(value)]
            document = document.with_value(key, [each for each in changed if each] or None)
        elif isinstance(value, str) and not is_ulid(value):
            document = document.with_value(key, work.text(value) or None)
    return document.with_body(work.text(document.body)).text


def _told(document: Document, kind: Kind) -> list[tuple[str, str]]:
    """Return the fields whose words were typed, each as (key, text)."""
    found = []
    for key, value in document.values.items():
        spec = kind.field(key)
        if key in UNTYPED or isinstance(value, dict):
            continue
        for each in as_list(value):
            is_of_program = is_ulid(each) or is_day(each) or (_is_number(each) and len(each) < 7)
            is_chosen = spec is not None and each in spec.choices
            if not (is_of_program or is_chosen or (key == "lang" and LANGUAGE.fullmatch(each))):
                found.append((key, each))
    return found


def _titles(kinds: Sequence[Kind], private: bool) -> set[str]:
    return {alias for kind in kinds for each in kind.sections if each.private == private for alias in each.aliases}


def _without_private_sections(body: str, own: Kind, target: Kind) -> tuple[str, list[str]]:
    """Return a body without the sections that never leave, and their titles."""
    kinds = (own, target)
    parts = private_parts_of(body, _titles(kinds, private=True), _titles(kinds, private=False))
    return without_parts(body, parts), [each.title for each in parts]


def _private(body: str, kind: Kind) -> list[Found]:
    """Return the parts of a body that stand under a title whose section never leaves."""
    lines = markdown.lines_of(body)
    parts = private_parts_of(body, _titles((kind,), private=True), _titles((kind,), private=False))
    starts = [sum(map(len, lines[: each.start])) for each in parts]
    texts = ["".join(lines[each.start : each.end]).rstrip() for each in parts]
    return [Found(PRIVATE, start, text) for start, text in zip(starts, texts, strict=True)]


def _headings(body: str, kind: Kind) -> set[int]:
    """Return the lines of a body, from 1, that are headings of the kind's own words."""
    return {each.start + 1 for each in markdown.sections(body) if kind.section(each.title) is not None}


def _few(kind: Kind, document: Document, settled: Settled, fewest: int) -> list[Flag]:
    """Return a flag for figures behind which fewer people may stand than have to."""
    if kind.field("smallest") is None:
        return []
    said = document.values.get("smallest", "")
    shown = said if isinstance(said, str) else ""
    if _is_number(shown) and Decimal(shown) >= fewest:
        return []
    text = f"smallest: {shown or 'not said'}"
    is_kept = _same(text) in {_same(each) for each in settled.keep}
    what = FEW if fewest == FEWEST_BEHIND else f"fewer than {fewest} people"
    return [Flag(what, text, 1, is_kept, "stays: you are sure" if is_kept else "")]


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d{1,15}(?:\.\d{1,15})?", text) is not None


def _bare(link: str) -> str:
    return link.removeprefix("[[").removesuffix("]]")


def _has(text: str, part: str) -> bool:
    """Say whether a part stands in a text by itself, not within a longer word."""
    before, after = r"(?<!\w)" if part[0].isalnum() else "", r"(?!\w)" if part[-1].isalnum() else ""
    return re.search(before + re.escape(part) + after, text) is not None


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _each_once(flags: Sequence[Flag]) -> list[Flag]:
    """Return the flags in the order of their lines, each once; one that is open anywhere is open."""
    found: dict[tuple[str, str], Flag] = {}
    for each in flags:
        known = found.setdefault((each.what, each.text), each)
        if known.resolved and not each.resolved:
            found[each.what, each.text] = each
    return sorted(found.values(), key=lambda each: each.line)
