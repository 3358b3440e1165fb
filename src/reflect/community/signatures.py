"""Signed commits: whether a record was written with a key that the community lists, and signing with one's own.

git is never let near a signing program: a commit's text is taken apart here, and ssh's own tool looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reflect.community.own_data import own_data
from reflect.community.repository import Repository
from reflect.errors import ReflectError
from reflect.records.community_file import ListedKey
from reflect.records.textforms import folded, one_line
from reflect.store import ssh
from reflect.store.commits import MAIN
from reflect.store.git import Git, Identity

HEADER = b"gpgsig "
SIGNED = "signed"
NOT_SIGNED = "not signed"
DOES_NOT_FIT = "signature does not fit"


@dataclass(frozen=True)
class Signature:
    """How the last change of a record is signed; `author` is who the community lists its key for."""

    state: str
    author: str = ""

    @property
    def words(self) -> str:
        """What a person reads."""
        return f"signed by {self.author}" if self.state == SIGNED else self.state


def signature_of(repository: Repository, path: str) -> Signature | None:
    """Return how the last change of a file is signed, None in a community that lists no keys. Raises GitFailed."""
    about = own_data(repository).about
    if not about.keys:
        return None
    found = repository.git.run("log", "-1", "--no-renames", "--format=%H", MAIN, "--", f":(literal){path}").decode()
    return _of_commit(repository.path, found.strip(), about.keys) if found.strip() else None


@lru_cache(maxsize=512)
def _of_commit(path: Path, commit: str, keys: tuple[ListedKey, ...]) -> Signature:
    """Return how a commit is signed, which can never change."""
    git = Git(path, None)
    text, signature = taken_apart(git.run("cat-file", "commit", commit))
    if not signature:
        return Signature(NOT_SIGNED)
    number = ssh.signer_of(text, signature, [key.ssh for key in keys])
    if number < 0:
        return Signature(DOES_NOT_FIT)
    name, _, address = git.run("log", "-1", "--format=%an%x1f%ae", commit).decode("utf-8", "replace").partition("\x1f")
    author = keys[number].author
    # A key speaks for the member that it is listed for, and for nobody else.
    is_own = folded(author) in (folded(one_line(name)), folded(address.strip()))
    return Signature(SIGNED, author) if is_own else Signature(DOES_NOT_FIT)


def taken_apart(commit: bytes) -> tuple[bytes, bytes]:
    """Return what was signed, the text of a commit without its signature, and the signature, `b""` for none."""
    head, gap, message = commit.partition(b"\n\n")
    kept: list[bytes] = []
    signature: list[bytes] = []
    is_inside = False
    for line in head.split(b"\n"):
        # A line that begins with a blank goes on with the one before (git-hash-object(1) calls it a header).
        is_inside = line.startswith(HEADER) or (is_inside and line.startswith(b" "))
        if is_inside:
            signature.append(line.removeprefix(HEADER) if line.startswith(HEADER) else line[1:])
        else:
            kept.append(line)
    return b"\n".join(kept) + gap + message, b"\n".join([*signature, b""]) if signature else b""


def with_signature(commit: bytes, signature: bytes) -> bytes:
    """Return the text of a commit with a signature in its place, after who committed it."""
    head, gap, message = commit.partition(b"\n\n")
    lines = signature.strip().split(b"\n")
    return head + b"\n" + HEADER + b"\n ".join(lines) + gap + message


def signed(path: Path, commit: bytes, keys: Iterable[Path]) -> bytes:
    """Return a commit's text with a signature by the first of these keys that the community lists, else as it is.

    A key that is not listed would only tell strangers in which other places its owner writes.
    """
    listed = {key.ssh for key in own_data(Repository(path, Identity("", ""))).about.keys}
    for key in keys if listed else ():
        if " ".join(ssh.public_half(key).split()[:2]) not in listed:
            continue
        try:
            return with_signature(commit, ssh.sign(key, commit))
        except ReflectError:
            # What was written counts more than its signature: others see that it is not signed.
            continue
    return commit
