"""Every place on disk that the program uses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

MARKER = ".reflect/vault.toml"
RESTS = ".reflect/rests"


@dataclass(frozen=True)
class Places:
    """The folders of this person on this machine."""

    config: Path
    data: Path
    state: Path
    cache: Path
    default_vault: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Places:
        """Return the folders; `REFLECT_HOME` puts all of them under one."""
        home = environment.get("REFLECT_HOME")
        if home:
            root = Path(home).expanduser().absolute()
            return cls(root / "config", root / "data", root / "state", root / "cache", root / "vault")
        # 10 ms that a command with REFLECT_HOME does not need.
        from platformdirs import PlatformDirs

        dirs = PlatformDirs("reflect", appauthor=False)
        return cls(
            dirs.user_config_path,
            dirs.user_data_path,
            dirs.user_state_path,
            dirs.user_cache_path,
            Path.home() / "reflect",
        )

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "config.toml"

    @property
    def known_hosts(self) -> Path:
        """The computers that were met by ssh, beside those that the person's own ssh knows."""
        return self.config / "known_hosts"

    def of_vault(self, vault_id: str, root: Path) -> VaultPlaces:
        """Return the folders that belong to one vault at one path, and to no other."""
        part = f"{vault_id[-8:].lower()}-{crc32(os.fsencode(root.resolve())):08x}"
        return VaultPlaces(self.state / part, self.cache / part, self.data / part, self.config / part)


@dataclass(frozen=True)
class VaultPlaces:
    """The folders outside a vault that belong to it."""

    state: Path
    cache: Path
    data: Path
    config: Path

    @property
    def keys(self) -> Path:
        """The ssh keys that were made for its shared places."""
        return self.config / "keys"

    @property
    def remotes(self) -> Path:
        """Where copies of the vault are, for other devices and as a backup."""
        return self.config / "remotes.toml"

    @property
    def drafts(self) -> Path:
        """One file a draft."""
        return self.state / "drafts"

    @property
    def local_state(self) -> Path:
        """What was seen and set aside, on this machine only."""
        return self.state / "state.json"

    @property
    def erasing(self) -> Path:
        """What has to be done for an erasure that has begun."""
        return self.state / "erasing.json"

    @property
    def following(self) -> Path:
        """Which files have to follow a new state of the vault, once that has begun."""
        return self.state / "following.json"

    @property
    def communities(self) -> Path:
        """One bare repository a community."""
        return self.data / "communities"

    @property
    def read_marks(self) -> Path:
        """One file a community: what was read of it on this machine."""
        return self.state / "read"

    @property
    def catalog(self) -> Path:
        """The search index; may be deleted at any time."""
        return self.cache / "catalog.sqlite"


def private_folder(path: Path) -> Path:
    """Make a folder, with its parents, that only this person can open, and return it."""
    if not path.is_dir():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    return path
