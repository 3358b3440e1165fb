"""`reflect search`: full text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from reflect.cli.filters import FilterOptions, chosen_filters, chosen_limit, filter_options
from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    from reflect.store.catalog import Hit


@click.command("search", cls=Command)
@click.argument("query", nargs=-1, required=True)
@filter_options
@pass_session
def command(
    session: Session, query: tuple[str, ...], limit: int | None, offset: int, **options: Unpack[FilterOptions]
) -> None:
    """Search all text.

    QUERY is words that all have to occur, "phrases in quotes", beginnings such as famil*, and
    filters: kind:finding tag:texting lens:policy agenda:A since:2026-09-01 until:yesterday. The
    newest matches come ranked, the best first, each with the place where it matched.

    \b
    Examples:
      reflect search families answer
      reflect search '"in their language"' --kind finding
      reflect search 'text* since:2026-09-01' --json
    """
    from reflect.cli.shapes import Shapes
    from reflect.cli.text import print_lines
    from reflect.store.catalog import RANKED_MATCHES

    filters = chosen_filters(session, options)
    desk = session.desk
    most = chosen_limit(session, limit)
    hits = desk.search(" ".join(query), filters, most, offset)
    shapes = Shapes(desk)
    session.answer(
        lambda: [shapes.hit(hit) for hit in hits],
        lambda: print_lines(session, _lines(hits, terminal_width())),
    )
    if not hits and not session.as_json:
        session.say("Nothing found. Try fewer words, or a beginning such as famil*")
    elif len(hits) == RANKED_MATCHES:
        session.say(f"These are the newest {RANKED_MATCHES:,} matches; --until finds older ones.")
    elif len(hits) == most:
        session.say_more(f"There may be more: add --offset {offset + most}")


def _lines(hits: list[Hit], columns: int) -> list[str]:
    from reflect.cli.text import rows_as_lines

    heads = rows_as_lines([hit.row for hit in hits], columns)
    lines = []
    for head, hit in zip(heads, hits, strict=True):
        lines.append(head)
        if snippet := _marked(hit.snippet, columns - 4):
            lines.append("    " + snippet)
    return lines


def _marked(snippet: str, columns: int) -> str:
    """Return a snippet on one line, cut to fit, with its matches in bold."""
    from reflect.cli.text import fitted

    # The marks are control characters, so they are set aside while the rest is cleaned.
    pieces = [one_line(f"|{part}|")[1:-1] for part in snippet.replace("\x03", "\x02").split("\x02")]
    lines, left = [], columns
    for number, piece in enumerate(pieces):
        shown = fitted(piece, left)
        left -= len(piece)
        lines.append(click.style(shown, bold=True) if number % 2 else shown)
        if left <= 0:
            break
    return "".join(lines).strip()
