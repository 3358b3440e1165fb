"""Texts that want to steer a terminal, the app, a browser or the eye; YAML that wants to run or to burst; ids."""

from __future__ import annotations

from collections.abc import Mapping

from tests.hostile.names import good
from tests.hostile.raw import Raw, record, record_id

# By name: a text that is put wherever one can stand.
STEERING: Mapping[str, str] = {
    "osc8": "\x1b]8;;https://evil.example\x1b\\bank\x1b]8;;\x1b\\",
    "osc52": "\x1b]52;c;ZXZpbA==\x07",
    "window-title": "\x1b]0;owned\x07\x1b]2;owned\x1b\\",
    "csi": "\x1b[2J\x1b[31;5m\x1b[?1049h\x1bc",
    "c1": "\x9b2J\x9d52;c;x\x9c",
    "controls": "a\x08\x08\x00b\x0cc\x7f",
    "return": "one\rtwo",
    "toolkit": "[bold red]x[/] [/oops] [@click=app.quit]x[/] [link=https://evil.example]y[/link] :smile:",
    "bidi": "\u202egpj.exe\u202c \u2066x\u2069 \u202bx",
}
ZERO_WIDTH = "A\u200bn\u2060a\ufeff\u00ad"
NOTHING_TO_SEE = "\u200b\u2060\ufeff"
LINKS = """[click](javascript:alert(1)) [data](data:text/html,x) [vb](vbscript:x) [local](file:///etc/passwd)
[run](ext::sh%20-c%20touch%20RAN) [dash](-oProxyCommand=touch) [bank.example](https://evil.example/x)
<javascript:alert(1)> ![image](javascript:alert(1)) [a]: javascript:alert(1)"""
HTML = """<script>alert(1)</script><img src=x onerror=alert(1)>
<iframe src="https://evil.example"></iframe>
<a href="javascript:alert(1)">go</a> <style>*{display:none}</style><!-- \x1b]52;c;x\x07 -->"""

# What stands between the fences, and why it cannot be read.
YAML: Mapping[str, tuple[bytes, str]] = {
    "object": (b'title: !!python/object/apply:os.system ["touch RAN"]', "a tag (!name) is not allowed here"),
    "new-object": (b"title: !!python/object/new:subprocess.Popen [[touch, RAN]]", "a tag (!name) is not allowed here"),
    "own-tag": (b"title: !evil x", "a tag (!name) is not allowed here"),
    "anchor": (b"title: &a x\ntags: [b]", "an anchor (&name) is not allowed here"),
    "laughs": (
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(8)),
        "an anchor (&name) is not allowed here",
    ),
    "merge-key": (b"a: {b: c}\n<<: *a\n", "an alias (*name) is not allowed here"),
    "nested": (b"a: " + b"[" * 20_000, "nested deeper than 8 levels"),
    "nested-maps": (b"".join(b"%sa:\n" % (b" " * n) for n in range(300)), "nested deeper than 8 levels"),
    "key-twice": (b"id: x\nid: y\n", "“id” stands here a second time"),
    "second-document": (b"title: x\n--- \ntitle: y\n...\n--- z\n", ""),
    "too-large": (b"title: x\ntags: [%s]\n" % b",".join([b"tag"] * 90_000), "is larger than 256 KiB"),
    "zero-byte": (b"title: a\0b\n", "a character that YAML does not allow"),
    "not-utf8": (b"title: \xff\xfe\n", "bytes that are not UTF-8 text"),
    "huge-number": (b"created: %s\ntitle: Huge number\n" % (b"9" * 6_000), ""),
    "month": (b"created: 2026-99-99T99:99:99+99:99\ntitle: Month ninety-nine\n", ""),
}


def quoted(text: str) -> str:
    """Return a text as YAML in quotes, every character of it that YAML does not take as it is by its number."""
    return '"' + "".join(char if char.isalnum() else f"\\U{ord(char):08x}" for char in text) + '"'


