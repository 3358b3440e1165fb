"""The app in a real Chromium, and what a page of someone else can do to it: nothing."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from reflect.workspace import Workspace
from tests.serve.conftest import Served, Watched, wait_until

# Everything a page can try, with the secret folder known to it: what it learned is put on it as text.
EVIL = """<!doctype html><title>evil</title><script>
const address = %s, learned = {};
const note = (name) => (result) => { learned[name] = String(result); };
const tries = [
  fetch(address).then((answer) => answer.text()).then(note("read"), note("read failed")),
  fetch(address, { mode: "no-cors", credentials: "include" }).then((answer) => answer.text()).then(note("blind read")),
  new Promise((done) => {
    const socket = new WebSocket(address.replace("http", "ws") + "tab?width=80&height=24");
    socket.onopen = () => { learned.socket = "open"; done(); };
    socket.onerror = () => { learned.socket = "refused"; done(); };
  }),
  new Promise((done) => {
    const script = document.createElement("script");
    script.src = address + "page.js";
    script.onload = () => { learned.script = "loaded"; done(); };
    script.onerror = () => { learned.script = "refused"; done(); };
    document.head.append(script);
  }),
  new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.onload = () => {
      try { learned.frame = frame.contentDocument ? "own document" : "closed"; } catch { learned.frame = "closed"; }
      done();
    };
    document.documentElement.append(frame);
  }),
];
Promise.allSettled(tries).then(() => { learned.cookie = document.cookie; document.title = JSON.stringify(learned); });
</script>"""


@pytest.fixture
def evil_page() -> Iterator[Callable[[str], str]]:
    """Serve the evil page on another port of this computer, which browsers call the same site; returns its address."""
    bodies: list[bytes] = []
    cookies: list[str] = []

    class Evil(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            cookies.append(self.headers.get("Cookie", ""))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(bodies[0])

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Evil)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def aim_at(address: str) -> str:
        bodies.append((EVIL % json.dumps(address)).encode())
        return f"http://127.0.0.1:{server.server_port}/"

    yield aim_at
    server.shutdown()
    server.server_close()
    assert "reflect" not in "".join(cookies)


def test_the_app_opens_is_written_in_and_asks_nobody_else(
    served: Served, open_page: Callable[[str], Watched], workspace: Workspace
) -> None:
    seen = open_page(served.url)
    seen.wait_for("Today")
    seen.wait_for("try first")
    assert seen.page.title() == "reflect"
    assert "token" not in seen.page.url
    seen.page.keyboard.press("w")
    seen.wait_for("What happened")
    seen.page.keyboard.type("Written in a browser: ñ, 你.")
    seen.wait_for("ñ, 你.")
    seen.page.keyboard.press("Control+s")
    seen.wait_for("in history")
    (saved,) = workspace.vault.root.glob("journal/**/*.md")
    assert "Written in a browser: ñ, 你." in saved.read_text("utf-8")
    assert {urlsplit(url).netloc for url in seen.requests} == {f"127.0.0.1:{served.port}"}
    assert seen.complaints == []


def test_the_page_is_filled_and_says_when_the_app_has_ended(
    served: Served, open_page: Callable[[str], Watched]
) -> None:
    seen = open_page(served.url)
    seen.wait_for("try first")
    size = seen.page.evaluate(
        "(() => { const r = document.querySelector('.xterm-screen').getBoundingClientRect(); "
        "return [innerWidth - r.width, innerHeight - r.height]; })()"
    )
    assert all(0 <= left < 30 for left in size)
    seen.page.keyboard.press("q")
    seen.page.get_by_text("reflect has ended. You can close this page.").wait_for()
    wait_until(lambda: not served.apps(), "the end of the app")
    seen.shown = ""
    seen.page.get_by_text("Open reflect again").click()
    seen.wait_for("try first")


def test_closing_the_tab_ends_the_app_and_keeps_the_draft(
    served: Served, open_page: Callable[[str], Watched], workspace: Workspace
) -> None:
    seen = open_page(served.url)
    seen.wait_for("try first")
    seen.page.keyboard.press("w")
    seen.wait_for("What happened")
    seen.page.keyboard.type("Never lose this")
    seen.wait_for("lose this")
    seen.page.close()
    wait_until(lambda: not served.apps(), "the end of the app")
    assert [draft.title for draft in workspace.drafts.all()] == ["Never lose this"]


def test_a_page_of_someone_else_cannot_read_frame_or_drive_it(
    served: Served, open_page: Callable[[str], Watched], evil_page: Callable[[str], str]
) -> None:
    seen = open_page(served.url)
    seen.wait_for("try first")
    evil = open_page(evil_page(seen.page.url))
    evil.wait(lambda: evil.page.title().startswith("{"), "the end of all tries")
    learned = json.loads(evil.page.title())
    assert learned.pop("read failed")
    assert learned.pop("blind read", "") == ""
    assert learned == {"socket": "refused", "script": "refused", "frame": "closed", "cookie": ""}
    assert len(served.apps()) == 1
    assert evil.page.frames[1].url.startswith("chrome-error:")
    # The app goes on beside it.
    seen.page.bring_to_front()
    seen.page.keyboard.press("?")
    seen.wait_for("Keys")


def test_the_address_works_as_a_link_on_the_page_of_a_terminal(
    served: Served, open_page: Callable[[str], Watched]
) -> None:
    seen = open_page("about:blank")
    seen.page.set_content(f'<a href="{served.url}">open</a>')
    seen.page.get_by_text("open").click()
    seen.wait_for("try first")
