"""Who may come in: a browser of this account, that was given the address, and that asks for a page of ours."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = "127.0.0.1"
# What a browser says of a request that its person or a page of ours began.
OWN_SITES = (None, "none", "same-origin")
CONNECTIONS = Path("/proc/net/tcp")


@dataclass
class Gate:
    """The one-time token and the cookie it is changed for.

    Browsers send a cookie to every port of a host, so also to a server of someone else on this computer. They send
    it only below its path, though: everything of ours lies under a folder that nobody can guess.
    """

    port: int
    place: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    cookie: str = field(default_factory=lambda: f"reflect-{secrets.token_hex(8)}")
    _secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    _token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def host(self) -> str:
        """What a request has to be addressed to, letter by letter: a foreign name for this computer is refused."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def origin(self) -> str:
        """Where our pages come from, as browsers say it."""
        return f"http://{self.host}"

    @property
    def folder(self) -> str:
        """The path under which everything of ours lies."""
        return f"/{self.place}/"

    @property
    def address(self) -> str:
        """The address that lets a browser in, once."""
        return f"{self.origin}/?token={self._token}"

    def admit(self, token: str) -> str:
        """Return the cookie's secret for the token, `""` for any other text, and for the token from then on."""
        if not _same(token, self._token):
            return ""
        self._token = ""
        return self._secret

    def knows(self, cookies: Mapping[str, str]) -> bool:
        """Say whether a request brought the cookie."""
        return _same(cookies.get(self.cookie, ""), self._secret)

    def takes_origin(self, origin: str | None, is_needed: bool) -> bool:
        """Say whether no page of another origin is behind a request; browsers name the origin where it is needed."""
        return origin == self.origin or (origin is None and not is_needed)


def _same(given: str, expected: str) -> bool:
    return bool(expected) and secrets.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def account_behind(port: int, own_port: int, connections: Path = CONNECTIONS) -> int | None:
    """Return the account that a connection within this computer comes from, None where the system does not tell."""
    ends = [f"0100007F:{port:04X}", f"0100007F:{own_port:04X}"]
    try:
        lines = connections.read_text().splitlines()
    except OSError:
        return None
    rows = (line.split() for line in lines[1:])
    return next((int(row[7]) for row in rows if row[1:3] == ends), None)
