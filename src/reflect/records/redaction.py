"""A private record as it may leave: without what is private, roles in place of names, and each doubt flagged.

Nothing here decides: what may name someone is a flag until a person has replaced, kept or removed it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reflect.records import markdown
from reflect.records.compose import Content, compose
from reflect.records.document import Document
from reflect.records.flags import FEW, LINKS, NAME, Finder, Flag, Found, line_of
from reflect.records.kinds import COMMON_FIELDS, Field, Kind
from reflect.records.moments import is_day
from reflect.records.people import People, as_begun
from reflect.records.record import Record, as_list
from reflect.records.shareable import is_private, shareable
from reflect.records.textforms import folded
from reflect.records.ulid import is_ulid
from reflect.records.yaml_block import Value

# Characters that are not seen: they could carry a text that no review shows.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]")
DOUBLE_BLANK = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
# Behind a point of a measure stand at least so many people (PRACTICE, 10), unless a person says it may go.
SMALLEST = 10
# Written by the program or of the vault alone.
NEVER = frozenset({"conflict_of", "started_from", "prompt", "carried_from", "carried_id", "credit_of"})


@dataclass(frozen=True)
class Settled:
    """How a person settled what was flagged: each text with what stands for it, those that stay, those that go."""

    replace: Mapping[str, str] = field(default_factory=dict)
    keep: Sequence[str] = ()
    remove: Sequence[str] = ()


NOTHING_SETTLED = Settled()


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
    """Makes texts that may leave. `there` maps what a link names to its name in the community, `""` for none."""

    def __init__(self, people: People, finder: Finder, there: Callable[[str], str]) -> None:
        self._people = people
        self._finder = finder
        self._there = there

    def redact(self, record: Record, own: Kind, copy: Copy, settled: Settled = NOTHING_SETTLED) -> Redacted:
        """Return the copy of a record of the kind `own`, as far as it is settled."""
        work = _Work(self._people, settled)
        fields, dropped = self._fields(record, own, copy.kind, work)
        body, gone = _without_private_sections(record.body, own, copy.kind)
        content = Content(
            title=work.text(record.title),
            body=self._linked(work.text(body)),
            agenda=copy.agenda,
            lenses=record.lenses,
            tags=tuple(filter(None, (work.text(tag) for tag in record.tags))),
            links=tuple(filter(None, (self._there(_bare(each)) for each in record.links))),
            fields=fields,
        )
        kind = shareable(copy.kind)
        text = compose(kind, copy.id, copy.created, content, record.lang, copy.author)
        dropped += gone + ["hidden characters"] * work.had_unseen
        dropped += ["links to your own records"] * any(not self._there(_bare(each)) for each in record.links)
        flags = [*self.flags(text, kind, settled, work.roles), *_few(own, record, settled), *work.settled_flags()]
        return Redacted(text, _each_once(flags), list(dict.fromkeys(work.replaced)), list(dict.fromkeys(dropped)))

    def flags(self, text: str, kind: Kind, settled: Settled = NOTHING_SETTLED, roles: Sequence[str] = ()) -> list[Flag]:
        """Return the flags of a text that would stand in a community; what may stay is resolved."""
        document = Document.parse(text)
        kept = {_same(each) for each in settled.keep}
        found: list[Flag] = []
        for key, words in _told(document, kind):
            start = max(0, text.find(f"\n{key}:")) + 1
            found += [self._flag(each, line_of(text, start), words, kept, roles) for each in self._finder.find(words)]
        body = document.body
        first = line_of(text, len(text) - len(body))
        own_headings = _headings(body, kind)
        for each in self._finder.find(body):
            line = line_of(body, each.start)
            if line not in own_headings:
                found.append(self._flag(each, first + line - 1, body, kept, roles))
        return _each_once(found)

    def flags_of_change(self, before: str, after: str, kind: Kind, settled: Settled = NOTHING_SETTLED) -> list[Flag]:
        """Return the flags of what a change adds to a record of a community; `before` is `""` for a new one."""
        old = {(each.what, each.text) for each in self.flags(before, kind)} if before else set()
        return [each for each in self.flags(after, kind, settled) if (each.what, each.text) not in old]

    def changed(
        self, before: str, after: str, kind: Kind, settled: Settled = NOTHING_SETTLED
    ) -> tuple[str, list[Flag]]:
        """Return a changed text of a community with what was settled done to it, and every flag of the change."""
        work = _Work(People(()), settled)
        text = _settled_by(work, after)
        return text, _each_once([*self.flags_of_change(before, text, kind, settled), *work.settled_flags()])

    def _fields(self, record: Record, own: Kind, target: Kind, work: _Work) -> tuple[dict[str, Value], list[str]]:
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

    def _field(self, spec: Field, value: Value, work: _Work) -> Value:
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

        return LINKS.sub(there, body)

    @staticmethod
    def _flag(each: Found, line: int, text: str, kept: set[str], roles: Sequence[str]) -> Flag:
        flag = Flag(each.what, each.text, line, suggestion=each.suggestion)
        if _same(each.text) in kept:
            return replace(flag, resolved=True, how="stays: you are sure")
        if any(each.text in role for role in roles):
            return replace(flag, resolved=True, how="you wrote it yourself")
        return flag


class _Work:
    """One record being made ready: what was done to its texts so far."""

    def __init__(self, people: People, settled: Settled) -> None:
        self._people = people
        self._settled = settled
        self._done: dict[str, str] = {}
        self.roles = [role for role in settled.replace.values() if role]
        self.replaced: list[tuple[str, str]] = []
        self.had_unseen = False

    def text(self, text: str) -> str:
        """Return a text with known people as roles, and with what a person said done to it."""
        seen = UNSEEN.sub("", unicodedata.normalize("NFC", text))
        self.had_unseen = self.had_unseen or bool(UNSEEN.search(text))
        # What a person decided about a text comes before what is done unasked.
        for given, role in sorted(self._settled.replace.items(), key=lambda each: -len(each[0])):
            seen = self._put(seen, given, role)
        for given in sorted(self._settled.remove, key=len, reverse=True):
            seen = self._put(seen, given, "")
        seen, found = self._people.replaced(seen, frozenset(self._settled.keep))
        self.replaced += found
        return seen

    def settled_flags(self) -> list[Flag]:
        """Return what was replaced or removed because a person said so, as flags that are settled."""
        return [
            Flag(NAME, text, 1, resolved=True, how=f"→ {role}" if role else "is removed")
            for text, role in self._done.items()
        ]

    def _put(self, text: str, given: str, role: str) -> str:
        given = unicodedata.normalize("NFC", given).strip()
        if not given:
            return text
        before = r"(?<!\w)" if given[0].isalnum() else ""
        after = r"(?!\w)" if given[-1].isalnum() else ""
        spelled = r"\s+".join(re.escape(word) for word in given.split())

        def put(match: re.Match[str]) -> str:
            return as_begun(text, match.start(), role) if role else ""

        changed, number = re.subn(f"{before}{spelled}{after}", put, text)
        if not number:
            return text
        self._done[given] = role
        return changed if role else DOUBLE_BLANK.sub(" ", changed).strip(" ")


def _settled_by(work: _Work, text: str) -> str:
    """Return a text with what is to be replaced or removed replaced or removed."""
    document = Document.parse(text)
    for key in ("title", "tags", *(each for each in document.values if each not in COMMON_FIELDS)):
        value = document.values.get(key)
        if isinstance(value, str) and not is_ulid(value):
            document = document.with_value(key, work.text(value) or None)
        elif isinstance(value, list):
            told = [each if is_ulid(each) else work.text(each) for each in as_list(value)]
            document = document.with_value(key, [each for each in told if each] or None)
    return document.with_body(work.text(document.body)).text


def _told(document: Document, kind: Kind) -> list[tuple[str, str]]:
    """Return the fields whose words were typed, each as (key, text)."""
    found = []
    for key, value in document.values.items():
        spec = kind.field(key)
        if key in ("id", "kind", "created", "author", "agenda", "lenses", "lang", "links") or key in NEVER:
            continue
        if isinstance(value, dict):
            continue
        if spec is not None and spec.type in ("record", "records", "date", "number", "scale", "series"):
            continue
        for each in as_list(value):
            if spec is None or each not in spec.choices:
                found.append((key, each))
    return found


def _without_private_sections(body: str, own: Kind, target: Kind) -> tuple[str, list[str]]:
    """Return a body without the sections that never leave, and their titles."""
    private = {alias for kind in (own, target) for each in kind.sections if each.private for alias in each.aliases}
    lines = markdown.lines_of(body)
    found = markdown.sections(body)
    ends = [each.start for each in found[1:]] + [len(lines)]
    gone = [(each, end) for each, end in zip(found, ends, strict=False) if folded(each.title) in private]
    for each, end in reversed(gone):
        del lines[each.start : end]
    return "".join(lines), [each.title for each, _ in gone]


def _headings(body: str, kind: Kind) -> set[int]:
    """Return the lines of a body, from 1, that are headings of the kind's own words."""
    return {each.start + 1 for each in markdown.sections(body) if kind.section(each.title) is not None}


def _few(kind: Kind, record: Record, settled: Settled) -> list[Flag]:
    """Return a flag for figures behind which fewer than ten people may stand."""
    if kind.field("smallest") is None:
        return []
    said = record.text_of("smallest")
    if said.isdigit() and int(said) >= SMALLEST:
        return []
    text = f"smallest: {said or 'not said'}"
    is_kept = _same(text) in {_same(each) for each in settled.keep}
    return [Flag(FEW, text, 1, is_kept, "stays: you are sure" if is_kept else "")]


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d{1,15}(?:\.\d{1,15})?", text) is not None


def _bare(link: str) -> str:
    return link.removeprefix("[[").removesuffix("]]")


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _each_once(flags: Sequence[Flag]) -> list[Flag]:
    found: dict[tuple[str, str], Flag] = {}
    for each in flags:
        found.setdefault((each.what, each.text), each)
    return sorted(found.values(), key=lambda each: each.line)
