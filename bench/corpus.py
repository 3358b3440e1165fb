"""Vaults of a fixed seed to measure on: 1,000 to 100,000 records of 80 to 400 words."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Iterator
from pathlib import Path

from reflect.context import Context
from reflect.paths import Places
from reflect.records.compose import Content, compose
from reflect.records.moments import written
from reflect.records.paths import agenda_path, record_path
from reflect.records.ulid import make_ulid
from reflect.records.yaml_block import Value
from reflect.store.git import run_git
from reflect.store.kind_files import Kinds
from reflect.vault.vault import Vault, make_vault

SEED = 20261123
NEWEST = dt.datetime(2026, 11, 23, 21, 0, tzinfo=dt.UTC)
# Of ten records, as a leader's desk fills over the years.
KINDS = ["reflection"] * 6 + ["call-in", "finding", "finding", "wondering"]
WORDS = """
attendance belonging budget caregiver classroom council data decision discipline district equity
evidence families feedback finding grade growth history hour invite language leader learn letter
listen meeting mentor mother neighbor notice office parent pattern policy power practice principal
process promise question reading repair respond room schedule school share silence staff story
student support table teacher team text trust voice wait week wonder work the of and to a in that
for with on was we they not but what when who how
""".split()  # noqa: SIM905 - a list of its own would be as long as the file
# Over the years nearly everything gets its answer; what is open is recent, or a few.
SETTLED: dict[str, dict[str, Value]] = {
    "finding": {"valence": "mixed", "needs_decision": "no"},
    "wondering": {"status": "at rest"},
    "call-in": {"status": "followed up"},
}
LENSES = ["agency", "call-in", "share-leadership", "model-and-reinforce", "open-learning-agendas"]


def context_of(home: Path) -> Context:
    """Return a context whose every folder lies under `home`."""
    return Context(Places.from_environment({"REFLECT_HOME": str(home)}), {**os.environ, "REFLECT_HOME": str(home)})


def make_corpus(home: Path, count: int) -> Vault:
    """Return a vault of so many records under `home`, made once and used again."""
    context = context_of(home)
    root = context.places.default_vault
    if (home / f"complete-{count}").exists():
        return Vault.open(root)
    vault = make_vault(root, "Bench", "en", NEWEST, bytes(range(18)))
    for path, text in _records(count):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    vault.git.run("add", "--all", timeout=600)
    vault.git.run("commit", "-q", "-m", "corpus", timeout=600)
    run_git("-C", str(root), "repack", "-adq", timeout=600)
    (home / f"complete-{count}").touch()
    return vault


def sentences(chance: random.Random, words: int) -> str:
    """Return about so many words, in sentences and paragraphs."""
    parts = []
    while words > 0:
        length = min(words, chance.randint(5, 14))
        parts.append(" ".join(chance.choices(WORDS, k=length)).capitalize() + ".")
        words -= length
    return " ".join(part + ("\n\n" if chance.random() < 0.15 else "") for part in parts)


def _records(count: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(SEED)
    kinds = Kinds()
    step = dt.timedelta(days=365 * 12) / count
    agenda_id = make_ulid(0, chance.randbytes(10))
    agenda = agenda_path("What makes families answer", agenda_id, set())
    content = Content(title="What makes families answer", fields={"status": "open"})
    yield agenda, compose(kinds.get("agenda"), agenda_id, "2014-12-01", content)
    for number in range(count - 1):
        moment = NEWEST - step * number
        kind = kinds.get(chance.choice(KINDS))
        record_id = make_ulid(int(moment.timestamp() * 1000), chance.randbytes(10))
        in_agenda = kind.name in ("finding", "wondering") and chance.random() < 0.05
        section = chance.choice(kind.sections).title
        content = Content(
            title=" ".join(chance.choices(WORDS, k=6)).capitalize(),
            agenda=agenda_id if in_agenda else "",
            lenses=(chance.choice(LENSES),) if chance.random() < 0.4 else (),
            tags=(chance.choice(WORDS[:40]),) if chance.random() < 0.5 else (),
            fields=SETTLED.get(kind.name, {}) if chance.random() < 0.98 else {},
            sections={section: sentences(chance, chance.randint(80, 400))},
        )
        folder = "agendas/what-makes-families-answer" if in_agenda else ""
        path = record_path(kind, written(moment)[:10], content.title, record_id, folder)
        yield path, compose(kind, record_id, written(moment), content)
