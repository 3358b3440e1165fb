"""Sample records as their TOML files tell them: days ago in place of dates, `@key` in place of ids and names.

`@-7d` is the day a week ago, wherever it stands.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reflect.records.compose import Content, compose
from reflect.records.document import Document
from reflect.records.kinds import Kind
from reflect.records.moments import written
from reflect.records.paths import agenda_path, record_path
from reflect.records.ulid import make_ulid
from reflect.records.values import parse_value
from reflect.records.yaml_block import Value
from reflect.store.kind_files import Kinds

MENTION = re.compile(r"@([a-z0-9-]+)")
RELATIVE_DAY = re.compile(r"@([+-]\d+)d")


@dataclass(frozen=True)
class Written:
    """A sample record as it stands in a file, and when it was put there."""

    id: str
    kind: str
    path: str
    text: str
    moment: dt.datetime

    def message(self, verb: str) -> str:
        """What history says of it, which holds no text of the record."""
        return f"{verb} {self.kind} {self.id[-8:].lower()}"


class Sample:
    """A set of sample records that may name each other, and those in `known`; new ids come from `chance`."""

    def __init__(
        self,
        now: dt.datetime,
        chance: random.Random,
        kinds: Kinds,
        records: Sequence[dict[str, Any]],
        known: Mapping[str, str] | None = None,
    ) -> None:
        self.now = now
        self.records = records
        self.kinds = kinds
        self._chance = chance
        self.ids = {**(known or {}), **{each["key"]: self.new_id(self.moment(each)) for each in records}}
        self.by_key = {each["key"]: each for each in records}
        self._folders: dict[str, str] = {}

    def moment(self, record: Mapping[str, Any]) -> dt.datetime:
        """Return when a record was written."""
        hour, minute = (int(part) for part in record.get("time", "21:00").split(":"))
        moment = (self.now - dt.timedelta(days=record["days_ago"])).replace(
            hour=hour, minute=minute, second=0, microsecond=0
        )
        return min(moment, self.now)

    def new_id(self, moment: dt.datetime) -> str:
        """Return a new id of that time."""
        return make_ulid(int(moment.timestamp() * 1000), self._chance.randbytes(10))

    def written(self, record: Mapping[str, Any], author: str = "", is_dated_by_day: bool = False) -> Written:
        """Return a record as its file has it; an agenda has to come before what belongs to it."""
        kind = self.kinds.get(record["kind"])
        moment = self.moment(record)
        content = Content(
            title=record.get("title", ""),
            body=self.mentions(record.get("body", "")),
            agenda=self.ids.get(record.get("agenda", ""), ""),
            lenses=tuple(record.get("lenses", ())),
            tags=tuple(record.get("tags", ())),
            links=tuple(self.ids[each] for each in record.get("links", ())),
            fields={name: self._value(kind, name, value) for name, value in record.get("fields", {}).items()},
            sections={title: self.mentions(text) for title, text in record.get("sections", {}).items()},
        )
        record_id, created = self.ids[record["key"]], written(moment)
        text = compose(kind, record_id, created[:10] if is_dated_by_day else created, content, author=author)
        for name, value in record.get("beside", {}).items():
            # What the program writes beside the fields of a kind.
            text = Document.parse(text).with_value(name, self.mentions(value)).text
        path = self._path(kind, record, content, record_id, created[:10])
        return Written(record_id, kind.name, path, text, moment)

    def mentions(self, text: str) -> str:
        """Return a text with the ids of the records and the days that it mentions."""
        return MENTION.sub(lambda match: self.ids.get(match[1], match[0]), self.with_days(text)).strip("\n")

    def with_days(self, text: str) -> str:
        """Return a text with dates where it says how many days ago."""
        return RELATIVE_DAY.sub(lambda match: (self.now.date() + dt.timedelta(int(match[1]))).isoformat(), text)

    def _path(self, kind: Kind, record: Mapping[str, Any], content: Content, record_id: str, day: str) -> str:
        title = content.title or next(iter([content.body, *content.sections.values()]))
        if kind.name == "agenda":
            path = agenda_path(title, record_id, set())
            self._folders[record["key"]] = path.removesuffix("/agenda.md")
            return path
        return record_path(kind, day, title, record_id, self._folders.get(record.get("agenda", ""), ""))

    def _value(self, kind: Kind, name: str, value: Any) -> Value:
        if isinstance(value, list):
            return [self._text(kind, name, each) for each in value]
        field = kind.field(name)
        text = self._text(kind, name, value)
        if field is None or field.type != "series":
            return text
        return parse_value(field, [text]) or ""

    def _text(self, kind: Kind, name: str, value: Any) -> str:
        text = str(value)
        field = kind.field(name)
        if field is not None and field.type in ("person", "people"):
            return MENTION.sub(lambda match: str(self.by_key[match[1]]["title"]), text)
        return self.mentions(text)


def sample_records(folder: Path) -> list[dict[str, Any]]:
    """Return the records of all files in a folder."""
    records: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.toml")):
        records += tomllib.loads(path.read_text("utf-8")).get("record", [])
    return records
