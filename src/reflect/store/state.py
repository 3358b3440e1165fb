"""Small things remembered on this computer only: snoozed loops, prompts set aside, the last place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tinydb import Query, TinyDB
from tinydb.storages import Storage

from reflect.paths import private_folder
from reflect.store.files import write_durably


class DurableStorage(Storage):
    """TinyDB's storage with the file replaced as a whole, so that a kill leaves the old one."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return what was kept; a damaged file is put aside, and everything begins anew."""
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except ValueError:
            self._path.replace(self._path.with_suffix(".damaged"))
            return None
        return found if isinstance(found, dict) else None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file."""
        private_folder(self._path.parent)
        write_durably(self._path, json.dumps(data, ensure_ascii=False, indent=1).encode())


class LocalState:
    """Named values in a few groups, such as `snoozed` or `screen`."""

    def __init__(self, path: Path) -> None:
        self._database = TinyDB(str(path), storage=DurableStorage)

    def get(self, group: str, name: str, default: str = "") -> str:
        """Return one value."""
        found = self._database.table(group).get(Query().name == name)
        return str(found["value"]) if isinstance(found, dict) else default

    def put(self, group: str, name: str, value: str) -> None:
        """Keep one value; `""` removes it."""
        table = self._database.table(group)
        if value:
            table.upsert({"name": name, "value": value}, Query().name == name)
        else:
            table.remove(Query().name == name)

    def group(self, group: str) -> dict[str, str]:
        """Return all values of a group."""
        return {str(each["name"]): str(each["value"]) for each in self._database.table(group).all()}

    def forget(self, words: Iterable[str]) -> None:
        """Remove all values in whose name one of these words stands."""
        sought = [word for word in words if word]
        for name in self._database.tables():
            table = self._database.table(name)
            if any(word in str(each["name"]) for each in table.all() for word in sought):
                table.remove(Query().name.test(lambda value: any(word in str(value) for word in sought)))
