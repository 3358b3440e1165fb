"""What is sent to the browser beside the app's own frames: one page, four files, plain notes, and strict headers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

import textual_serve

from reflect.serve.gate import Gate

# textual.js names a font that few computers have, and no list of those that they do have.
FONTS_THERE = b"'Roboto Mono', Monaco, 'Courier New', monospace"
FONTS = (
    b"ui-monospace, 'SF Mono', Menlo, 'Cascadia Mono', Consolas, "
    b"'DejaVu Sans Mono', 'Liberation Mono', 'Noto Sans Mono', monospace"
)
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
OURS = ("page.css", "page.js", "icon.svg")
THEIRS = {"xterm.css": "css/xterm.css", "textual.js": "js/textual.js"}
# The same on every answer; what is not named in the content policy is forbidden by its first words.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Server": "reflect",
}


@dataclass(frozen=True)
class StaticFile:
    """A file as it is sent."""

    content: bytes
    content_type: str


def content_policy(gate: Gate, nonce: str) -> str:
    """Return the content policy of one answer: its own scripts and styles, its own server, and nothing else."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' data:; "
        f"connect-src ws://{gate.host}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )


def app_page(gate: Gate, nonce: str) -> str:
    """Return the page that shows the app."""
    return _filled("app.html", nonce=nonce, socket=f"ws://{gate.host}{gate.folder}tab")


def note_page(nonce: str, sentence: str, next_address: str = "") -> str:
    """Return a page with a sentence; with a next address, the browser goes on to it by itself."""
    onward = f'<meta http-equiv="refresh" content="0; url={escape(next_address)}">' if next_address else ""
    link = f'<p><a href="{escape(next_address)}">Go on</a></p>' if next_address else ""
    return _filled("note.html", nonce=nonce, sentence=escape(sentence), onward=onward, link=link)


@cache
def static_file(name: str) -> StaticFile | None:
    """Return a file of the page by its name, None when it has none of that name."""
    content_type = TYPES.get(name.rpartition(".")[2], "")
    if name in OURS:
        return StaticFile((files("reflect.serve") / "page" / name).read_bytes(), content_type)
    if name in THEIRS:
        content = (files(textual_serve) / "static" / THEIRS[name]).read_bytes()
        return StaticFile(content.replace(FONTS_THERE, FONTS), content_type)
    return None


def _filled(name: str, **values: str) -> str:
    return Template((files("reflect.serve") / "page" / name).read_text("utf-8")).substitute(values)
