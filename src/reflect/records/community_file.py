"""`community.toml`: what a community says of itself. Its writers are strangers, so each value is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reflect.errors import ReflectError
from reflect.records.school import LONGEST, WEEKDAYS, Span, read_span
from reflect.records.textforms import cut_at_word, folded, one_line
from reflect.records.toml_text import quoted, read_toml

PATH = "community.toml"
# Its own data files, below which nothing is a record.
DATA_FOLDERS = {sort: f"reflect/{sort}/" for sort in ("kinds", "frameworks", "journeys", "resources", "rubrics")}
FORMAT = 1
MAX_BYTES = 64 * 1024
MAX_ITEMS = 100
MAX_KEYS = 1_000
MAX_TEXT = 200
MAX_PURPOSE = 2_000
GROUP = 5
MEASURE = 10
MOST_PEOPLE = 10_000
KEY_TYPES = ("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-", "sk-ssh-ed25519@", "sk-ecdsa-sha2-")


@dataclass(frozen=True)
class Steward:
    """Who looks after the community: a role, and a way to reach whoever has it."""

    role: str
    reach: str


@dataclass(frozen=True)
class Line:
    """A line of difference; of its `groups`, those `in_office` are never folded into others."""

    name: str
    groups: tuple[str, ...]
    in_office: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListedKey:
    """A public key, and the name or the address of the member whose commits it signs."""

    author: str
    ssh: str


@dataclass(frozen=True)
class About:
    """What a community says of itself; `problems` names each mistake, whose default then holds."""

    id: str = ""
    name: str = ""
    purpose: str = ""
    languages: tuple[str, ...] = ("en",)
    frameworks: tuple[str, ...] = ()
    journeys: tuple[str, ...] = ()
    stewards: tuple[Steward, ...] = ()
    group: int = GROUP
    measure: int = MEASURE
    lines: tuple[Line, ...] = ()
    week_starts: str = "monday"
    terms: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()
    keys: tuple[ListedKey, ...] = ()
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that stand here for all to see: of the community, its lines and their groups."""
        groups = [name for line in self.lines for name in (line.name, *line.groups)]
        return tuple(dict.fromkeys(filter(None, [self.name, *groups])))


def parse_about(data: bytes | str | None) -> About:
    """Return what a `community.toml` says; None where there is no such file. Never fails."""
    if data is None:
        return About()
    try:
        return _Reader(read_toml(_text_of(data), PATH)).about()
    except ReflectError as error:
        return About(problems=(error.message,))


def new_text(community_id: str, name: str, languages: Sequence[str] = ("en",), steward: Steward | None = None) -> str:
    """Return the text of the file of a new community."""
    lines = [
        "# What this community says of itself; every member reads it, so it holds nothing private.",
        f"format = {FORMAT}",
        f"id = {quoted(community_id)}",
        f"name = {quoted(name)}",
        'purpose = ""',
        f"languages = [{', '.join(map(quoted, languages))}]",
        "",
        "# A group with fewer people at a gathering, or a measure with fewer behind it, is not printed.",
        "[privacy]",
        f"group = {GROUP}",
        f"measure = {MEASURE}",
    ]
    if steward is not None:
        lines += ["", "[[stewards]]", f"role = {quoted(steward.role)}", f"reach = {quoted(steward.reach)}"]
    return "\n".join(lines) + "\n"


def with_key(text: str, key: ListedKey) -> str:
    """Return the text of the file with one more key at its end; the rest stays as it is."""
    gap = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{gap}\n[[key]]\nauthor = {quoted(key.author)}\nssh = {quoted(key.ssh)}\n"


def is_public_key(text: str) -> bool:
    """Say whether a text has the form of a public ssh key, on one line."""
    parts = text.split()
    return len(parts) >= 2 and parts[0].startswith(KEY_TYPES) and parts[1].startswith("AAAA") and "\n" not in text


