"""Makes the hostile places as bare repositories: `python -m tests.hostile.make_hostile DIR [NAME…]`.

Each is made past every check of git; nothing of them may be opened with a plain git that you would miss.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.hostile import large, names, texts
from tests.hostile.raw import Raw

Tree = Callable[[Raw], str]
# Whatever runs although it must not, makes this file beside the places.
RAN = "RAN"
HOOKS = (
    "applypatch-msg pre-commit post-checkout post-merge pre-push pre-receive update proc-receive post-receive"
    " post-update reference-transaction push-to-checkout pre-auto-gc post-rewrite fsmonitor-watchman"
)


@dataclass(frozen=True)
class Hostile:
    """A place: which line of what is to be withstood it stands for, and how it is filled.

    `refused` are words of the sentence with which nothing of it is taken, `""` where the rest of it is shown.
    """

    line: str
    build: Tree
    refused: str = ""


def _in_wait(raw: Raw) -> str:
    """Fill a place whose settings and hooks run something for every git that works in it."""
    canary = raw.path.parent / RAN
    (raw.path / "hooks").mkdir()
    for name in HOOKS.split():
        hook = raw.path / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch '{canary}'\n")
        hook.chmod(0o755)
    run = f"touch '{canary}'; false"
    settings = {
        "core": {"fsmonitor": run, "sshCommand": run, "alternateRefsCommand": run, "askPass": run, "pager": run,
                 "editor": run, "hooksPath": str(raw.path / "hooks"), "attributesFile": str(raw.path / "attributes")},
        "uploadpack": {"packObjectsHook": run},
        "diff": {"external": run},
        "gpg": {"program": run},
        "credential": {"helper": f"!{run}"},
        'filter "evil"': {"clean": run, "smudge": run, "process": run, "required": "true"},
        'diff "evil"': {"textconv": run, "command": run},
        'merge "evil"': {"driver": run},
        "remote \"origin\"": {"url": f"ext::sh -c \"touch% '{canary}'\"", "uploadpack": run, "receivepack": run},
        "extensions": {"partialClone": "origin"},
        "include": {"path": str(raw.path / "more")},
    }  # fmt: skip
    with (raw.path / "config").open("a") as config:
        for section, values in settings.items():
            lines = "".join(f"\t{name} = {_in_config(value)}\n" for name, value in values.items())
            config.write(f"[{section}]\n{lines}")
    (raw.path / "attributes").write_bytes(names.ATTRIBUTES)
    (raw.path / "info").mkdir()
    (raw.path / "info" / "attributes").write_bytes(names.ATTRIBUTES)
    return raw.files({**names.good(raw), ".gitattributes": names.ATTRIBUTES})


def _in_config(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


DAMAGED = "damaged, or made to do harm"
CASES: Mapping[str, Hostile] = {
    "not-shown": Hostile("symlinks, odd names, attributes with filters, submodules", names.not_shown),
    "in-wait": Hostile("hooks, attributes with filters", _in_wait),
    "steering": Hostile(
        "terminal escapes, markup, bidi, zero-width, javascript: links, HTML in Markdown", texts.steering
    ),
    "yaml": Hostile("YAML bombs and tags", texts.yaml),
    "ids": Hostile("ids twice", texts.ids),
    "zeros": Hostile("200 MB blob of zeros", large.zeros),
    "many": Hostile("100,000 small files", large.many),
    **{
        name: Hostile("../, .git in every disguise, symlinks, submodules", build, DAMAGED)
        for name, build in names.REFUSED.items()
    },
    **{
        name: Hostile("tree nested 5,000 deep, 100,000 small files", build, words)
        for name, (build, words) in large.REFUSED.items()
    },
}


def make(folder: Path, name: str) -> Path:
    """Make the place of a name below a folder and return its path."""
    raw = Raw(folder / f"{name}.git")
    raw.commit(CASES[name].build(raw))
    return raw.path


def main(words: list[str]) -> int:
    """Make places as the command line says, and return its exit code."""
    if not words or words[0].startswith("-") or set(words[1:]) - set(CASES):
        print(f"{__doc__}\nNAME: {', '.join(CASES)}", file=sys.stderr)
        return 2
    for name in words[1:] or CASES:
        print(make(Path(words[0]).resolve(), name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
