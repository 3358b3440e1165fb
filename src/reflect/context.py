"""What the program is built from: places, clock, chance, and the vault to open. Built once, passed in."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reflect.paths import Places
from reflect.records.ulid import make_ulid


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


@dataclass(frozen=True)
class Context:
    """The machine as the program sees it."""

    places: Places
    environment: Mapping[str, str]
    now: Callable[[], dt.datetime] = _now
    randomness: Callable[[int], bytes] = os.urandom

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Context:
        """Return the context of a real run."""
        return cls(Places.from_environment(environment), environment)

    def new_id(self) -> str:
        """Return a new record id."""
        return make_ulid(int(self.now().timestamp() * 1000), self.randomness(10))

    def vault_root(self, given: str | None = None) -> Path:
        """Return where the vault is: as given, else REFLECT_VAULT, else settings, else the default."""
        named = given or self.environment.get("REFLECT_VAULT")
        if named:
            return Path(named).expanduser().absolute()
        chosen = self.places.settings
        if chosen.exists():
            from reflect.settings import read_settings

            vault = read_settings(chosen).vault
            if vault:
                return Path(vault).expanduser().absolute()
        return self.places.default_vault
