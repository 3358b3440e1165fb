"""Where what strangers send lies until it was looked at: a repository of its own, beside the one it is for.

It is a whole small repository rather than a folder of objects, so that git reads none of the settings of the
repository it is for (a password helper, another address) while it speaks to a stranger, and changes nothing there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from reflect.paths import private_folder
from reflect.store.files import sync_path
from reflect.store.git import Git
from reflect.store.lock import FolderLock, claim

# Beside the objects, so that moving them in is renaming.
FOLDER = "reflect-incoming"
UNUSED = "ref: refs/heads/unused\n"
CONFIG = "[core]\n\trepositoryformatversion = {}\n\tbare = true\n{}"
EXTENSION = "[extensions]\n\tobjectformat = sha256\n"
# A pack without its index is not seen; so the index comes last.
ORDER = (".pack", ".rev", ".idx")


class Quarantine:
    """A repository that has all objects of another one, and takes what comes; use it as a context.

    `git` reads both. `known` are commits that the other repository has whole: their history is not fetched again.
    """

    def __init__(self, git: Git, known: Iterable[str] = ()) -> None:
        self._objects = _objects_of(git)
        parent = private_folder(self._objects.parent / FOLDER)
        tips = sorted({tip for tip in known if tip})
        with FolderLock(parent).held():
            _sweep(parent)
            self.path = parent / os.urandom(6).hex()
            make_bare(self.path, is_long=_has_long_names(git, tips))
            self._lean_on(self._objects, tips)
            # Held as long as it is in use: one that nobody holds was left by a process that is gone.
            self._handle = claim(self.path)
        self.git = Git(self.path, None)

    @property
    def incoming(self) -> Path:
        """The folder of the objects that came."""
        return self.path / "objects"

    def __enter__(self) -> Quarantine:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Yield the type of each object that came, and its size in bytes, without reading it."""
        names = ["".join(path.parts[-2:]) for path in self.incoming.glob("[0-9a-f][0-9a-f]/*")]
        for index in (self.incoming / "pack").glob("*.idx"):
            names += [
                line.split()[1] for line in self.git.run("show-index", input=index.read_bytes()).decode().splitlines()
            ]
        if names:
            asked = "".join(f"{name}\n" for name in names).encode()
            output = self.git.run("cat-file", "--batch-check=%(objecttype) %(objectsize)", "--buffer", input=asked)
            for line in output.decode().splitlines():
                kind, _, size = line.partition(" ")
                yield kind, int(size)

    def move_in(self) -> None:
        """Give all that came to the repository it is for, so that it survives a power cut. Raises OSError."""
        packs = sorted((self.incoming / "pack").iterdir(), key=lambda path: path.suffix == ".idx")
        moving = [(path, self._objects / "pack" / path.name) for path in packs if path.suffix in ORDER]
        for folder in self.incoming.iterdir():
            if len(folder.name) == 2:
                moving += [(path, self._objects / folder.name / path.name) for path in folder.iterdir()]
        for path, _ in moving:
            # git syncs what it cannot make again, which leaves out the index of a pack.
            sync_path(path)
        for path, target in moving:
            target.parent.mkdir(mode=0o700, exist_ok=True)
            # An object that is there already is the same one.
            path.replace(target)
        for folder in {target.parent for _, target in moving}:
            sync_path(folder)

    def remove(self) -> None:
        """Remove it with all that is still in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _lean_on(self, objects: Path, tips: list[str]) -> None:
        """Let git find the objects of the other repository here, and know its tips."""
        quoted = os.fsencode(objects).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
        (self.path / "objects" / "info" / "alternates").write_bytes(b'"%s"\n' % quoted)
        names = "".join(f"{tip} refs/known/{number}\n" for number, tip in enumerate(tips))
        (self.path / "packed-refs").write_text(names)
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(objects.parent / "shallow", self.path / "shallow")


def make_bare(path: Path, *, is_long: bool = False) -> None:
    """Make the few files that an empty repository is (gitrepository-layout(5)); asking git would take 4 ms.

    `is_long`: its objects have names of 64 digits.
    """
    (path / "objects" / "info").mkdir(mode=0o700, parents=True)
    (path / "objects" / "pack").mkdir()
    (path / "refs").mkdir()
    (path / "HEAD").write_text(UNUSED)
    (path / "config").write_text(CONFIG.format(1, EXTENSION) if is_long else CONFIG.format(0, ""))


def sweep(git_dir: Path) -> int:
    """Remove what transfers that were killed have left in a repository; returns how many."""
    parent = git_dir / FOLDER
    if not parent.is_dir():
        return 0
    with FolderLock(parent).held():
        return _sweep(parent)


def _sweep(parent: Path) -> int:
    """Remove what processes that are gone have left."""
    number = 0
    for left in parent.iterdir():
        with contextlib.suppress(OSError):
            handle = claim(left)
            if handle is not None:
                shutil.rmtree(left, ignore_errors=True)
                os.close(handle)
                number += 1
    return number


def _objects_of(git: Git) -> Path:
    plain = git.git_dir / "objects"
    if plain.is_dir():
        return plain.absolute()
    # A linked work tree keeps them elsewhere.
    return Path(os.fsdecode(git.run("rev-parse", "--path-format=absolute", "--git-path", "objects")).rstrip("\n"))


def _has_long_names(git: Git, tips: list[str]) -> bool:
    if tips:
        return len(tips[0]) == 64
    return b"sha256" in git.run("rev-parse", "--show-object-format")
