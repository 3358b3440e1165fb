"""Make the pictures of the docs from the real app: `python docs/make_pictures.py [NAME…]`."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from reflect.context import Context
from reflect.demo import open_demo
from reflect.tui.app import ReflectApp

FOLDER = Path(__file__).parent
NOW = dt.datetime(2026, 11, 23, 21, 5, tzinfo=dt.timezone(dt.timedelta(hours=-6)))
SIZE = (110, 32)
# Of each picture the keys that lead to it from Today; a word that begins with `=` is typed letter by letter.
PICTURES: Mapping[str, Sequence[str]] = {
    "today": (),
    "writing": ("2", "e"),
    "call-in": ("n", "down", "enter"),
    "journal": ("2",),
    "reader": ("slash", "=kind:finding robocalls worse", "enter", "enter"),
    "agenda": ("3", "enter"),
    "search": ("slash", "=famil"),
    "themes": ("ctrl+p", "=colors", "enter"),
    # The last one: it changes the journal that the others show.
    "history": ("2", "enter", "e", "down", "down", "=Nobody asked me to. ", "ctrl+s", "escape", "h"),
}


async def main(names: Sequence[str]) -> None:
    """Open the demo at a fixed time, once for each picture, and write it beside this file."""
    settings = {"COLORTERM": "truecolor", "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, **settings, "REFLECT_HOME": home}
        os.environ.update(settings)
        context = dataclasses.replace(Context.from_environment(environment), now=lambda: NOW)
        context, root = open_demo(Path(home) / "demo", False, context)
        for name in names or PICTURES:
            app = ReflectApp(context, root)
            async with app.run_test(size=SIZE) as pilot:
                await _settle(pilot)
                for key in PICTURES[name]:
                    await _press(pilot, key)
                picture = app.export_screenshot(title="reflect")
            (FOLDER / f"{name}.svg").write_text(_with_own_font(picture), encoding="utf-8")


async def _press(pilot: Pilot[Any], key: str) -> None:
    if key.startswith("="):
        await pilot.press(*("space" if sign == " " else sign for sign in key[1:]))
        # The palette waits a moment before it looks for what was typed.
        await pilot.pause(0.3)
    else:
        await pilot.press(key)
    await _settle(pilot)


async def _settle(pilot: Pilot[Any]) -> None:
    for _ in range(4):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()


def _with_own_font(picture: str) -> str:
    """Return the picture without the fonts that it would fetch from elsewhere."""
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
