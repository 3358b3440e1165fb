"""Names and modes that lead elsewhere, that not every system has, or that git itself would act upon."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.hostile.raw import FILE, FOLDER, LINK, REPOSITORY, Item, Raw, record

GOOD = "findings/good.md"
GOOD_TITLE = "Families answer texts"
LONG = 4_000
# By an order of a person, git would follow these: to a filter on the way in and out, to other files, to a program.
ATTRIBUTES = b"* filter=evil diff=evil merge=evil ident working-tree-encoding=UTF-16\n*.md export-subst\n"
MODULES = b'[submodule "inner"]\n\tpath = inner\n\turl = https://example.invalid/inner.git\n'
ANYWHERE = "its name has a character that is not legal everywhere"
NO_END = "a part of its name ends with a dot or a blank"
NO_DEVICE = "Windows takes a part of its name for a device"


def good(raw: Raw) -> dict[str, bytes]:
    """Return the records that have to stay visible whatever lies beside them."""
    return {GOOD: record(1, GOOD_TITLE), "findings/better.md": record(2, "Letters do not")}


# What lies in the folder of findings, as (mode, name): why it is not shown. git takes all of these.
NOT_SHOWN: Mapping[tuple[str, bytes], str] = {
    (LINK, b"link.md"): "it is a link",
    (LINK, b"out"): "it is a link",
    (REPOSITORY, b"inner"): "it is another repository",
    (FILE, b"new\nline.md"): ANYWHERE,
    (FILE, b"rivertown: 9 received.\n  all is well.md"): ANYWHERE,
    (FILE, b"tab\t.md"): ANYWHERE,
    (FILE, b"-rf.md"): "a part of its name begins with “-”",
    (FILE, b"--upload-pack=x.md"): "a part of its name begins with “-”",
    (FILE, b".hidden.md"): "a part of its name begins with “.”",
    (FILE, b"back\\slash.md"): ANYWHERE,
    (FILE, b"..\\..\\up.md"): "a part of its name begins with “.”",
    (FILE, b"C:drive.md"): ANYWHERE,
    (FILE, b"stream.md:$DATA"): ANYWHERE,
    (FILE, b"CON"): NO_DEVICE,
    (FILE, b"con.md"): NO_DEVICE,
    (FILE, b"COM1.md"): NO_DEVICE,
    (FILE, "lpt²".encode()): ANYWHERE,
    (FILE, b"dot."): NO_END,
    (FILE, b"blank.md "): NO_END,
    (FILE, b"\x1b]0;owned\x07.md"): ANYWHERE,
    (FILE, b"\xff\xfe.md"): "its name is not UTF-8 text",
    (FILE, "cafe\u0301.md".encode()): "its name writes an accent in a way that some systems change",
    (FILE, "\u202edm.exe.md".encode()): ANYWHERE,
    (FILE, "zero\u200bwidth.md".encode()): ANYWHERE,
    (FILE, "line\u2028break.md".encode()): ANYWHERE,
    (FILE, b"GOOD.md"): "only capitals tell it from findings/good.md",
    (FILE, b"l" * LONG + b".md"): f"a part of its name has {LONG + 3} bytes, and 120 are taken",
    (FILE, b"[@click=app.quit]x.md"): ANYWHERE,
}


def not_shown(raw: Raw) -> str:
    """Return a tree of findings in which everything of `NOT_SHOWN` lies, and beside it a filter and a submodule."""
    inside = [Item(FILE, b"good.md", raw.blob(good(raw)[GOOD]))]
    pointed = raw.blob(b"/etc/passwd")
    for number, (mode, name) in enumerate(NOT_SHOWN):
        text = record(100 + number, f"Hidden {number}")
        oid = {LINK: pointed, REPOSITORY: "1" * 40}.get(mode) or raw.blob(text)
        inside.append(Item(mode, name, oid))
    tops = [
        Item(FOLDER, b"findings", raw.sorted_tree(inside)),
        Item(FILE, b".gitattributes", raw.blob(ATTRIBUTES)),
        Item(FILE, b".gitmodules", raw.blob(MODULES)),
        Item(REPOSITORY, b"inner", "1" * 40),
    ]
    return raw.sorted_tree(tops)


def _at_top(mode: str, *names: bytes) -> Callable[[Raw], str]:
    def build(raw: Raw) -> str:
        inside = raw.files({"config": b"[core]\n\tfsmonitor = touch RAN\n", "HEAD": b"ref: refs/heads/main\n"})
        oid = inside if mode == FOLDER else raw.blob(record(90, "Bad"))
        return raw.files(good(raw), [Item(mode, name, oid) for name in names])

    return build


def _linked_modules(raw: Raw) -> str:
    return raw.files(good(raw), [Item(LINK, b".gitmodules", raw.blob(b"findings/good.md"))])


def _modules(text: bytes) -> Callable[[Raw], str]:
    def build(raw: Raw) -> str:
        return raw.files({**good(raw), ".gitmodules": text}, [Item(REPOSITORY, b"inner", "1" * 40)])

    return build


def _unsorted(raw: Raw) -> str:
    tree = raw.files(good(raw))
    return raw.tree([Item(FOLDER, b"findings", tree), Item(FOLDER, b"agendas", tree)])


# git refuses these when it is told to look (fsck), so nothing at all comes of such a place.
REFUSED: Mapping[str, Callable[[Raw], str]] = {
    "dot": _at_top(FOLDER, b"."),
    "dot-dot": _at_top(FOLDER, b".."),
    "up": _at_top(FILE, b"../up.md"),
    "absolute": _at_top(FILE, b"/etc/up.md"),
    "inside": _at_top(FILE, b"findings/up.md"),
    "git": _at_top(FOLDER, b".git"),
    "git-capitals": _at_top(FOLDER, b".GIT"),
    "git-short": _at_top(FOLDER, b"git~1"),
    "git-joiner": _at_top(FOLDER, ".git\u200c".encode()),
    "git-inner-joiner": _at_top(FOLDER, ".g\u200dit".encode()),
    "git-bom": _at_top(FOLDER, "\ufeff.git".encode()),
    "git-blank": _at_top(FOLDER, b".git "),
    "git-dot": _at_top(FOLDER, b".git."),
    "git-stream": _at_top(FOLDER, b".git::$INDEX_ALLOCATION"),
    "git-backslash": _at_top(FILE, b".git\\hooks\\post-checkout"),
    "same-name-twice": _at_top(FILE, b"twice.md", b"twice.md"),
    "not-in-order": _unsorted,
    "modules-are-a-link": _linked_modules,
    "modules-run": _modules(b'[submodule "x"]\n\tpath = inner\n\turl = https://e.invalid/x\n\tupdate = !touch RAN\n'),
    "modules-option": _modules(b'[submodule "x"]\n\tpath = inner\n\turl = -u./RAN\n'),
    "modules-name": _modules(b'[submodule "../../x"]\n\tpath = inner\n\turl = https://e.invalid/x\n'),
    "attributes-are-a-link": lambda raw: raw.files(
        good(raw), [Item(LINK, b".gitattributes", raw.blob(b"/etc/passwd"))]
    ),
}
