"""A server in a process of its own that ends with ours, also when ours is killed."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

# One end of a pipe is ours: it closes when we end, however we end, and then the shell ends the server.
KEEPER = """
exec 3<&0 </dev/null
"$@" 3<&- & server=$!
{ read -r _ <&3; kill "$server"; } 2>/dev/null & watch=$!
wait "$server"; code=$?
kill "$watch" 2>/dev/null
exit "$code"
"""


class Bound:
    """A server that runs until `stop`, or until this process is gone."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                ["sh", "-c", KEEPER, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def listens(self, port: int, seconds: float = 10) -> bool:
        """Wait until it takes connections on a port of loopback; False where it ended or does not."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    return True
            time.sleep(0.02)
        return False

    def stop(self) -> None:
        """End the server; it may have ended already."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
        self._process.wait(10)


def free_port() -> int:
    """Return a port of loopback that nobody listens on at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
