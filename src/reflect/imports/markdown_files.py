"""A Markdown file as a record: one of ours byte for byte, any other with what a record needs added on top."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reflect.errors import Unreadable
from reflect.imports.entry import created_text, wall_clock
from reflect.imports.incoming import Ids, Incoming
from reflect.imports.report import Noted, Skipped
from reflect.imports.sources import decoded
from reflect.imports.stamps import Moment, parse_stamp
from reflect.records import markdown
from reflect.records.document import MAX_RECORD, Document
from reflect.records.kinds import Kind
from reflect.records.moments import day_in_name, day_of, is_moment
from reflect.records.paths import agenda_path, record_path
from reflect.records.record import AGENDA_FOLDER, encoded, kind_of_folder
from reflect.records.textforms import cut_at_word, one_line
from reflect.records.ulid import is_ulid
from reflect.records.yaml_block import Value, format_entry

FORMAT = "markdown"
DEFAULT_KIND = "reflection"
DATE_KEYS = ("created", "date", "created_at")
# The first heading is the title only where it stands at the top; so much is looked at for it.
TOP = 1000
LONGEST_TITLE = 300


@dataclass(frozen=True)
class Note:
    """A Markdown file as it was found; `path` is relative to what is imported, `added` asks git and the disk."""

    path: str
    data: bytes
    added: Callable[[], Moment]


@dataclass(frozen=True)
class Shelves:
    """Where records of this journal belong: its kinds, the folder of each, and the agenda folders that exist."""

    folders: Mapping[str, str]
    find_kind: Callable[[str], Kind | None]
    agendas: set[str]
    # The folder that is imported is itself a journal of ours.
    from_vault: bool = False


def read_note(note: Note, shelves: Shelves, ids: Ids) -> Iterator[Incoming | Skipped]:
    """Yield the record that a file becomes, and what a person should know of it."""
    ours = _kept(note, shelves)
    if ours is not None:
        yield ours
        return
    if shelves.from_vault:
        yield Skipped(note.path, "no record, but a file beside them")
        return
    text, remarks = decoded(note.data, note.path)
    yield from remarks
    try:
        yield _completed(note, Document.parse(text), text, shelves, ids)
    except Unreadable as error:
        yield _completed(note, Document("", "", "", text), text, shelves, ids)
        yield Noted(f"{note.path}:{error.line}", f"{error.why}; the whole file came in as text")


def _kept(note: Note, shelves: Shelves) -> Incoming | None:
    """Return a file that is a record of ours as it is, None where it is none.

    Of a journal of ours every record comes in so, also one without an id and one that is unreadable.
    """
    in_kind_folder = bool(kind_of_folder(note.path, shelves.folders)) or note.path.startswith(f"{AGENDA_FOLDER}/")
    try:
        text = note.data.decode("utf-8")
        values = Document.parse(text).values
    except (UnicodeDecodeError, Unreadable):
        text, values = "", {}
    record_id, named = _text(values, "id"), _text(values, "kind")
    kind = _kind_called(named, shelves)
    if not is_ulid(record_id) or not (kind or (shelves.from_vault and named)):
        if shelves.from_vault and (in_kind_folder or named):
            return Incoming("", note.path, one_line(note.path), note.data, f"{note.path}:1", is_kept=True)
        return None
    title = one_line(_text(values, "title")) or _stem(note.path)
    path = note.path
    if kind and not in_kind_folder:
        day = day_of(_text(values, "created")) or day_in_name(path) or created_text(note.added())[:10]
        path = _new_path(kind, day, title, record_id, shelves)
    return Incoming(record_id, path, title, note.data, f"{note.path}:1", is_kept=True)


def _completed(note: Note, document: Document, text: str, shelves: Shelves, ids: Ids) -> Incoming:
    """Return a file under the front matter that it has, with what is missing added; raises Unreadable."""
    values = document.values
    when = _date_told(note, values) or note.added()
    name = note.path.rpartition("/")[2]
    # By name and text and not by folder: the same notes may be imported from a folder above.
    record_id = ids.make(wall_clock(when), FORMAT, name, text)
    kind = _kind_of(note, values, shelves)
    title = one_line(_text(values, "title")) or cut_at_word(_title(document.body, note.path), LONGEST_TITLE)
    wanted = {"id": record_id, "kind": kind.name, "title": title}
    if not is_moment(_text(values, "created")):
        wanted["created"] = created_text(when)
    if _text(values, "title"):
        del wanted["title"]
    whole = _with_values(document, wanted)
    created = wanted.get("created") or _text(values, "created")
    path = _new_path(kind, created[:10], title, record_id, shelves)
    data = encoded(whole.text)
    if len(data) > MAX_RECORD:
        raise Unreadable(1, f"larger than {MAX_RECORD // 1024 // 1024} MiB")
    return Incoming(record_id, path, title, data, f"{note.path}:1")


def _with_values(document: Document, wanted: dict[str, str]) -> Document:
    """Return the document with these values; one that is replaced stays, as `imported_…`."""
    values = document.values
    replaced = {key: values[key] for key in wanted if values.get(key) not in (None, "", wanted[key])}
    added: dict[str, Value] = {key: value for key, value in wanted.items() if key not in values}
    added |= {_free_name(key, values): value for key, value in replaced.items()}
    newline = document.newline
    fence = "---" + newline
    gap = newline if document.block and not document.block.endswith("\n") else ""
    lines = "".join(format_entry(key, value, newline) for key, value in added.items())
    opened = Document(document.opening or fence, document.block + gap + lines, document.closing or fence, document.body)
    if opened.values != {**values, **added}:
        raise Unreadable(1, "the front matter is written in a way that cannot be added to safely")
    for key in wanted:
        if key not in added:
            opened = opened.with_value(key, wanted[key])
    return opened


def _free_name(key: str, values: Mapping[str, Value]) -> str:
    name = f"imported_{key}"
    while name in values:
        name += "_"
    return name


def _date_told(note: Note, values: Mapping[str, Value]) -> Moment | None:
    """Return the date that the front matter tells, else that at the start of the file's name."""
    for key in DATE_KEYS:
        text = _text(values, key).strip()
        if is_moment(text):
            return dt.datetime.fromisoformat(text) if len(text) > 10 else dt.date.fromisoformat(text)
        if found := parse_stamp(text):
            return found
    day = day_in_name(note.path)
    return dt.date.fromisoformat(day) if day else None


