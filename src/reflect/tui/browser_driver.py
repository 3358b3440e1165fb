"""How the app draws into a browser: Textual's web driver, which also notices that nobody is at the other end."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from typing import Any

from textual.drivers.web_driver import WebDriver

LAST_KEYS = 0.25


class BrowserDriver(WebDriver):
    """The web driver; when its input ends, whyever that is, the app is told to end and keeps its drafts."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._write = self._write_to_reader  # type: ignore[assignment]

    def run_input_thread(self) -> None:
        """Take input until it ends."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            # The tab was closed, or the server has gone. The last keys are still on their way to the editor.
            time.sleep(LAST_KEYS)
            os.kill(os.getpid(), signal.SIGTERM)

    def _write_to_reader(self, data: bytes) -> None:
        # An error here would end the app before it kept its drafts; the end of input comes at once.
        with contextlib.suppress(BrokenPipeError):
            os.write(self.fileno, data)
