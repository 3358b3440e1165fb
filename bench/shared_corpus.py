"""Shared places of a fixed seed to measure on: bare repositories full of what peers wrote, a few records a commit."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.corpus import NEWEST, SEED, WORDS, sentences
from reflect.records import community_file
from reflect.records.compose import Content, compose
from reflect.records.paths import agenda_folder_of, agenda_path, record_path
from reflect.records.ulid import make_ulid
from reflect.records.yaml_block import Value
from reflect.store.commits import MAIN, Commit, commit_stream
from reflect.store.git import Git, Identity, run_git
from reflect.store.kind_files import Kinds

PEERS = [Identity(f"Peer {number}", f"peer{number:04}@reflect.invalid") for number in range(1, 31)]
# Of ten records that peers share.
KINDS = ["finding"] * 5 + ["response"] * 3 + ["wondering", "question"]
AGENDAS = 12
A_COMMIT = 5


def make_place(path: Path, count: int, seed: int = SEED) -> Path:
    """Return a place that holds so many records, made once and used again."""
    if not path.exists():
        unfinished = path.with_name(f".{path.name}")
        run_git("init", "-q", "--bare", "-b", "main", str(unfinished))
        about = community_file.new_text("bench", path.stem, ("en",), None).encode()
        add_records(unfinished, count, seed, {community_file.PATH: about})
        Git(unfinished, None).run("repack", "-adq", timeout=600)
        unfinished.rename(path)
    return path


def add_records(place: Path, count: int, seed: int, first: dict[str, bytes] | None = None) -> None:
    """Let peers write so many records more into a place, `first` before all."""
    chance = random.Random(seed)
    git = Git(place, None)
    has_tip = git.call("rev-parse", "-q", "--verify", MAIN, allowed=(0, 1))[0] == 0
    parts, parents = [], [f"{MAIN}^0"] if has_tip else []
    steps = [dict(first)] if first else []
    records = shared_records(chance, count)
    while some := dict(islice(records, A_COMMIT)):
        steps.append(some)
    for number, changes in enumerate(steps):
        moment = NEWEST - dt.timedelta(minutes=10 * (len(steps) - number))
        commit = Commit("Write", chance.choice(PEERS), moment, parents if number == 0 else ())
        parts.append(commit_stream(MAIN, commit, changes).removesuffix(b"done\n"))
    git.run("fast-import", "--quiet", "--done", "--date-format=raw", input=b"".join(parts) + b"done\n", timeout=600)


def shared_records(chance: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of so many records: agendas first, then what belongs to them."""
    kinds = Kinds()
    step = dt.timedelta(days=365 * 4) / max(count, 1)
    oldest = NEWEST - step * count
    agendas: list[tuple[str, str]] = []
    known: list[str] = []
    for number in range(count):
        moment = oldest + step * number
        kind = kinds.get("agenda" if number < min(AGENDAS, count // 10) else chance.choice(KINDS))
        record_id = make_ulid(int(moment.timestamp() * 1000), chance.randbytes(10))
        title, day = " ".join(chance.choices(WORDS, k=6)).capitalize(), moment.date().isoformat()
        agenda_id, folder = chance.choice(agendas) if agendas and kind.name != "agenda" else ("", "")
        fields: dict[str, Value] = {"to": [chance.choice(known)]} if kind.name == "response" and known else {}
        content = Content(
            title=title,
            agenda=agenda_id,
            tags=(chance.choice(WORDS[:40]),) if chance.random() < 0.5 else (),
            fields=fields,
            sections={chance.choice(kind.sections).title: sentences(chance, chance.randint(80, 400))},
        )
        if kind.name == "agenda":
            path = agenda_path(title, record_id, {each.split("/")[1] for _, each in agendas})
            agendas.append((record_id, agenda_folder_of(path)))
        else:
            path = record_path(kind, day, title, record_id, folder)
        known = [*known[-200:], record_id]
        yield path, compose(kind, record_id, day, content, author=chance.choice(PEERS).name).encode()
