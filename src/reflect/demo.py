"""A sample leader's year, to look around in: built from `data/demo` and a starter agenda."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import shutil
from functools import partial
from pathlib import Path

from reflect.context import Context
from reflect.demo_community import Step, join_sample_communities, put_into_history
from reflect.demo_sample import Sample, Written, sample_records
from reflect.errors import ReflectError
from reflect.insights.library import Library
from reflect.paths import MARKER, Places
from reflect.records.moments import written
from reflect.store.data_check import resources_of_file
from reflect.store.data_files import read_data_files, shipped
from reflect.store.git import Identity
from reflect.store.kind_files import Kinds
from reflect.store.shipped import DATA
from reflect.store.state import LocalState
from reflect.vault.commits import update_index
from reflect.vault.starters import copied_starter
from reflect.vault.vault import Vault, make_vault

SEED = 1123
LEADER = "Marisol Vega"
STARTER = "graduating-multilingual-learners"
STARTER_DAYS_AGO = 40


def open_demo(folder: Path, fresh: bool, context: Context) -> tuple[Context, Path]:
    """Return the context and the vault of the demo in a folder, made when it is not there, or `fresh`.

    The demo has a home of its own, as with REFLECT_HOME, so that nothing of it mixes with one's own.
    Raises ReflectError for a folder that holds something else.
    """
    home = folder.expanduser().absolute()
    places = Places.from_environment({"REFLECT_HOME": str(home)})
    root = places.default_vault
    if home.exists() and any(home.iterdir()) and not (root / MARKER).exists():
        raise ReflectError(f"{home} holds something that is not a demo.", "Choose a new folder: reflect demo DIR")
    if fresh and (root / MARKER).exists():
        shutil.rmtree(home)
    demo_context = dataclasses.replace(context, places=places)
    if not (root / MARKER).exists():
        _build(demo_context, home, root)
    return demo_context, root


def _build(context: Context, home: Path, root: Path) -> None:
    """Write the sample records, each into history at the time it tells of, and join the sample communities."""
    now, chance = context.now(), random.Random(SEED)
    sample = Sample(now, chance, Kinds(), sample_records(DATA / "demo"))
    oldest = max(each["days_ago"] for each in sample.records)
    vault = make_vault(root, LEADER, "en", now - dt.timedelta(days=oldest + 1), chance.randbytes(18))
    me = Identity(vault.marker.name, vault.marker.address)
    steps = [_step(me, sample.written(record)) for record in sorted(sample.records, key=sample.moment)]
    steps.append(_starter(me, sample))
    for step in steps:
        for path, data in step.changes.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            # Not durably: after a power cut one begins anew with --fresh.
            (root / path).write_bytes(data or b"")
    steps += join_sample_communities(context, home, vault, sample)
    put_into_history(vault.git, sorted(steps, key=lambda step: step.moment), vault.tip())
    update_index(vault.git, [path for step in steps for path in step.changes])
    _tick_off_what_was_read(context, vault, sample)


def _step(me: Identity, one: Written) -> Step:
    return Step(me, one.moment, one.message("Write"), {one.path: one.text.encode()})


def _starter(me: Identity, sample: Sample) -> Step:
    moment = sample.now - dt.timedelta(days=STARTER_DAYS_AGO)
    texts = copied_starter(STARTER, written(moment)[:10], lambda: sample.new_id(moment))
    changes = {path: text.encode() for path, text in texts}
    return Step(me, moment, f"Begin from the starter agenda {STARTER}", changes)


def _tick_off_what_was_read(context: Context, vault: Vault, sample: Sample) -> None:
    """Tick off in the library what the notes of the journal say was read, watched or acted out."""
    state = LocalState(context.places.of_vault(vault.marker.id, vault.root).local_state)
    found, _ = read_data_files([shipped("resources")], resources_of_file)
    for note in (each["fields"] for each in sample.records if each["kind"] == "resource-note"):
        library = Library(found, lambda: state, partial(sample.with_days, note["done_on"]))
        for shelf in library.shelves():
            for shelved in shelf.items:
                if shelf.named(shelved) == note["resource"]:
                    library.tick(shelf, shelved.item, True)
