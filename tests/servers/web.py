"""`git http-backend` behind a web server on loopback, which can be told to behave badly."""

from __future__ import annotations

import base64
import os
import shutil
import ssl
import subprocess
import threading
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# What it waits between two bytes where it drips.
DRIP = 0.2


class Manner(Enum):
    """How it answers; the ones that begin with `PACK` only when the objects themselves are asked for."""

    WELL = "well"
    UNAUTHORIZED = 401
    FORBIDDEN = 403
    NOT_FOUND = 404
    BROKEN = 500
    REDIRECT = "to another address"
    PAGE = "with a page to sign in, as if all were well"
    SILENT = "never"
    PACK_HALF = "with the first half"
    PACK_DRIP = "byte by byte"


def missing() -> str:
    """Return why there can be no such server here, `""` where there can."""
    done = subprocess.run(["git", "--exec-path"], capture_output=True, text=True)
    if shutil.which("git-http-backend", path=done.stdout.strip()) is None:
        return "there is no git http-backend on this computer: it is part of git's full package"
    return ""


def missing_for_tls() -> str:
    """Return why it cannot speak TLS here, `""` where it can."""
    return missing() or ("" if shutil.which("openssl") else "there is no openssl on this computer")


@dataclass
class Web:
    """A running web server of the repositories below a folder; everything may be changed while it runs.

    `sign_in` is `name:password`, `""` for none. `asked` has what it was asked, `METHOD path`, `signed_in` the sign-ins
    that came with that.
    """

    root: Path
    server: ThreadingHTTPServer
    scheme: str = "http"
    sign_in: str = ""
    manner: Manner = Manner.WELL
    redirects_to: str = ""
    asked: list[str] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: Path | str = "") -> str:
        """Return the address of a repository, or with `""` that of the server."""
        at = Path(path).relative_to(self.root) if isinstance(path, Path) else path
        return f"{self.scheme}://127.0.0.1:{self.server.server_address[1]}/{at}".rstrip("/")

    def stop(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


def start_web(root: Path, certificate: Path | None = None) -> Web:
    """Start a web server; with a certificate (of `make_certificate`) it speaks TLS."""
    server = Server(("127.0.0.1", 0), Backend)
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    web = Web(root, server, "https" if certificate else "http")
    server.RequestHandlerClass = type("Served", (Backend,), {"web": web})
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return web


def make_certificate(folder: Path, name: str = "other.example") -> Path:
    """Return a certificate with its key that nobody has signed, for another host."""
    path, key = folder / "certificate.pem", folder / "key.pem"
    words = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    subprocess.run(["openssl", "req", *words, "-keyout", key, "-out", path], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + key.read_bytes())
    return path


class Server(ThreadingHTTPServer):
    """A thread for each request, which ends with this process."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: the other side hangs up, as it should, where it is answered badly."""


class Backend(BaseHTTPRequestHandler):
    """Answers one request, in the manner that the server is told."""

    web: Web

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def answer(self) -> None:
        web, body = self.web, self.body()
        web.asked.append(f"{self.command} {self.path}")
        given = self.headers.get("Authorization", "")
        if given:
            web.signed_in.append(base64.b64decode(given.removeprefix("Basic ")).decode())
        manner = web.manner
        if manner is Manner.SILENT:
            web.over.wait()
        elif manner is Manner.REDIRECT:
            self.say(302, {"Location": f"{web.redirects_to}{self.path}"})
        elif manner is Manner.PAGE:
            self.say(200, {"Content-Type": "text/html"}, b"<html><body>Sign in</body></html>")
        elif isinstance(manner.value, int) and manner is not Manner.UNAUTHORIZED:
            self.say(manner.value, {"Content-Type": "text/plain"}, b"\x1b]52;c;ZXZpbA==\x07 go away")
        elif manner is Manner.UNAUTHORIZED or (web.sign_in and web.sign_in != (web.signed_in or [""])[-1]):
            self.say(401, {"WWW-Authenticate": 'Basic realm="place"'})
        else:
            self.say(*self.asked_of_git(body))

    def body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        found = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return found

    def asked_of_git(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        path, _, query = self.path.partition("?")
        environment = {
            "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(self.web.root), "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command, "REMOTE_USER": "ana",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "REMOTE_ADDR": "127.0.0.1",
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
        }  # fmt: skip
        done = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, timeout=60)
        head, _, rest = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
        return int(headers.pop("Status", "200").split()[0]), headers, rest

    def say(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        is_pack = self.command == "POST" and b"PACK" in body
        if is_pack and self.web.manner is Manner.PACK_HALF:
            self.wfile.write(body[: len(body) // 2])
        elif is_pack and self.web.manner is Manner.PACK_DRIP:
            for number in range(len(body)):
                self.wfile.write(body[number : number + 1])
                if self.web.over.wait(DRIP):
                    return
        else:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