def _text_of(data: bytes | str) -> str:
    if isinstance(data, str):
        return data
    if len(data) > MAX_BYTES:
        raise ReflectError(f"{PATH}: larger than {MAX_BYTES // 1024} KiB, so it is not read.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise ReflectError(f"{PATH}: not UTF-8 text.") from None


class _Reader:
    """Takes values out of what the file says; what does not fit is kept as a sentence."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self._problems: list[str] = []

    def about(self) -> About:
        """Return the whole."""
        raw = self._raw
        if isinstance(raw.get("format", FORMAT), int) and raw.get("format", FORMAT) > FORMAT:
            self._problem("format", raw["format"], f"{FORMAT}; a newer reflect wrote it, and some of it may be missed")
        privacy, school = self._table("privacy"), self._table("school")
        return About(
            id=self._text(raw, "id"),
            name=self._text(raw, "name"),
            purpose=self._text(raw, "purpose", MAX_PURPOSE),
            languages=self._texts(raw, "languages") or ("en",),
            frameworks=self._texts(raw, "frameworks"),
            journeys=self._texts(raw, "journeys"),
            stewards=tuple(self._each("stewards", self._steward)),
            group=self._number(privacy, "group", "privacy.group", GROUP),
            measure=self._number(privacy, "measure", "privacy.measure", MEASURE),
            lines=tuple(self._each("line", self._line)),
            week_starts=self._weekday(school),
            terms=tuple(self._each("term", self._span)),
            breaks=tuple(self._each("break", self._span)),
            keys=tuple(self._each("key", self._key, MAX_KEYS)),
            problems=tuple(self._problems),
        )

    def _problem(self, key: str, given: Any, allowed: str) -> None:
        self._problems.append(f"{PATH}: `{key}` is {_shown(given)}; it takes {allowed}.")

    def _table(self, key: str) -> Mapping[str, Any]:
        found = self._raw.get(key, {})
        if isinstance(found, dict):
            return found
        self._problem(key, found, f"a table, written as [{key}]")
        return {}

    def _text(self, table: Mapping[str, Any], key: str, longest: int = MAX_TEXT, where: str = "") -> str:
        found = table.get(key, "")
        if isinstance(found, str) and len(found) <= longest:
            return one_line(found)
        self._problem(where or key, found, f"a text of at most {longest} characters")
        return ""

    def _texts(self, table: Mapping[str, Any], key: str, where: str = "") -> tuple[str, ...]:
        found = table.get(key, [])
        good = isinstance(found, list) and len(found) <= MAX_ITEMS
        if good and all(isinstance(each, str) and len(each) <= MAX_TEXT for each in found):
            return tuple(dict.fromkeys(filter(None, map(one_line, found))))
        self._problem(where or key, found, f"a list of at most {MAX_ITEMS} short texts")
        return ()

    def _number(self, table: Mapping[str, Any], key: str, where: str, default: int) -> int:
        found = table.get(key, default)
        if isinstance(found, int) and not isinstance(found, bool) and 1 <= found <= MOST_PEOPLE:
            return found
        self._problem(where, found, f"a whole number from 1 to {MOST_PEOPLE:,}, and {default} holds")
        return default

    def _weekday(self, school: Mapping[str, Any]) -> str:
        found = school.get("week_starts", "monday")
        if isinstance(found, str) and folded(found) in WEEKDAYS:
            return folded(found)
        self._problem("school.week_starts", found, "a day of the week in English, and monday holds")
        return "monday"

    def _each(self, key: str, read: Callable[[str, Mapping[str, Any]], Any], most: int = MAX_ITEMS) -> Iterator[Any]:
        found = self._raw.get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self._problem(key, found, f"tables, each written as [[{key}]]")
            return
        if len(found) > most:
            self._problem(key, f"{len(found)} tables", f"at most {most}; the others are left out")
        for number, table in enumerate(found[:most], 1):
            item = read(f"{key} {number}", table)
            if item is not None:
                yield item

    def _steward(self, where: str, table: Mapping[str, Any]) -> Steward | None:
        role, reach = self._text(table, "role", where=f"{where}, role"), self._text(table, "reach", where=where)
        if not role:
            self._problem(f"{where}, role", table.get("role", ""), "the role of a person, such as coordinator")
            return None
        return Steward(role, reach)

    def _line(self, where: str, table: Mapping[str, Any]) -> Line | None:
        name, groups = self._text(table, "name", where=where), self._texts(table, "groups", f"{where}, groups")
        if not name or not groups:
            self._problem(where, f"“{name}” with {len(groups)} groups", "a `name` and a list of `groups`")
            return None
        office = table.get("in_office", [])
        if isinstance(office, bool):
            return Line(name, groups, groups if office else ())
        named = self._texts(table, "in_office", f"{where}, in_office")
        for each in set(named) - set(groups):
            self._problem(f"{where}, in_office", each, f"groups of that line: {', '.join(groups)}")
        return Line(name, groups, tuple(each for each in groups if each in named))

    def _span(self, where: str, table: Mapping[str, Any]) -> Span | None:
        name = self._text(table, "name", where=where)
        span = read_span({**table, "name": name})
        if span is None:
            given = f"{_shown(table.get('start', ''))} to {_shown(table.get('end', ''))}"
            allowed = f"two days such as 2026-08-31, the first before the last, less than {LONGEST} days apart"
            self._problem(f"{where}, start and end", given, allowed)
        return span

    def _key(self, where: str, table: Mapping[str, Any]) -> ListedKey | None:
        author, ssh = self._text(table, "author", where=f"{where}, author"), table.get("ssh", "")
        if author and isinstance(ssh, str) and len(ssh) <= 4 * MAX_PURPOSE and is_public_key(ssh):
            return ListedKey(author, " ".join(ssh.split()[:2]))
        self._problem(where, ssh, "an `author`, and in `ssh` the one line of a public key (ssh-ed25519 AAAA…)")
        return None


def _shown(given: Any) -> str:
    # A table can be nested as deep as the file is long, so it is never written out.
    if isinstance(given, (dict, list)):
        return "a table" if isinstance(given, dict) else f"a list of {len(given)}"
    return f"“{cut_at_word(one_line(str(given)), 40)}”"
