"""The servers of the tests: on loopback, and gone when the tests are."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.servers.bound import free_port

STARTED = """
import sys, time
from pathlib import Path
from tests.servers.bound import Bound
port, log = sys.argv[1:]
server = Bound([sys.executable, "-m", "http.server", "--bind", "127.0.0.1", port], Path(log))
print(server.listens(int(port)), flush=True)
time.sleep(60)
"""


def test_a_server_ends_with_tests_that_are_killed(tmp_path):
    port = free_port()
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", STARTED, str(port), str(tmp_path / "log")]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == b"True\n"
        started.kill()
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.02)
    raise AssertionError("the server is still there")
