"""A sample leader's year, to look around in: built from `data/demo` and a starter agenda."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import shutil
from pathlib import Path

from reflect.context import Context
from reflect.demo_community import join_sample_community
from reflect.demo_sample import Sample, sample_records
from reflect.errors import ReflectError
from reflect.paths import MARKER, Places
from reflect.records.moments import written
from reflect.store.files import write_durably
from reflect.store.kind_files import Kinds
from reflect.store.shipped import DATA
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
    """Write the sample records, each into history at the time it tells of, and join the sample community."""
    now, chance = context.now(), random.Random(SEED)
    sample = Sample(now, chance, Kinds(), sample_records(DATA / "demo"))
    oldest = max(each["days_ago"] for each in sample.records)
    vault = make_vault(root, LEADER, "en", now - dt.timedelta(days=oldest + 1), chance.randbytes(18))
    for record in sorted(sample.records, key=sample.moment):
        _write(vault, sample, record)
    _add_starter(vault, sample)
    join_sample_community(context, home, vault, sample)


def _write(vault: Vault, sample: Sample, record: dict[str, object]) -> None:
    written_record = sample.written(record)
    write_durably(vault.root / written_record.path, written_record.text.encode())
    vault.commit([written_record.path], written_record.message("Write"), written_record.moment)


def _add_starter(vault: Vault, sample: Sample) -> None:
    moment = sample.now - dt.timedelta(days=STARTER_DAYS_AGO)
    paths = []
    for path, text in copied_starter(STARTER, written(moment)[:10], lambda: sample.new_id(moment)):
        write_durably(vault.root / path, text.encode())
        paths.append(path)
    vault.commit(paths, f"Begin from the starter agenda {STARTER}", moment)
