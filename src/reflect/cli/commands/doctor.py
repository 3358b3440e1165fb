"""`reflect doctor`: is everything there and readable?"""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.textforms import one_line


@click.command("doctor", cls=Command)
@click.option("--fix", is_flag=True, help="Mend what can be mended without losing anything.")
@pass_session
def command(session: Session, fix: bool) -> int:
    """Check that everything is there and readable.

    Looks at your records, their history, the search index, drafts and settings. Ends with 1 where
    something is damaged; advice alone does not count.

    \b
    Examples:
      reflect doctor
      reflect doctor --fix
      reflect doctor --json
    """
    with session.progress("Checking") as progress:
        checks = session.workspace.doctor(fix, progress)
    is_sound = all(check.ok or not check.is_damage for check in checks)

    def as_text() -> None:
        from reflect.cli.text import entries, print_lines

        for check in checks:
            mark, color = ("ok", "green") if check.ok else ("BAD", "red") if check.is_damage else ("note", "yellow")
            words = one_line(check.detail) + (f" → {one_line(check.fix)}" if check.fix and not check.ok else "")
            lines = entries([(f"{mark:4}  {one_line(check.name)}", words)], terminal_width())
            session.line(lines[0], fg=color)
            print_lines(session, lines[1:])

    session.answer(
        lambda: {
            "ok": is_sound,
            "checks": [
                {"name": each.name, "ok": each.ok, "detail": each.detail, "fix": each.fix or None} for each in checks
            ],
        },
        as_text,
    )
    return 0 if is_sound else 1
