"""Make the picture of the app in a browser from a real Chromium: `python docs/make_serve_picture.py`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent
SIZE = {"width": 1000, "height": 600}
# Stands at the foot of Today, and is there when all of it is.
LAST_WORDS = "twelve weeks"


def main() -> None:
    """Serve the demo, open it in the browser, and write `serve.png`."""
    with tempfile.TemporaryDirectory() as home:
        settings = {**os.environ, "REFLECT_HOME": home}
        reflect = [sys.executable, "-m", "reflect"]
        subprocess.run([*reflect, "demo", home, "--no-open"], env=settings, stdout=subprocess.DEVNULL, check=True)
        server = subprocess.Popen([*reflect, "serve", "--json"], env=settings, stdout=subprocess.PIPE)
        try:
            assert server.stdout is not None
            take_picture(json.loads(server.stdout.readline())["url"])
        finally:
            server.terminate()
            server.wait(30)


def take_picture(url: str) -> None:
    """Open the address and write the picture of Today."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        page = browser.new_page(viewport=SIZE)
        shown: list[str] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: shown.append(words_of(frame))))
        page.goto(url)
        while not any(LAST_WORDS in each for each in shown):
            page.wait_for_timeout(50)
        # What came last over the wire is still to be drawn.
        page.wait_for_timeout(1000)
        page.screenshot(path=FOLDER / "serve.png")
        browser.close()


def words_of(frame: str | bytes) -> str:
    """Return what a frame draws."""
    return frame.decode("utf-8", "replace") if isinstance(frame, bytes) else frame


main()
