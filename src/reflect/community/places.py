"""Places on disk and their addresses: made, told apart, put away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from reflect.community.repository import REMOTE, Repository
from reflect.errors import ReflectError, SaveFailed
from reflect.records.addresses import Address, parse_address
from reflect.store.files import sync_path
from reflect.store.git import Git, run_git

# What a place refuses by itself: damaged objects, a history that is replaced, a branch that is removed, and
# more than a community ever sends at once (bytes).
RULES = {
    "receive.fsckObjects": "true",
    "receive.denyNonFastForwards": "true",
    "receive.denyDeletes": "true",
    "receive.maxInputSize": "268435456",
    "core.fsync": "committed",
}


def make_place(path: Path, rules: Mapping[str, str] = RULES) -> bool:
    """Make a place of a path where nothing is, or an empty folder; says whether it did. Raises SaveFailed."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        if not (path / "HEAD").is_file() and not (path / ".git").exists():
            raise ReflectError(
                f"{path} holds something else, so it cannot become a shared place.",
                f"Give a path that does not exist yet, such as {path}.git",
            )
        return False
    unfinished = path.with_name(f".reflect-{os.urandom(4).hex()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        run_git("init", "-q", "--bare", "--template=", "--initial-branch=main", "--", str(unfinished))
        git = Git(unfinished, None)
        for key, value in rules.items():
            git.run("config", key, value)
        if path.exists():
            path.rmdir()
        unfinished.rename(path)
        sync_path(path.parent)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise SaveFailed(f"{path} cannot be made: {error.strerror}.", "Choose another folder.") from None
    return True


def take_away_place(path: Path) -> None:
    """Remove a place that was just made, unless something has come into it meanwhile."""
    if not Git(path, None).run("for-each-ref", "--count=1"):
        shutil.rmtree(path, ignore_errors=True)


def put_away(repository: Repository) -> None:
    """Make room where a repository of no community stands; one with work that was never sent is kept beside."""
    path = repository.path
    if not path.exists():
        return
    if repository.exists and repository.tip(REMOTE) != repository.tip():
        path.rename(
            path.with_name(free_name(f"left-{path.stem}", {each.stem for each in path.parent.iterdir()}) + ".git")
        )
    else:
        repository.remove()


def journal_addresses(git: Git) -> list[str]:
    """Return where a journal's own repository is sent to, or fetched from, by whatever program."""
    code, output = git.call("config", "-z", "--get-regexp", r"^remote\..*\.(push)?url$", allowed=(0, 1))
    return [each.partition("\n")[2] for each in output.decode("utf-8", "replace").split("\0") if each and not code]


def is_same_place(text: str, address: Address) -> bool:
    """Say whether a written address leads to the same place, also by another way or in another spelling."""
    try:
        other = parse_address(text, is_typed=True, here="/", allows_http=True)
    except ReflectError:
        return text == address.url
    if other.kind == address.kind and other.port != address.port:
        return False
    return _key(other) == _key(address)


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return the name with the first number that makes it one that is not taken."""
    numbers = iter(range(2, 10_000))
    return next(found for number in numbers if (found := f"{name[:34]}-{number}") not in taken)


def _key(address: Address) -> tuple[str, str]:
    if address.is_local:
        # git finds a folder without the ending, too.
        return "", os.path.realpath(address.file_path).removesuffix(".git")
    # Hosts take both forms, and people write names of teams in capitals or not.
    return address.host.lower(), address.path.strip("/").removesuffix(".git").lower()
