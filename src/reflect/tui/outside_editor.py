"""A person's own editor: the app steps aside for it and comes back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from reflect.paths import private_folder
from reflect.tui import places
from reflect.tui.troubles import sentence_of

if TYPE_CHECKING:
    from reflect.tui.app import ReflectApp

USUAL = ("nano", "vim", "vi")


def edit_file(app: ReflectApp, path: Path) -> bool:
    """Open a file in the person's editor and wait; says whether it may have changed."""
    command = _command(app)
    if not command:
        app.tell("No editor was found. Set one: reflect config editor NAME", "warning")
        return False
    try:
        with app.suspend():
            code = subprocess.run([*command, os.fspath(path)], check=False).returncode
    except SuspendNotSupported:
        app.tell("Here the app cannot step aside for another program.", "warning")
        return False
    except OSError as error:
        app.tell(f"The editor “{command[0]}” cannot be started: {error.strerror}.", "error")
        return False
    app.refresh(layout=True)
    if code != 0:
        app.tell(f"The editor ended with an error ({code}); nothing was taken over.", "warning")
    return code == 0


def edit_text(app: ReflectApp, folder: Path, text: str) -> str:
    """Return a text as it comes back from the person's editor; it passes through a private file of `folder`."""
    handle, name = tempfile.mkstemp(suffix=".md", prefix="text-", dir=private_folder(folder))
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        return path.read_text("utf-8", "replace").replace("\r\n", "\n") if edit_file(app, path) else text
    except OSError as error:
        app.tell(sentence_of(error), "error")
        return text
    finally:
        path.unlink(missing_ok=True)


def _command(app: ReflectApp) -> list[str]:
    environment = app.context.environment
    chosen = places.settings(app.context).editor or environment.get("VISUAL") or environment.get("EDITOR") or ""
    if chosen:
        return shlex.split(chosen)
    found = next((each for each in USUAL if shutil.which(each)), "")
    return [found] if found else []