def _kind_of(note: Note, values: Mapping[str, Value], shelves: Shelves) -> Kind:
    named = _kind_called(_text(values, "kind"), shelves)
    kind = named or _kind_called(kind_of_folder(note.path, shelves.folders), shelves) or shelves.find_kind(DEFAULT_KIND)
    if kind is None:
        raise ValueError(f"the kind {DEFAULT_KIND} ships with the program")
    return kind


def _kind_called(name: str, shelves: Shelves) -> Kind | None:
    """Return the kind of exactly this name; a label is no name in a file."""
    kind = shelves.find_kind(name) if name in shelves.folders.values() else None
    return kind if kind is not None and kind.name == name else None


def _new_path(kind: Kind, day: str, title: str, record_id: str, shelves: Shelves) -> str:
    if kind.name != "agenda":
        return record_path(kind, day, title, record_id)
    path = agenda_path(title, record_id, shelves.agendas)
    shelves.agendas.add(path.split("/")[1])
    return path


def _title(body: str, path: str) -> str:
    """Return the heading at the top of a note, else the name of its file."""
    top = body.removeprefix("\ufeff")[:TOP].lstrip()
    tokens = markdown.tokens(top) if top.startswith("#") or "\n=" in top or "\n-" in top else []
    if tokens and tokens[0].type == "heading_open" and (heading := one_line(tokens[1].content)):
        return heading
    return _stem(path)


def _stem(path: str) -> str:
    """Return the name of a file without its ending, and without the date before it where more follows."""
    stem = one_line(path.rpartition("/")[2].rpartition(".")[0])
    rest = stem[10:].strip(" -_") if day_in_name(stem) else ""
    return rest or stem


def _text(values: Mapping[str, Value], key: str) -> str:
    found = values.get(key, "")
    return found if isinstance(found, str) else ""
