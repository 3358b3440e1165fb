"""Write the pages of keys, commands and settings from what the program reads: `python docs/make_reference.py`."""

from __future__ import annotations

import inspect
from pathlib import Path

import click

from reflect.cli.group import COMMANDS, root
from reflect.settings import SETTINGS
from reflect.tui.keys import KEYS, shown_key

FOLDER = Path(__file__).parent
KEYS_HEAD = """# Keys

`?` shows the keys of the place you are in, and `ctrl+p` finds every action by its words. This page lists all of
them, with the name that each has in the settings.

## Other keys

The settings file (`reflect config` says where it is) may put other keys in their place:

```toml
[keys.journal]
filter = "ctrl+f"

[keys.today]
write = ["w", "f6"]
```

Keys look like `f`, `F`, `ctrl+f`, `f5`, `pagedown` or `escape`. At its start the app says what it could not
take, and why: a name that does not exist, a key that does not exist, a key that another action of the same
place has, or a letter in a place where letters are typed. The usual key then stays. Some keys never arrive in a
plain terminal, `ctrl+enter` and `ctrl+shift+…` among them.
"""
PLACES = {"everywhere": "Everywhere", "screen": "On every screen", "list": "In every list", "page": "Where one reads"}


COMMANDS_HEAD = """# Commands

Every command takes `--json` for one JSON value on standard output, `--vault DIR` for another journal, `--yes`
to answer every question, `--verbose` and `--debug`. `reflect COMMAND --help` says more; for a kind of record,
`reflect new KIND --help` lists its fields and sections. A record is named by its id, by the last four
characters of it or more, or by its path.
"""
SETTINGS_HEAD = """# Settings

`reflect config` shows them, `reflect config NAME VALUE` sets one, and `reflect config NAME ""` brings its
default back. They are kept in a file, whose place `reflect config` says; comments in it stay. Keys of the app
are changed in the same file: [keys](keys.md).

| name | what it does | it takes | without it |
|---|---|---|---|
"""


def pages() -> dict[str, str]:
    """Return each page by the name of its file."""
    return {"keys.md": _keys(), "commands.md": _commands(), "settings.md": _settings()}


def _commands() -> str:
    parts = [COMMANDS_HEAD]
    context = click.Context(root, info_name="reflect")
    for title, names in COMMANDS.items():
        parts.append(f"## {title}\n")
        for name, says in names.items():
            parts += [f"### reflect {name}\n", f"{says}\n", *_examples(root.get_command(context, name))]
    return "\n".join(parts)


def _examples(command: click.Command | None) -> list[str]:
    text = inspect.cleandoc((command.help if command else "") or "")
    _, found, examples = text.partition("Examples:\n")
    return [f"```\n{inspect.cleandoc(examples)}\n```\n"] if found else []


def _settings() -> str:
    return (
        SETTINGS_HEAD
        + "\n".join(f"| `{each.name}` | {each.help} | {each.allowed} | {each.default or '–'} |" for each in SETTINGS)
        + "\n"
    )


def _keys() -> str:
    parts = [KEYS_HEAD]
    for place, keys in KEYS.items():
        parts.append(f"## {PLACES.get(place, place.replace('-', ' ').capitalize())}\n")
        parts.append("| key | what it does | name |\n|---|---|---|")
        for key in keys:
            shown = " ".join(f"`{shown_key(each)}`" for each in key.keys.split(","))
            parts.append(f"| {shown} | {key.says[:1].upper()}{key.says[1:]} | `{place}.{key.name}` |")
        parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