def steering(raw: Raw) -> str:
    """Return a tree in which each of the texts stands in every field, name and heading that can hold one."""
    files = good(raw)
    everything = {**STEERING, "zero-width": ZERO_WIDTH, "links": LINKS, "html": HTML}
    for number, (name, text) in enumerate(everything.items()):
        say = quoted(text)
        more = (
            f"tags: [{say}]\nlenses: [{say}]\nvalence: {say}\nlinks: [{say}]\nlang: {say}\n{quoted(text[:90])}: {say}\n"
        )
        body = f"{text}\n\n# {text}\n\n- {text}\n\n> {text}\n\n`{text}`\n\n```\n{text}\n```\n\n"
        body += f"|{text}|b|\n|-|-|\n|c|d|\n\n[[{text}]] [[{record_id(1)}|{text}]] **{text}**\n"
        bad = record(200 + number, quoted(f"{name} {text}"), body, more=more)
        files[f"findings/{name}.md"] = bad.replace(b"author: Mallory", f"author: {say}".encode())
        answer = record(300 + number, say, body, kind="response", more=f"to: {record_id(1)}\nkind_of: {say}\n")
        files[f"responses/{name}.md"] = answer
    files["findings/nothing.md"] = record(299, quoted(NOTHING_TO_SEE))
    files["findings/kind.md"] = record(298, "Kind", kind=quoted(STEERING["osc52"]))
    files["findings/created.md"] = record(297, "Day").replace(
        b"2026-11-20", quoted(f"2026-11-20{STEERING['osc52']}").encode()
    )
    files["agendas/steering/agenda.md"] = record(296, quoted(STEERING["toolkit"]), kind="agenda")
    files["agendas/steering/questions/one.md"] = record(
        295, quoted(STEERING["csi"]), kind="question", more=f"agenda: {record_id(296)}\n"
    )
    return raw.files({**files, **own_data()})


def own_data() -> dict[str, bytes]:
    """Return what a place says of itself, and a kind and a framework of its own, with the same texts."""
    bad = "".join(f"\\U{ord(char):08x}" for text in STEERING.values() for char in text)
    about = (
        f'format = 1\nname = "{bad}"\npurpose = "{bad}"\nlanguages = ["{bad}"]\nframeworks = ["{bad}"]\n'
        f'"{bad}" = "{bad}"\n'
        f'[[stewards]]\nrole = "{bad}"\nreach = "{bad}"\n[[key]]\nauthor = "{bad}"\nssh = "ssh-ed25519 {bad}"\n'
    )
    kind = (
        f'name = "walk"\nlabel = "{bad}"\nfolder = "walks"\nshare = "ask"\npurpose = "{bad}"\ncolumns = ["{bad}"]\n'
        f'[[field]]\nname = "{bad}"\ntype = "choice"\nchoices = ["{bad}"]\nhelp = "{bad}"\n'
        f'[[section]]\ntitle = "{bad}"\nhint = "{bad}"\n'
    )
    return {
        "community.toml": about.encode(),
        "reflect/kinds/walk.toml": kind.encode(),
        "reflect/kinds/up.toml": b'name = "up"\nlabel = "Up"\nfolder = "../../journal"\nshare = "ask"\n',
        "reflect/kinds/broken.toml": f"name = {STEERING['osc52']}".encode(),
        "reflect/kinds/deep.toml": b"a = " + b"[" * 50_000,
        "reflect/frameworks/walks.toml": f'name = "walks"\ntitle = "{bad}"\nsource = "{bad}"\n'.encode(),
        "walks/one.md": record(294, "A walk", kind="walk"),
    }


def yaml(raw: Raw) -> str:
    """Return a tree with a record for each block of `YAML`."""
    bad = {f"findings/{name}.md": b"---\n%s\n---\n\nText.\n" % block for name, (block, _) in YAML.items()}
    return raw.files({**good(raw), **bad})


def ids(raw: Raw) -> str:
    """Return a tree whose ids are those of others, stand twice, or are none."""
    files = good(raw)
    for number, bad in enumerate(["", "1", "../../x", "[bold]", "0" * 26, "01JDA6C4T3W5E9K2M8Q7RZ000I", "x" * 5_000]):
        text = record(1, f"Bad id {number}").replace(record_id(1).encode(), bad.encode())
        files[f"findings/bad-{number}.md"] = text
    files["findings/twin.md"] = record(2, "A twin")
    files["findings/small.md"] = record(1, "In small letters").replace(
        record_id(1).encode(), record_id(1).lower().encode()
    )
    return raw.files(files)


def in_anothers_name(raw: Raw, known: bytes, path: str) -> str:
    """Return a tree in which a known record is replaced by another text, and a second one takes its id."""
    changed = known.replace(b"title: ", b"title: Not ")
    return raw.files({**good(raw), path: changed, "findings/another.md": known})
