"""A sample leader's year, to look around in: built from `data/demo` and a starter agenda."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reflect.context import Context
from reflect.errors import ReflectError
from reflect.paths import MARKER, Places
from reflect.records.compose import Content, compose
from reflect.records.kinds import Kind
from reflect.records.moments import written
from reflect.records.paths import agenda_path, record_path
from reflect.records.ulid import make_ulid
from reflect.records.yaml_block import Value
from reflect.store.files import write_durably
from reflect.store.kind_files import Kinds
from reflect.store.shipped import DATA
from reflect.vault.starters import copied_starter
from reflect.vault.vault import Vault, make_vault

SEED = 1123
LEADER = "Marisol Vega"
STARTER = "graduating-multilingual-learners"
STARTER_DAYS_AGO = 40
MENTION = re.compile(r"@([a-z0-9-]+)")
RELATIVE_DAY = re.compile(r"@([+-]\d+)d")


def open_demo(folder: Path, fresh: bool, context: Context) -> tuple[Context, Path]:
    """Return the context and the vault of the demo in a folder, made when it is not there, or `fresh`.

    The demo has a home of its own, as with REFLECT_HOME, so that nothing of it mixes with one's own.
    Raises ReflectError for a folder that holds something else.
    """
    home = folder.expanduser().absolute()
    places = Places.from_environment({"REFLECT_HOME": str(home)})
    root = places.default_vault
    if home.exists() and any(home.iterdir()) and not (root / MARKER).exists():
        raise ReflectError(f"{home} holds something that is not a demo.", "Choose a new folder: reflect demo DIR")
    if fresh and (root / MARKER).exists():
        shutil.rmtree(home)
    demo_context = dataclasses.replace(context, places=places)
    if not (root / MARKER).exists():
        _Builder(demo_context, root).build()
    return demo_context, root


class _Builder:
    """Writes the sample records, each into history at the time it tells of."""

    def __init__(self, context: Context, root: Path) -> None:
        self._now = context.now()
        self._random = random.Random(SEED)
        self._root = root
        self._kinds = Kinds()
        self._records = _sample_records()
        self._ids = {each["key"]: self._new_id(self._moment(each)) for each in self._records}
        self._by_key = {each["key"]: each for each in self._records}
        self._folders: dict[str, str] = {}

    def build(self) -> None:
        oldest = max(each["days_ago"] for each in self._records)
        begun = self._now - dt.timedelta(days=oldest + 1)
        vault = make_vault(self._root, LEADER, "en", begun, self._random.randbytes(18))
        for record in sorted(self._records, key=self._moment):
            self._write(vault, record)
        self._add_starter(vault)

    def _write(self, vault: Vault, record: dict[str, Any]) -> None:
        kind = self._kinds.get(record["kind"])
        moment = self._moment(record)
        content = Content(
            title=record.get("title", ""),
            body=self._mentions(record.get("body", "")),
            agenda=self._ids.get(record.get("agenda", ""), ""),
            lenses=tuple(record.get("lenses", ())),
            tags=tuple(record.get("tags", ())),
            fields={name: self._value(kind, name, value) for name, value in record.get("fields", {}).items()},
            sections={title: self._mentions(text) for title, text in record.get("sections", {}).items()},
        )
        record_id = self._ids[record["key"]]
        text = compose(kind, record_id, written(moment), content)
        path = self._path(kind, record, content, record_id, moment)
        write_durably(vault.root / path, text.encode())
        vault.commit([path], f"Write {kind.name} {record_id[-8:].lower()}", moment)

    def _path(
        self, kind: Kind, record: Mapping[str, Any], content: Content, record_id: str, moment: dt.datetime
    ) -> str:
        day = written(moment)[:10]
        title = content.title or next(iter([content.body, *content.sections.values()]))
        if kind.name == "agenda":
            path = agenda_path(title, record_id, set())
            self._folders[record["key"]] = path.removesuffix("/agenda.md")
            return path
        return record_path(kind, day, title, record_id, self._folders.get(record.get("agenda", ""), ""))

    def _add_starter(self, vault: Vault) -> None:
        moment = self._now - dt.timedelta(days=STARTER_DAYS_AGO)
        created = written(moment)[:10]
        paths = []
        for path, text in copied_starter(STARTER, created, lambda: self._new_id(moment)):
            write_durably(vault.root / path, text.encode())
            paths.append(path)
        vault.commit(paths, f"Begin from the starter agenda {STARTER}", moment)

    def _value(self, kind: Kind, name: str, value: Any) -> Value:
        if isinstance(value, list):
            return [self._text(kind, name, each) for each in value]
        return self._text(kind, name, value)

    def _text(self, kind: Kind, name: str, value: Any) -> str:
        text = str(value)
        relative = RELATIVE_DAY.fullmatch(text)
        if relative:
            return (self._now.date() + dt.timedelta(days=int(relative[1]))).isoformat()
        field = kind.field(name)
        if field is not None and field.type in ("person", "people"):
            return MENTION.sub(lambda match: str(self._by_key[match[1]]["title"]), text)
        return self._mentions(text)

    def _mentions(self, text: str) -> str:
        return MENTION.sub(lambda match: self._ids.get(match[1], match[0]), text).strip("\n")

    def _moment(self, record: Mapping[str, Any]) -> dt.datetime:
        hour, minute = (int(part) for part in record.get("time", "21:00").split(":"))
        moment = (self._now - dt.timedelta(days=record["days_ago"])).replace(
            hour=hour, minute=minute, second=0, microsecond=0
        )
        return min(moment, self._now)

    def _new_id(self, moment: dt.datetime) -> str:
        return make_ulid(int(moment.timestamp() * 1000), self._random.randbytes(10))


def _sample_records() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    for path in sorted((DATA / "demo").glob("*.toml")):
        records += tomllib.loads(path.read_text("utf-8"))["record"]
    return records
