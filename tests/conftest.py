"""What every test starts from: a machine without this person's home, settings, clock or git."""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reflect.cli.main import main
from reflect.context import Context
from reflect.paths import Places
from reflect.vault.vault import Vault, make_vault
from reflect.workspace import Workspace

# sshd and git behind a web server, for the tests of every folder.
pytest_plugins = ["tests.servers.fixtures"]

NOW = dt.datetime(2026, 11, 23, 21, 5, tzinfo=dt.timezone(dt.timedelta(hours=-6)))


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cut off home, XDG folders, git's settings, time zone, language and colors; returns the home."""
    home = tmp_path / "home"
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("XDG_", "GIT_", "REFLECT_", "LC_", "TEXTUAL")) or name in ("NO_COLOR", "VISUAL", "EDITOR"):
            monkeypatch.delenv(name)
    settings = {"HOME": home, "REFLECT_HOME": home, "GIT_CONFIG_GLOBAL": os.devnull, "TZ": "America/Chicago"}
    for name, value in {**settings, "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": 1}.items():
        monkeypatch.setenv(name, str(value))
    # A process reads its time zone once, until it is told to.
    time.tzset()
    return home


@pytest.fixture(scope="module", autouse=True)
def let_go() -> Iterator[None]:
    """Close what the tests of a module left open: an app keeps what it has loaded from being collected."""
    yield
    gc.unfreeze()
    gc.collect()


@pytest.fixture
def context(machine: Path) -> Context:
    """A context with a fixed clock, and chance from a fixed seed."""
    chance = random.Random(7)
    places = Places.from_environment({"REFLECT_HOME": str(machine)})
    return Context(places, dict(os.environ), lambda: NOW, chance.randbytes)


@pytest.fixture
def vault(context: Context) -> Vault:
    """An empty vault."""
    return make_vault(context.places.default_vault, "Ana", "en", context.now(), context.randomness(18))


@pytest.fixture
def workspace(context: Context, vault: Vault) -> Workspace:
    """The workspace of an empty vault."""
    return Workspace.open(context, vault.root)


@pytest.fixture
def git(vault: Vault) -> Callable[..., str]:
    """Plain git in the vault, as another program would run it."""

    def run(*arguments: str) -> str:
        who = ["-c", "user.name=Other", "-c", "user.email=other@example.invalid"]
        done = subprocess.run(["git", *who, *arguments], cwd=vault.root, capture_output=True, text=True, check=True)
        return done.stdout

    return run


@dataclass(frozen=True)
class Ran:
    """What a command printed (bytes that are not UTF-8 as surrogates), and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)["error"]


@pytest.fixture
def run_cli(machine: Path) -> Callable[..., Ran]:
    """Run a command as `main` does; `apart` in a process of its own, with `env` on top of this machine's."""

    def run(*arguments: str, input: str | bytes = b"", env: dict[str, str] | None = None, apart: bool = False) -> Ran:
        given = input.encode() if isinstance(input, str) else input
        if apart:
            command = [sys.executable, "-m", "reflect", *arguments]
            done = subprocess.run(command, input=given, env={**os.environ, **(env or {})}, capture_output=True)
            return Ran(done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode())
        with CliRunner(env=env).isolation(given) as (out, err, _):
            code = main(arguments)
            sys.stdout.flush()
            return Ran(code, out.getvalue().decode(errors="surrogateescape"), err.getvalue().decode())

    return run
