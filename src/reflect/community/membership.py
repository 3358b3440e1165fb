"""Which communities a person is in: `.reflect/communities/<name>.toml` in the vault, one file each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from reflect.errors import UsageError
from reflect.records.textforms import cut_at_word, one_line
from reflect.records.toml_text import quoted
from reflect.store.files import write_durably
from reflect.store.git import Identity

FOLDER = ".reflect/communities"
NAME = re.compile(r"[a-z0-9-]{1,40}")
# These words mean something else wherever a place is named.
RESERVED = ("vault",)
MAX_AUTHOR = 80
NEEDED = ("url", "author", "address", "joined")


@dataclass(frozen=True)
class Membership:
    """One person in one community; `author` is the name they chose there, `address` that of their commits.

    `joined` is the day of the first join; a later one uses the same address, so that of a community that was
    left stays written down, with the day in `left`.
    """

    name: str
    url: str
    author: str
    address: str
    joined: str
    left: str = ""

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


def check_author(author: str) -> str:
    """Return the name that a person chose, on one line; raises UsageError for one that cannot stand in history."""
    name = one_line(author)
    if not name or len(name) > MAX_AUTHOR or set(name) & set('<>"') or "\ufffd" in name:
        raise UsageError(
            f"“{cut_at_word(name, 40)}” cannot be your name there.",
            f"Give one of 1 to {MAX_AUTHOR} characters, without < > and quotes: --as NAME",
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
    """Return the communities that a person is in, by name; a file that cannot be used counts as none."""
    return [each for each in all_memberships(root) if not each.left]


def all_memberships(root: Path) -> list[Membership]:
    """Return the communities that a person is or was in, by name."""
    folder = root / FOLDER
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return [found for path in paths if (found := _read(path)) is not None]


def write_membership(root: Path, membership: Membership) -> str:
    """Write down a membership and return the path of the file; raises SaveFailed."""
    keys = [*NEEDED, *(["left"] if membership.left else [])]
    text = "".join(f"{key} = {quoted(getattr(membership, key))}\n" for key in keys)
    write_durably(root / membership.path, text.encode())
    return membership.path


def _read(path: Path) -> Membership | None:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    values = [raw.get(key) for key in NEEDED]
    if NAME.fullmatch(path.stem) is None or not all(isinstance(each, str) and each for each in values):
        return None
    left = raw.get("left", "")
    url, author, address, joined = map(str, values)
    return Membership(path.stem, url, author, address, joined, left if isinstance(left, str) else "")
