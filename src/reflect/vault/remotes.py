"""The vault's own remotes: copies of the journal for other devices and as a backup, one person's on this computer.

They are kept in the config folder and not in the vault, because each device reaches a copy by its own way. No
sign-in is ever in them. One that still holds what was erased here is marked until it was replaced.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import NotFound, ReflectError
from reflect.paths import private_folder
from reflect.records.toml_text import quoted
from reflect.store.files import write_durably

if TYPE_CHECKING:
    from reflect.store.state import LocalState

# What a remote had when it was last met, kept below this by the remote's name.
REFS = "refs/reflect/remotes/"
# A group of what is remembered on this computer: for each remote to be replaced, what it had before.
REPLACE = "to be replaced"


@dataclass(frozen=True)
class Remote:
    """One copy of the journal elsewhere."""

    name: str
    url: str

    @property
    def ref(self) -> str:
        """What names the state that it had when it was last met."""
        return f"{REFS}{self.name}"


class Remotes:
    """The remotes of one vault on this computer; `state` opens what is remembered here."""

    def __init__(self, path: Path, state: Callable[[], LocalState]) -> None:
        self._path = path
        self._state = state

    def all(self) -> list[Remote]:
        """Return the remotes, by name; raises ReflectError for a file that cannot be read."""
        try:
            raw = tomllib.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return []
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ReflectError(f"{self._path} cannot be read: {error}.", "Mend that file, or move it away.") from None
        found = [(name, said.get("url")) for name, said in raw.items() if isinstance(said, dict)]
        return [Remote(name, url) for name, url in sorted(found) if isinstance(url, str)]

    def get(self, name: str) -> Remote:
        """Return a remote by its name; raises NotFound with those that there are."""
        known = {each.name: each for each in self.all()}
        if name not in known:
            hint = f"There is: {', '.join(known)}." if known else "To add one: reflect config remote add ADDRESS"
            raise NotFound(f"There is no copy of your journal called “{name}”.", hint)
        return known[name]

    def add(self, remote: Remote) -> None:
        """Keep a remote, in place of one of the same name."""
        self._write([*(each for each in self.all() if each.name != remote.name), remote])

    def remove(self, name: str) -> None:
        """Forget a remote, and that it was to be replaced; what it holds stays there."""
        remote = self.get(name)
        self._write([each for each in self.all() if each != remote])
        self.mark_replaced(name)

    def to_replace(self) -> dict[str, str]:
        """Return for each remote that holds what was erased here the state that it had when it was last met."""
        known = {each.name for each in self.all()}
        return {name: tip for name, tip in self._state().group(REPLACE).items() if name in known}

    def mark_to_replace(self, name: str, tip: str) -> None:
        """Remember that a remote holds what was erased here; a mark that stands already stays as it is."""
        if not self._state().get(REPLACE, name):
            self._state().put(REPLACE, name, tip)

    def mark_replaced(self, name: str) -> None:
        """Take the mark of a remote away."""
        self._state().put(REPLACE, name, "")

    def _write(self, remotes: list[Remote]) -> None:
        private_folder(self._path.parent)
        tables = [f"[{each.name}]\nurl = {quoted(each.url)}\n" for each in sorted(remotes, key=lambda each: each.name)]
        write_durably(self._path, "\n".join(tables).encode())
