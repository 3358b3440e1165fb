"""Make the pictures of the docs from the real app: `python docs/make_pictures.py`."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import os
import re
import tempfile
from pathlib import Path

from reflect.context import Context
from reflect.demo import open_demo
from reflect.tui.app import ReflectApp

FOLDER = Path(__file__).parent
NOW = dt.datetime(2026, 11, 23, 21, 5, tzinfo=dt.timezone(dt.timedelta(hours=-6)))
SIZE = (100, 30)


async def main() -> None:
    """Open the demo at a fixed time and write one agenda as `agenda.svg`."""
    with tempfile.TemporaryDirectory() as home:
        context = dataclasses.replace(Context.from_environment({**os.environ, "REFLECT_HOME": home}), now=lambda: NOW)
        context, root = open_demo(Path(home) / "demo", False, context)
        app = ReflectApp(context, root)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.app.workers.wait_for_complete()
            for key in ("3", "down", "enter"):
                await pilot.press(key)
                await pilot.pause()
                await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            picture = app.export_screenshot(title="reflect")
            (FOLDER / "agenda.svg").write_text(with_own_font(picture), encoding="utf-8")


def with_own_font(picture: str) -> str:
    """Return the picture without the fonts that it would fetch from elsewhere."""
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")


asyncio.run(main())
