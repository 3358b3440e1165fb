"""A record as it was read: what is known of it, with its text untouched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reflect.errors import Unreadable
from reflect.records import markdown, moments
from reflect.records.document import MAX_FRONT_MATTER, MAX_RECORD, Document
from reflect.records.kinds import COMMON_FIELDS
from reflect.records.textforms import is_seen, one_line
from reflect.records.ulid import is_ulid
from reflect.records.yaml_block import Value

AGENDA_FOLDER = "agendas"
FENCE = re.compile(rb"\n(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)")
ID_LINE = re.compile(rb"""^id:[ \t]*(["']?)([0-7][0-9A-HJKMNP-TV-Z]{25})\1[ \t]*(?:#.*)?\r?$""", re.MULTILINE)


@dataclass(frozen=True)
class Record:
    """One record; `text` is the whole file, `problem` says why it could not be parsed, if so.

    `place` is the name of a community, or `""` for the vault. Bytes that are not UTF-8 stand in
    `text` as surrogates, so that it can be written back as it was.
    """

    path: str
    text: str
    kind: str
    id: str = ""
    title: str = ""
    created: str = ""
    author: str = ""
    agenda: str = ""
    lang: str = ""
    lenses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    fields: Mapping[str, Value] = field(default_factory=dict)
    body: str = ""
    problem: str = ""
    place: str = ""

    @cached_property
    def sections(self) -> list[markdown.Section]:
        """The sections of its body."""
        return markdown.sections(self.body)

    @property
    def has_id(self) -> bool:
        """Whether its id can name it."""
        return is_ulid(self.id)

    @property
    def ref(self) -> str:
        """What names it everywhere: its path in the vault, `NAME:path` in a community."""
        return reference_of(self.place, self.path)

    @property
    def reference(self) -> str:
        """What a person types to name it: the end of its id, else its path."""
        return self.id[-6:].lower() if self.has_id else self.path

    @property
    def day(self) -> str:
        """The day it was created, as written; that of its file name where it says none."""
        return moments.day_of(self.created) or moments.day_in_name(self.path)

    @property
    def sort_key(self) -> str:
        """What it is ordered by in lists."""
        return moments.sort_key(self.created) or moments.sort_key(moments.day_in_name(self.path))

    def text_of(self, name: str) -> str:
        """Return a field as text, `""` where it is empty or not a text."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def list_of(self, name: str) -> list[str]:
        """Return a field as a list of texts; a single text counts as a list of one."""
        return as_list(self.fields.get(name, ""))

    def section_text(self, aliases: set[str]) -> str:
        """Return the text under the first heading that is one of these folded titles."""
        from reflect.records.textforms import folded

        return next((each.text for each in self.sections if folded(each.title) in aliases), "")

    def references(self) -> list[str]:
        """Return what it points to: ids in its fields, its `links`, and `[[links]]` in its body."""
        named = [each for value in self.fields.values() for each in as_list(value) if is_ulid(each)]
        linked = [each.removeprefix("[[").removesuffix("]]") for each in self.links]
        return list(dict.fromkeys([*named, *linked, *markdown.link_targets(self.body)]))


def reference_of(place: str, path: str) -> str:
    """Return what names the record at a path: the path in the vault, `NAME:path` in a community."""
    return f"{place}:{path}" if place else path


def encoded(text: str) -> bytes:
    """Return the bytes of a record's text, with any bytes that were not UTF-8 as they were."""
    return text.encode("utf-8", "surrogateescape")


def as_list(value: Value) -> list[str]:
    """Return a value as a list of texts, without empty ones."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list):
        return [each for each in value if isinstance(each, str) and each]
    return []


def id_at_a_glance(data: bytes) -> str:
    """Return the id that a file's front matter gives, `""` for none, without parsing it; also of an unreadable one."""
    head = data[:MAX_FRONT_MATTER].removeprefix(codecs.BOM_UTF8)
    if not head.startswith(b"---"):
        return ""
    end = FENCE.search(head)
    found = ID_LINE.search(head, 0, end.start() + 1 if end else len(head))
    return found[2].decode() if found else ""


def read_record(data: bytes, path: str, folders: Mapping[str, str], place: str = "") -> Record:
    """Return the record that a file holds; never fails, what cannot be parsed says so in `problem`.

    `folders` maps the folder of each kind to the kind's name.
    """
    text = data.decode("utf-8", "surrogateescape")
    try:
        if len(data) > MAX_RECORD:
            raise Unreadable(1, f"larger than {MAX_RECORD // 1024 // 1024} MiB")
        _refuse_bytes_not_utf8(text)
        document = Document.parse(text)
    except Unreadable as error:
        kind, title = kind_of_folder(path, folders), _name_of(path)
        return Record(path, text, kind, title=title, body=text, place=place, problem=str(error))
    return _from_document(text, document, path, kind_of_folder(path, folders), place)


def kind_of_folder(path: str, folders: Mapping[str, str]) -> str:
    """Return the kind of the deepest folder on the path that is a kind's, `""` for none."""
    for part in reversed(path.split("/")[:-1]):
        if part in folders:
            return folders[part]
    return ""


def _refuse_bytes_not_utf8(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise Unreadable(line, "bytes that are not UTF-8 text") from None


def _from_document(text: str, document: Document, path: str, kind: str, place: str) -> Record:
    values = document.values

    def text_of(key: str) -> str:
        value = values.get(key, "")
        return value if isinstance(value, str) else ""

    body = document.body.removeprefix("\ufeff")
    return Record(
        path=path,
        text=text,
        place=place,
        id=text_of("id"),
        kind=text_of("kind") or kind,
        title=_first_seen(one_line(text_of("title")), lambda: markdown.first_heading(body)) or _name_of(path),
        created=text_of("created"),
        author=text_of("author"),
        agenda=text_of("agenda"),
        lang=text_of("lang"),
        lenses=tuple(as_list(values.get("lenses", ""))),
        tags=tuple(as_list(values.get("tags", ""))),
        links=tuple(as_list(values.get("links", ""))),
        fields={key: value for key, value in values.items() if key not in COMMON_FIELDS},
        body=body,
    )


def _first_seen(title: str, heading: Callable[[], str]) -> str:
    """Return the title, else the heading, or `""` where there is nothing to see in either."""
    return title if is_seen(title) else found if is_seen(found := heading()) else ""


def _name_of(path: str) -> str:
    return one_line(path.rsplit("/", 1)[-1].removesuffix(".md"))
