"""What tests of the command line share."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set an editor that runs these lines of shell; the file is "$1"."""

    def use(lines: str) -> None:
        path = tmp_path / "editor"
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(path))

    return use


@pytest.fixture
def on_terminal() -> Callable[..., tuple[int, str]]:
    """Run a command on a terminal of its own; returns its exit code and all that reached the terminal."""

    def run(*arguments: str, env: dict[str, str] | None = None) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        settings = {**os.environ, "TERM": "xterm", "COLUMNS": "80", **(env or {})}
        command = [sys.executable, "-m", "reflect", *arguments]
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=settings)
        os.close(theirs)
        shown = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                data = os.read(ours, 65536)
            except OSError:
                break
            if not data:
                break
            shown += data
        os.close(ours)
        return process.wait(), shown.decode().replace("\r\n", "\n")

    return run


@pytest.fixture
def family_agenda(run_cli: Callable[..., object], vault: object) -> str:
    """An agenda in the vault; its folder is `what-makes-families-answer`. Returns its id."""
    ran = run_cli("new", "agenda", "--title", "What makes families answer?", "--json")
    return str(ran.json["id"])  # type: ignore[attr-defined]
