"""Saving, finding and starting up, against what the disk, git and SQLite can do by themselves."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from bench.corpus import NEWEST, context_of, sentences
from bench.timing import Figure, in_turns, p95
from reflect.records.compose import Content
from reflect.store.catalog import RANKED_MATCHES, match_expression
from reflect.workspace import Workspace

QUERIES = ["families", "the", "mother council", "trust power", "home", "wai", "we wonder who", "attendance pol"]


def desk_figures(home: Path, size: int) -> Iterator[Figure]:
    """Yield the rows that need no app."""
    workspace = Workspace.open(context_of(home), home / "vault")
    yield _rebuild(workspace, size)
    workspace.refresh()
    yield _start_up_check(workspace, size)
    yield _search(workspace, size)
    yield _patterns(home, size)
    yield _open_agenda(home, size)
    yield from _saves(workspace, size)


def _rebuild(workspace: Workspace, size: int) -> Figure:
    with tempfile.TemporaryDirectory(dir=workspace.vault.root.parent) as folder:
        root, path = workspace.vault.root, Path(folder) / "raw.sqlite"
        ours, raw = in_turns(workspace.reindex, lambda: _raw_index(root, path), 3 if size < 50_000 else 1)
    return Figure("rebuild the catalog", size, ours, raw, 1.5, note="reading files + raw FTS5 build")


def _raw_index(root: Path, path: Path) -> None:
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
        )
        for folder, folders, names in os.walk(root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if name.endswith(".md"):
                    text = (Path(folder) / name).read_text()
                    connection.execute("INSERT INTO t VALUES (?, ?)", (name, text))
        connection.commit()


def _start_up_check(workspace: Workspace, size: int) -> Figure:
    ours, raw = in_turns(lambda: workspace.refresh(full=True), lambda: _raw_walk(str(workspace.vault.root)), 7)
    return Figure("start-up check, nothing changed", size, ours, raw, 1.5, note="os.scandir walk with sizes and times")


def _raw_walk(path: str) -> int:
    seen = 0
    for entry in os.scandir(path):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            seen += _raw_walk(entry.path)
        else:
            seen += entry.stat(follow_symlinks=False).st_size
    return seen


def _search(workspace: Workspace, size: int) -> Figure:
    connection = sqlite3.connect(workspace.places.catalog)

    def raw(query: str) -> None:
        match = match_expression(workspace.query(query, typing=True).terms)
        newest = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT ?"
        found = connection.execute(newest, (match, RANKED_MATCHES)).fetchall()
        if found:
            ranked = "SELECT rowid, title FROM texts WHERE texts MATCH ? AND rowid >= ? ORDER BY rank LIMIT 50"
            connection.execute(ranked, (match, found[-1][0])).fetchall()

    times = [
        in_turns(lambda query=query: workspace.search(query, typing=True), lambda query=query: raw(query), 5, p95)  # type: ignore[misc]
        for query in QUERIES
    ]
    connection.close()
    ours, yardstick = (p95([each[side] for each in times]) for side in (0, 1))
    return Figure("search as you type, p95", size, ours, yardstick, 2.0, note="raw FTS5, newest 2,000 ranked")


def _patterns(home: Path, size: int) -> Figure:
    """Return what all patterns take, on the newest day of the corpus: later ones have emptier years."""
    workspace = Workspace.open(replace(context_of(home), now=lambda: NEWEST), home / "vault")
    with contextlib.closing(sqlite3.connect(workspace.places.catalog)) as connection:

        def raw() -> None:
            # Each record looked at once, its day and fields, as whoever counts without an index would.
            for sort, fields in connection.execute("SELECT sort, fields FROM records ORDER BY rowid"):
                _ = sort[:10], json.loads(fields) if fields else None

        ours, yardstick = in_turns(workspace.patterns, raw, 7)
    return Figure("all patterns", size, ours, yardstick, 4.0, most=0.3, note="one look at each record of the catalog")


def _open_agenda(home: Path, size: int) -> Figure:
    """Return what the largest agenda takes to open: its tree, openness, loops and journey."""
    workspace = Workspace.open(replace(context_of(home), now=lambda: NEWEST), home / "vault")
    with contextlib.closing(sqlite3.connect(workspace.places.catalog)) as connection:
        counted = "SELECT agenda, count(*) FROM records WHERE agenda <> '' GROUP BY agenda ORDER BY 2 DESC LIMIT 1"
        agenda, number = connection.execute(counted).fetchone()
        texts = "SELECT fields, body FROM records JOIN texts ON texts.rowid = records.rowid WHERE agenda = ?"

        def ours() -> None:
            workspace.practice.journey_of(workspace.agenda(agenda), "equitable-systems")

        def raw() -> None:
            for fields, body in connection.execute(texts, [agenda]):
                _ = body, json.loads(fields) if fields else None

        times = in_turns(ours, raw, 7)
    return Figure("open an agenda", size, *times, 20.0, most=0.15, note=f"its {number:,} records read from the catalog")


def _saves(workspace: Workspace, size: int) -> Iterator[Figure]:
    chance = Random(1)
    kind = workspace.kinds.get("reflection")
    texts = iter([workspace.compose(kind, Content(body=sentences(chance, 200))) for _ in range(60)])
    saved = []
    raw_folder = Path(tempfile.mkdtemp(dir=workspace.vault.root.parent))
    raw_text = sentences(chance, 200).encode()

    def save() -> None:
        saved.append(workspace.save_new(kind, next(texts)))

    ours, raw = in_turns(save, lambda: _raw_save(raw_folder, raw_text), 25)
    yield Figure("save, to saved", size, ours, raw, 2.0, note="raw fsync + rename + folder fsync")
    waiting = iter(saved)
    raw_git = _RawGit(workspace, raw_text)
    ours, raw = in_turns(lambda: workspace.record_in_history(next(waiting), "Write"), raw_git.commit, 20)
    yield Figure("save, to in history", size, ours, raw, 1.5, note="git fast-import + update-index")


def _raw_save(folder: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).rename(folder / f"{Path(name).name}.md")
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


class _RawGit:
    """The two git commands that a save cannot do without, one file at a time."""

    def __init__(self, workspace: Workspace, data: bytes) -> None:
        self._git = workspace.vault.git
        self._root = workspace.vault.root
        self._data = data
        self._count = 0

    def commit(self) -> None:
        self._count += 1
        path = f"journal/raw-{os.getpid()}-{self._count}.md"
        (self._root / path).write_bytes(self._data)
        size = len(self._data)
        head = b"commit refs/heads/main\ncommitter B <b@b> 1700000000 +0000\ndata 1\nx\nfrom refs/heads/main^0\n"
        body = b"M 100644 inline %s\ndata %d\n%s\ndone\n" % (path.encode(), size, self._data)
        self._git.run("fast-import", "--quiet", "--done", "--date-format=raw", input=head + body)
        self._git.run("update-index", "--add", "--", path)
