"""Writing in the person's own editor: a private file, and no text lost however the editor ends."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import IO, TYPE_CHECKING

from reflect.errors import ReflectError
from reflect.paths import private_folder
from reflect.records.record import encoded

if TYPE_CHECKING:
    from reflect.cli.session import Session

USUAL = ("nano", "vi")


@dataclass(frozen=True)
class Edited:
    """What an editor left, and the code it ended with."""

    text: str
    code: int


def editor_command(session: Session) -> list[str]:
    """Return the editor: the setting, else $VISUAL, else $EDITOR, else one that is usual; raises ReflectError."""
    from reflect.settings import read_settings

    environment = session.context.environment
    own = read_settings(session.context.places.settings).editor
    chosen = own or environment.get("VISUAL") or environment.get("EDITOR")
    if chosen:
        try:
            return shlex.split(chosen)
        except ValueError as error:
            raise ReflectError(f"The editor “{chosen}” cannot be understood: {error}.", _HOW) from None
    found = next((name for name in USUAL if which(name)), "") if session.may_ask else ""
    if not found:
        raise ReflectError("No editor is set.", _HOW)
    return [found]


_HOW = "Set one: reflect config editor nano"


def edit_text(session: Session, text: str, name: str) -> Edited:
    """Open a text in the editor and return what it left; raises ReflectError when it cannot be run."""
    command = editor_command(session)
    folder = private_folder(session.workspace.places.state / "editing")
    path = folder / f"{name}.md"
    _write_private(path, encoded(text))
    try:
        code = _run([*command, str(path)])
    except OSError as error:
        path.unlink(missing_ok=True)
        raise ReflectError(f"The editor “{command[0]}” cannot be run: {error.strerror}.", _HOW) from None
    try:
        after = path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        after = text
    path.unlink(missing_ok=True)
    return Edited(after, code)


def _write_private(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def _run(command: list[str]) -> int:
    with ExitStack() as stack:
        streams: dict[str, IO[bytes]] = {}
        # Where our own streams are pipes, the editor still needs the person's terminal.
        if not sys.stdin or not sys.stdin.isatty():
            streams["stdin"] = stack.enter_context(_terminal())
        if not sys.stdout.isatty():
            streams["stdout"] = stack.enter_context(os.fdopen(os.dup(2), "wb"))
        process = subprocess.Popen(command, stdin=streams.get("stdin"), stdout=streams.get("stdout"))
        # ctrl+c is the editor's while it runs.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return int(process.wait())
        finally:
            signal.signal(signal.SIGINT, before)


def _terminal() -> IO[bytes]:
    try:
        return Path("/dev/tty").open("rb")
    except OSError:
        return Path(os.devnull).open("rb")
