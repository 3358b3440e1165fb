"""The servers as fixtures, for every test: each is started for one test and stopped after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import sshd as ssh_server
from tests.servers import web as web_server
from tests.servers.sshd import Sshd, start_sshd
from tests.servers.web import Web, make_certificate, start_web


@pytest.fixture
def sshd(tmp_path: Path) -> Iterator[Sshd]:
    """A running sshd; skipped where there is none."""
    if why := ssh_server.missing():
        pytest.skip(why)
    started = start_sshd(tmp_path / "sshd")
    yield started
    started.stop()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    """A web server of the repositories in the test's folder; skipped where git has none."""
    if why := web_server.missing():
        pytest.skip(why)
    started = start_web(tmp_path)
    yield started
    started.stop()


@pytest.fixture
def untrusted_web(tmp_path: Path) -> Iterator[Web]:
    """The same by https, with a certificate that nobody has signed."""
    if why := web_server.missing_for_tls():
        pytest.skip(why)
    folder = tmp_path / "certificate"
    folder.mkdir()
    started = start_web(tmp_path, make_certificate(folder))
    yield started
    started.stop()
