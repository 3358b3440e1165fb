"""`reflect serve` as a command: what it says, and what it refuses."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reflect.vault.vault import Vault
from tests.serve.conftest import wait_until

RunCli = Callable[..., Any]


def test_without_a_journal_it_names_the_way_to_one(run_cli: RunCli) -> None:
    ran = run_cli("serve", apart=True)
    assert ran.code == 1
    assert "reflect init" in ran.err


def test_a_port_in_use_is_refused_with_a_way_forward(run_cli: RunCli, vault: Vault) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = run_cli("serve", "--port", str(port), apart=True)
    assert ran.code == 1
    assert str(port) in ran.err
    assert "--port" in ran.err


@pytest.mark.parametrize("package", ["aiohttp", "textual_serve"])
def test_without_its_packages_it_names_the_way_to_add_them(vault: Vault, package: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; from reflect.cli.main import main; sys.exit(main(['serve']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "pip install 'reflect-tui[web]'" in done.stderr


def test_it_says_who_can_open_it_and_opens_the_browser(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\necho \"$1\" > '{opened}'\n")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    command = [sys.executable, "-m", "reflect", "serve", "--vault", str(vault.root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: opened.exists() and opened.read_text(), "the browser")
    finally:
        process.terminate()
        said, ended = process.communicate(timeout=20)
    address = opened.read_text().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", address)
    assert address in said.splitlines()
    assert max(map(len, said.splitlines())) <= 80
    for words in ("Only this computer", "your account", "reflect --plain", "ctrl+c here ends it"):
        assert words in said
    assert "has ended" in ended
    assert process.returncode == 0
