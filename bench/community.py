"""Joining a community and reading what a pull brought, against what git and SQLite do by themselves."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

from bench.corpus import NEWEST, context_of
from bench.shared_corpus import add_records, make_place
from bench.timing import Figure, in_turns, took
from reflect.community.joining import Typed
from reflect.records.query import Filters
from reflect.store.commits import MAIN
from reflect.store.git import Git
from reflect.store.objects import changes_between, files_at, read_blobs
from reflect.vault.vault import make_vault
from reflect.workspace import Workspace

NAME = "bench"
CAME = 10
PULLS = 5
LISTED = 50


def community_figures(folder: Path, size: int) -> Iterator[Figure]:
    """Yield the rows of joining a community of this size, and of the first listing after a pull of ten into it."""
    (folder / "places").mkdir(parents=True, exist_ok=True)
    place = make_place(folder / "places" / f"{size}.git", size)
    yield from _joining(folder, place, size)
    yield _after_a_pull(folder, place, size)


def newcomer(home: Path, name: str = "Ana") -> Workspace:
    """Return the desk of someone who has just begun, under an empty folder."""
    shutil.rmtree(home, ignore_errors=True)
    context = context_of(home)
    make_vault(context.places.default_vault, name, "en", NEWEST, bytes(range(18)))
    workspace = Workspace.open(context, context.places.default_vault)
    workspace.refresh()
    return workspace


def join(workspace: Workspace, place: Path, name: str = NAME) -> None:
    """Let someone join what a folder holds."""
    workspace.belonging.joining.join(Typed(str(place), "/", "/"), name, "Ana")


def _joining(folder: Path, place: Path, size: int) -> Iterator[Figure]:
    rounds = 3 if size < 50_000 else 1
    joined: list[float] = []
    read: list[float] = []
    clone, raw = folder / "clone.git", folder / "raw.sqlite"

    def ours() -> None:
        workspace = newcomer(folder / "newcomer")
        began = time.perf_counter()
        join(workspace, place)
        joined.append(time.perf_counter() - began)
        workspace.refresh()
        workspace.rows(Filters(places=(NAME,)), limit=LISTED)
        read.append(time.perf_counter() - began)

    def plain() -> None:
        shutil.rmtree(clone, ignore_errors=True)
        began = time.perf_counter()
        run_plain("clone", "-q", "--bare", place.as_uri(), str(clone))
        joined.append(time.perf_counter() - began)
        _raw_index(clone, raw)
        read.append(time.perf_counter() - began)

    in_turns(ours, plain, rounds)
    for work, times, limit, note in (
        ("join a community", joined, 3.0, "git clone --bare"),
        ("join, until it is listed", read, 2.5, "the same, git cat-file and raw FTS5 build"),
    ):
        yield Figure(work, size, median(times[::2]), median(times[1::2]), limit, note=note)


def _raw_index(repository: Path, path: Path) -> None:
    path.unlink(missing_ok=True)
    git = Git(repository, None)
    entries = files_at(git, MAIN)
    texts = read_blobs(git, [entry.blob for entry in entries.values()])
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
        )
        rows = ((name, texts[entry.blob].decode()) for name, entry in entries.items())
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        connection.commit()


def _after_a_pull(folder: Path, place: Path, size: int) -> Figure:
    """Measure on a copy of the place, which grows by ten a round; the newcomer of the last join is the reader."""
    workspace = Workspace.open(context_of(folder / "newcomer"), folder / "newcomer" / "vault")
    repository = workspace.communities.get(NAME).repository
    seeds, states = count(1), [repository.tip()]

    def pull() -> None:
        # Straight into the repository, as what counts is what comes after it.
        add_records(repository.path, CAME, next(seeds))
        states.append(repository.tip())

    def ours() -> None:
        workspace.refresh()
        workspace.rows(limit=LISTED)

    def plain() -> None:
        changed = changes_between(repository.git, states[-2], states[-1])
        repository.git.run("log", "--name-status", "--format=%ae", f"{states[-2]}..{states[-1]}")
        read_blobs(repository.git, [entry.blob for entry in changed.values() if entry])

    times: list[float] = []
    raw: list[float] = []
    for _ in range(PULLS):
        pull()
        times.append(took(ours))
        raw.append(took(plain))
    note = "git diff-tree, log and cat-file of the ten"
    return Figure("list after a pull of ten", size, median(times), median(raw), 4.0, most=0.1, note=note)


def run_plain(*words: str) -> None:
    """Run git as people do, without our settings."""
    subprocess.run(["git", *words], check=True, capture_output=True)
