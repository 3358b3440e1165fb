"""Whole commands, from the shell's prompt and back, beside jrnl doing the same on as many entries."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.corpus import context_of
from bench.timing import Figure, command, in_turns
from reflect.records.document import Document
from reflect.records.query import Filters
from reflect.workspace import Workspace

CONFIG = """colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals: {{default: {{journal: {journal}}}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: v4.6
"""


def command_figures(home: Path, size: int) -> Iterator[Figure]:
    """Yield the rows of the command line; raises FileNotFoundError when jrnl is not installed."""
    jrnl = _tool("jrnl")
    reflect = _tool("reflect")
    config = _jrnl_journal(home, size)
    ours = {"REFLECT_HOME": str(home)}
    theirs = [jrnl, "--config-file", str(config)]
    pairs = [
        (
            "reflect write TEXT",
            [reflect, "write", "A short note of tonight."],
            [*theirs, "A short note of tonight."],
            10.0,
        ),
        ("reflect list", [reflect, "list", "--limit", "50"], [*theirs, "-n", "50", "--short"], 5.0),
        (
            "reflect search",
            [reflect, "search", "belonging", "--limit", "50"],
            [*theirs, "-contains", "belonging", "-n", "50", "--short"],
            5.0,
        ),
    ]
    for work, mine, other, limit in pairs:
        rounds = 7 if size <= 10_000 else 3
        ran, yardstick = in_turns(command(mine, ours), command(other, {}), rounds)
        yield Figure(work, size, ran, yardstick, limit, faster=True, note="jrnl doing the same")


def _tool(name: str) -> str:
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise FileNotFoundError(name)
    return found


def _jrnl_journal(home: Path, size: int) -> Path:
    """Write the reflections of the corpus as a jrnl journal of as many entries, and return its settings file."""
    folder = home / "jrnl"
    folder.mkdir(exist_ok=True)
    journal = folder / f"journal-{size}.txt"
    if not journal.exists():
        workspace = Workspace.open(context_of(home), home / "vault")
        workspace.refresh()
        with journal.open("w") as file:
            for row in reversed(workspace.catalog.rows(Filters(), limit=size)):
                body = Document.parse((workspace.vault.root / row.path).read_text()).body
                words = " ".join(line for line in body.splitlines() if line and line[0] != "#")
                file.write(f"[{row.sort[:10]} {row.sort[11:16]}] {row.title}.\n{words}\n\n")
    config = folder / "jrnl.yaml"
    config.write_text(CONFIG.format(journal=journal))
    return config
