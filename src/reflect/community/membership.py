"""Which communities a person is in: `.reflect/communities/<name>.toml` in the vault, one file each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from reflect.errors import UsageError
from reflect.records.toml_text import quoted
from reflect.store.files import write_durably
from reflect.store.git import Identity

FOLDER = ".reflect/communities"
NAME = re.compile(r"[a-z0-9-]{1,40}")
# These words mean something else wherever a place is named.
RESERVED = ("vault",)


@dataclass(frozen=True)
class Membership:
    """One person in one community; `author` is the name they chose there, `address` that of their commits.

    `joined` is the day of the first join; a later one uses the same address.
    """

    name: str
    url: str
    author: str
    address: str
    joined: str

    @property
    def identity(self) -> Identity:
        """Who the person's commits there are by."""
        return Identity(self.author, self.address)

    @property
    def path(self) -> str:
        """The file in the vault."""
        return path_of(self.name)


def check_name(name: str) -> str:
    """Return the name of a community; raises UsageError for one that it cannot have."""
    if NAME.fullmatch(name) is None or name in RESERVED:
        raise UsageError(
            f"A community cannot be called “{name}” here.",
            "A name has 1 to 40 small letters, digits and dashes, such as rivertown; and it is not “vault”.",
        )
    return name


def name_from(url: str) -> str:
    """Return the name that an address suggests: its last part, cleaned; `""` where nothing is left."""
    last = re.split(r"[/:\\]", url.rstrip("/\\"))[-1].removesuffix(".git")
    return re.sub(r"[^a-z0-9]+", "-", last.lower()).strip("-")[:40].strip("-")


def path_of(name: str) -> str:
    """Return the path in the vault of the file about a community."""
    return f"{FOLDER}/{name}.toml"


def memberships(root: Path) -> list[Membership]:
    """Return the communities of a vault, by name; a file that cannot be used counts as none."""
    folder = root / FOLDER
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return [found for path in paths if (found := _read(path)) is not None]


def write_membership(root: Path, membership: Membership) -> str:
    """Write down a membership and return the path of the file."""
    keys = ("url", "author", "address", "joined")
    text = "".join(f"{key} = {quoted(getattr(membership, key))}\n" for key in keys)
    write_durably(root / membership.path, text.encode())
    return membership.path


def _read(path: Path) -> Membership | None:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    values = [raw.get(key) for key in ("url", "author", "address", "joined")]
    if NAME.fullmatch(path.stem) is None or not all(isinstance(each, str) and each for each in values):
        return None
    return Membership(path.stem, *map(str, values))
