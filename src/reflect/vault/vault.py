"""A vault: one person's folder of records, with its marker, its lock and its git repository."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from reflect.errors import ReflectError, SaveFailed
from reflect.paths import MARKER
from reflect.records.ulid import make_ulid
from reflect.store.files import write_durably
from reflect.store.git import Git, Identity, check_version, run_git
from reflect.store.lock import FolderLock
from reflect.vault.commits import commit_files
from reflect.vault.marker import Marker, made_up_address, marker_text, read_marker

# Files that are ours and never finished must not be taken up by `git add .`.
EXCLUDED = ".reflect-*.tmp"
COMMUNITY_MARK = "community.toml"


class Vault:
    """An open vault."""

    def __init__(self, root: Path, marker: Marker) -> None:
        self.root = root
        self.marker = marker
        self.lock = FolderLock(root / ".reflect")
        self.git = Git(root / ".git", root, Identity(marker.name, marker.address), self.lock)

    @classmethod
    def open(cls, root: Path) -> Vault:
        """Open the vault in a folder; raises NoVault, ReflectError."""
        root = root.expanduser().absolute()
        marker = read_marker(root)
        if not (root / ".git").exists():
            raise ReflectError(
                f"The journal in {root} has lost its history (there is no .git folder).",
                f"Your texts are there. To begin a new history, run: reflect init '{root}'",
            )
        return cls(root, marker)

    def commit(self, paths: Iterable[str], message: str, now: dt.datetime) -> bool:
        """Put the present state of these files into history; says whether that made a commit."""
        with self.lock.held():
            return bool(commit_files(self.git, self.root, paths, message, now))

    def tip(self) -> str:
        """Return the newest commit, `""` when there is none."""
        code, output = self.git.call("rev-parse", "-q", "--verify", "HEAD", allowed=(0, 1))
        return output.decode().strip() if code == 0 else ""


def make_vault(root: Path, name: str, lang: str, now: dt.datetime, randomness: bytes) -> Vault:
    """Make a vault of a folder and return it; one that is a vault already is returned as it is.

    A repository that exists is taken as it is. Raises ReflectError for a folder where none may be.
    """
    check_version()
    root = root.expanduser().absolute()
    refuse_unfit(root)
    if (root / MARKER).exists():
        marker = read_marker(root)
    else:
        marker = Marker(
            make_ulid(int(now.timestamp() * 1000), randomness[:10]),
            name.strip() or "me",
            made_up_address(randomness[10:18]),
            lang or "en",
        )
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SaveFailed(f"{root} cannot be made: {error.strerror}.", "Choose another folder.") from None
    if not (root / ".git").exists():
        run_git("init", "-q", "--template=", "--initial-branch=main", "--", str(root))
    if not (root / MARKER).exists():
        write_durably(root / MARKER, marker_text(marker).encode())
    _exclude_temporaries(root)
    vault = Vault(root, marker)
    vault.commit([MARKER], "Begin this journal", now)
    return vault


def refuse_unfit(root: Path) -> None:
    """Raise ReflectError for a folder where no vault may be."""
    if root.exists() and not root.is_dir():
        raise ReflectError(f"{root} is a file.", "Choose a folder, new or existing.")
    if (root / COMMUNITY_MARK).exists():
        raise ReflectError(
            f"{root} belongs to a community; a private journal must not stand in it.",
            "Choose another folder, outside of it.",
        )
    if (root / ".git").exists():
        return
    nearest = next((folder for folder in [root, *root.parents] if folder.is_dir()), None)
    outer = (
        next((folder for folder in [nearest, *nearest.parents] if (folder / ".git").exists()), None)
        if nearest
        else None
    )
    if outer is not None:
        raise ReflectError(
            f"{root} lies inside another git repository ({outer}), which could take your journal along.",
            "Choose a folder outside of it.",
        )


def _exclude_temporaries(root: Path) -> None:
    git_dir = root / ".git"
    if not git_dir.is_dir():
        return
    path = git_dir / "info" / "exclude"
    text = path.read_text("utf-8", "surrogateescape") if path.exists() else ""
    if EXCLUDED not in text.splitlines():
        gap = "\n" if text and not text.endswith("\n") else ""
        write_durably(path, f"{text}{gap}{EXCLUDED}\n".encode("utf-8", "surrogateescape"))
