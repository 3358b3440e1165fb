"""`reflect themes`: the colors of the app."""

from __future__ import annotations

from typing import Any

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.textforms import cleaned, one_line
from reflect.settings import read_settings
from reflect.store.shipped import shipped_folder
from reflect.store.theme_files import ThemeFile, theme_files, theme_folders


@click.command("themes", cls=Command)
@pass_session
def command(session: Session) -> None:
    """List the colors of the app.

    The number says how far the weakest text of a theme stands out from the page: 4.5 is easy to read,
    7 is high contrast. A theme that you make is a file in the themes folder beside your settings.

    \b
    Examples:
      reflect themes
      reflect config theme paper
      reflect config theme ""     (follows your terminal's light or dark)
    """
    from reflect.cli.text import print_lines, table

    places = session.context.places
    found = theme_files(theme_folders(places.config))
    chosen = read_settings(places.settings).theme
    rows = [_row(each, chosen) for each in found if not each.problem]
    session.answer(
        lambda: [_shape(each, chosen) for each in found],
        lambda: print_lines(session, table(rows, terminal_width(), ["cyan"])),
    )
    for each in found:
        if each.problem:
            session.say(one_line(f"A theme was left out: {each.path.parent}, {each.problem}"))


def _row(each: ThemeFile, chosen: str) -> list[str]:
    contrast = f"{each.contrast:.1f}" if each.contrast else ""
    where = one_line(each.says) if _ships(each) else cleaned(str(each.path))
    return [each.name, each.word, contrast, where + (" (in use)" if each.name == chosen else "")]


def _shape(each: ThemeFile, chosen: str) -> dict[str, Any]:
    good = not each.problem
    return {
        "name": each.name,
        "says": each.says,
        "dark": each.is_dark if good else None,
        "ansi": each.is_of_terminal if good else None,
        "contrast": each.contrast,
        "path": str(each.path),
        "is_own": not _ships(each),
        "in_use": good and each.name == chosen,
        "problem": each.problem or None,
    }


def _ships(each: ThemeFile) -> bool:
    return each.path.parent == shipped_folder("themes")
