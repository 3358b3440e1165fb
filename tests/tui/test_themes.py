"""Themes: checked when read, every text can be read in every one, and each is put on where it belongs."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.pilot import Pilot
from textual.theme import Theme

import reflect.tui
from reflect.context import Context
from reflect.settings import read_settings
from reflect.store.shipped import shipped_folder
from reflect.store.theme_files import COLORS, GROUNDS, OTHERS, PAIRS, TEXTS, BadTheme
from reflect.tui.app import ReflectApp
from reflect.tui.themes import load_themes, read_theme
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, press, said, settle, shown, write

SOURCE = Path(reflect.tui.__file__).parent
GOOD = 'name = "dawn"\nprimary = "#0b5563"\n'
THEMES = {theme.name: theme for theme in load_themes([shipped_folder("themes")])[0]}
OURS = [name for name, theme in THEMES.items() if not theme.ansi]
PLAIN = [name for name, theme in THEMES.items() if theme.ansi]
# What the sixteen colors are in three terminals: of Linux, of xterm, and of Windows.
PALETTES = {
    "linux": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "windows": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
}
# How the three kinds of color blindness see linear light (Machado, Oliveira and Fernandes 2009, severity 1).
BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(color: Color) -> tuple[float, ...]:
    parts = (value / 255 for value in color.rgb)
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(color: Color) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def needed(name: str) -> float:
    return 7.0 if name.startswith("contrast") else 4.5


def colors_of(name: str) -> dict[str, Color]:
    made = {**THEMES[name].to_color_system().generate(), **THEMES[name].variables}
    return {key: Color.parse(value) for key, value in made.items() if re.fullmatch(r"#\w+|ansi_\w+", value)}


def in_256(color: Color) -> Color:
    return Color(*color.rich_color.downgrade(ColorSystem.EIGHT_BIT).get_truecolor())


def test_there_are_themes_for_every_eye_and_hour() -> None:
    assert {name for name, theme in THEMES.items() if theme.dark} == {
        "evening", "night", "chalk", "clear", "contrast", "plain",
    }  # fmt: skip
    assert {name for name, theme in THEMES.items() if not theme.dark} == {
        "paper", "morning", "contrast-light", "plain-light",
    }  # fmt: skip


def test_every_theme_sets_what_the_first_one_sets() -> None:
    wanted = set(THEMES["evening"].variables)
    assert {name: wanted - set(theme.variables) for name, theme in THEMES.items()} == {name: set() for name in THEMES}


@pytest.mark.parametrize("name", OURS)
def test_every_pair_of_text_and_ground_can_be_read(name: str) -> None:
    colors = colors_of(name)
    grounds = [*GROUNDS, "block-hover-background", "input-selection-background"]
    pairs = [*((text, ground) for text in TEXTS for ground in grounds), *PAIRS]
    found = {pair: round(contrast(colors[pair[0]], colors[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < needed(name)} == {}
    # Where there are 256 colors, the nearest of these are taken.
    found = {pair: round(contrast(in_256(colors[pair[0]]), in_256(colors[pair[1]])), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", OURS)
def test_what_is_drawn_and_means_something_stands_out(name: str) -> None:
    colors = colors_of(name)
    for mark in ("border", "scrollbar", "scrollbar-hover", "scrollbar-active", "input-cursor-background"):
        assert contrast(colors[mark], colors["background"]) >= 3, mark


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("name", PLAIN)
def test_the_terminals_own_colors_can_be_read_on_its_page(name: str, palette: str) -> None:
    own = [Color.parse(f"#{value}") for value in PALETTES[palette].split()]
    page = own[0] if THEMES[name].dark else own[15]
    colors = colors_of(name)
    used = {number for text in TEXTS if (number := colors[text].ansi) is not None and number >= 0}
    assert used
    assert {number: round(contrast(own[number], page), 2) for number in used if contrast(own[number], page) < 4.5} == {}


def seen_by(color: Color, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """Return a color as CIE L*a*b*, as an eye sees it that lacks one kind of cone."""
    light = [max(0.0, min(1.0, sum(a * b for a, b in zip(row, linear(color), strict=True)))) for row in matrix]
    xyz = (
        (0.4124 * light[0] + 0.3576 * light[1] + 0.1805 * light[2]) / 0.9505,
        0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2],
        (0.0193 * light[0] + 0.1192 * light[1] + 0.9505 * light[2]) / 1.089,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_good_and_bad_differ_for_eyes_of_every_kind(blindness: str) -> None:
    colors = colors_of("clear")
    seen = {name: seen_by(colors[f"text-{name}"], BLINDNESS[blindness]) for name in ("success", "warning", "error")}
    for one, other in (("success", "error"), ("success", "warning"), ("warning", "error")):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        # Two is what a careful eye can tell apart, side by side.
        assert distance > 20, (one, other)


async def screens(app: ReflectApp, journal: Journal, pilot: Pilot[Any]) -> Iterator[str]:  # type: ignore[misc]
    """Walk through the screens, and give the name of each."""
    for name, keys in {
        "today": (),
        "journal": ("2", "down"),
        "record": ("enter", "tab"),
        "history": ("h",),
        "agendas": ("3",),
        "agenda": ("enter",),
        "new": ("n",),
        "writing": ("enter", "A"),
        "fields": ("escape", "2", "e", "tab"),
        "search": ("escape", "1", "slash", "f", "a", "m"),
        "hits": ("down",),
        "keys": ("escape", "escape", "question_mark"),
        "palette": ("escape", "ctrl+p"),
    }.items():
        await press(pilot, *keys)
        yield name  # type: ignore[misc]


def texts_on(pilot: Pilot[Any]) -> Iterator[tuple[str, Style]]:
    """Return every piece of text on the screen with its style; what is only drawn is left out."""
    for strip in pilot.app.screen._compositor.render_strips(pilot.app.size):
        for segment in strip:
            if segment.style is not None and any(sign.isalnum() for sign in segment.text):
                yield segment.text, segment.style


def of_many_colors() -> tuple[Theme, dict[tuple[int, int, int], str]]:
    """Return a theme in which no two names have the same color, and the name of each color."""
    evening = THEMES["evening"]
    names = [name for name in evening.variables if not name.endswith("-text-style")]
    colors = {name: f"#{number:02x}{255 - number:02x}80" for number, name in enumerate([*names, *COLORS])}
    variables = {**evening.variables, **{name: colors[name] for name in names}}
    theme = Theme(name="many", dark=True, variables=variables, **{name: colors[name] for name in COLORS})
    return theme, {Color.parse(color).rgb: name for name, color in colors.items()}


async def test_every_text_on_every_screen_can_be_read_in_every_theme(app: ReflectApp, journal: Journal) -> None:
    many, names = of_many_colors()
    pairs: dict[tuple[str, str], str] = {}
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        app.register_theme(many)
        app.theme = "many"
        async for screen in screens(app, journal, pilot):
            app.tell("Something was said.")
            await settle(pilot)
            for text, style in texts_on(pilot):
                found = [names.get(Color.from_rich_color(each).rgb, "?") for each in (style.color, style.bgcolor)]
                # What lies behind a dialog is dimmed on purpose.
                if "?" not in found or not app.screen.is_modal or not _is_behind(app, text):
                    pairs[found[0], found[1]] = f"{screen}: {text.strip()}"
            app.clear_notifications()
    assert {pair: where for pair, where in pairs.items() if "?" in pair} == {}
    assert len(pairs) > 12
    weak = {}
    for name in OURS:
        colors = colors_of(name)
        for text, ground in pairs:
            ratio = contrast(colors[text], colors[ground])
            if ratio < needed(name):
                weak[name, text, ground] = (round(ratio, 2), pairs[text, ground])
    assert weak == {}


def _is_behind(app: ReflectApp, text: str) -> bool:
    """Say whether a text belongs to the screen below a dialog."""
    below = app.screen_stack[-2]
    size = app.size
    return text in "\n".join("".join(each.text for each in strip) for strip in below._compositor.render_strips(size))


async def test_without_any_color_everything_is_still_said(app: ReflectApp, journal: Journal) -> None:
    """`shown` knows of no colors: what it does not say, only a color says."""
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down")
        assert "▎Thu 19 Nov" in shown(pilot)
        await press(pilot, "3", "enter")
        text = shown(pilot)
        for words in ("± Families answer", "− Robocalls made it worse", "finding, negative", "✗ findings shared"):
            assert words in text
        await press(pilot, "escape", "2", "home", "enter", "e")
        await write(pilot, "More. ")
        assert "draft" in shown(pilot)
        await press(pilot, "ctrl+s", "escape")
        await press(pilot, "h")
        assert re.search(r"\{\+.*More", shown(pilot))


def test_every_color_in_a_style_sheet_is_one_that_themes_set() -> None:
    known = {*THEMES["evening"].variables, *COLORS, "surface", "block-cursor-blurred-text-style"}
    used = {
        (path.name, name)
        for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.tcss")]
        for name in re.findall(r"\$([a-z][a-z-]+[a-z])", path.read_text())
    }
    assert used
    assert {(path, name) for path, name in used if name not in known} == set()


def test_theme_files_know_the_fields_of_a_theme() -> None:
    assert {*COLORS, *OTHERS} - {"says"} == {each.name for each in dataclasses.fields(Theme)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = ", "not TOML"),
        (GOOD + "evil = 1\n", "`evil` is not known"),
        (GOOD.replace("#0b5563", "#zzz"), "`primary` is '#zzz'"),
        (GOOD.replace("dawn", "../x"), "`name`"),
        ('name = "x"\n', "`primary` is missing"),
        (GOOD + "[variables]\nborder = 'red; } Screen { display: none'\n", "`border` is"),
        (GOOD + "[variables]\n'a b' = 'red'\n", "`a b` has a name"),
        (GOOD + "[variables]\nblock-cursor-text-style = 'blink'\n", "`block-cursor-text-style` is"),
        (GOOD + "dark = 'yes'\n", "`dark` has to be a bool"),
    ],
)
def test_a_bad_theme_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(BadTheme, match=r"t\.toml") as caught:
        read_theme(text, "t.toml")
    assert says in str(caught.value)


def test_a_good_theme_is_read() -> None:
    theme = read_theme(GOOD + "[variables]\ntext = 'auto 87%'\n", "t.toml")
    assert dataclasses.asdict(theme)["variables"] == {"text": "auto 87%"}
    assert isinstance(theme, Theme)


async def test_a_bad_theme_is_told_and_not_fatal(context: Context, workspace: Workspace) -> None:
    folder = context.places.config / "themes"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text("name = 3\n")
    (folder / "dawn.toml").write_text(GOOD)
    context.places.settings.write_text('theme = "nowhere"\n')
    app = ReflectApp(context, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.theme == "evening"
        assert "dawn" in app.available_themes
        assert "bad.toml" in said(pilot)[0]
        assert "no theme “nowhere”" in said(pilot)[1]


@pytest.mark.parametrize("lightness", ["dark", "light"])
async def test_a_theme_of_the_terminals_colors_needs_no_more_than_its_first_line(
    context: Context, workspace: Workspace, lightness: str
) -> None:
    folder = context.places.config / "themes"
    folder.mkdir(parents=True)
    dark = str(lightness == "dark").lower()
    (folder / "mine.toml").write_text(f'name = "mine"\nansi = true\ndark = {dark}\nprimary = "ansi_blue"\n')
    context.places.settings.write_text('theme = "mine"\n')
    app = ReflectApp(context, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.theme == "mine"
        await press(pilot, "n")
        assert "Reflection" in shown(pilot)


async def test_without_color_the_terminals_own_theme_is_used(context: Context, workspace: Workspace) -> None:
    bare = dataclasses.replace(context, environment={**context.environment, "NO_COLOR": "1"})
    app = ReflectApp(bare, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.theme == "plain"


async def choose_colors(pilot: Pilot[Any]) -> list[str]:
    """Open the dialog, and return its lines."""
    await pilot.app.run_action("app.colors")
    await settle(pilot)
    return [line.strip("│ ▎") for line in shown(pilot).splitlines()]


async def test_a_theme_is_tried_on_while_the_cursor_is_on_it_and_kept_with_enter(
    app: ReflectApp, journal: Journal
) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        lines = await choose_colors(pilot)
        assert any(re.search(r"contrast-light +light, high contrast", line) for line in lines)
        await press(pilot, "down", "down")
        assert app.theme == "clear"
        await press(pilot, "enter")
        assert app.theme == "clear"
        assert read_settings(app.context.places.settings).theme == "clear"
        await choose_colors(pilot)
        await press(pilot, "home", "enter")
        assert app.theme == "evening"
        assert read_settings(app.context.places.settings).theme == ""


async def test_escape_brings_the_old_theme_back(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await choose_colors(pilot)
        await press(pilot, "end")
        assert app.theme == "plain-light"
        await press(pilot, "escape")
        assert app.theme == "evening"
        assert not app.context.places.settings.exists()


async def test_themes_of_ones_own_can_be_chosen_and_broken_ones_say_why(app: ReflectApp, journal: Journal) -> None:
    folder = app.context.places.config / "themes"
    folder.mkdir(parents=True)
    (folder / "dawn.toml").write_text(GOOD)
    (folder / "bad.toml").write_text('name = "bad"\nprimary = "#zzz"\n')
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        lines = await choose_colors(pilot)
        assert any(line.startswith("dawn") for line in lines)
        assert any("bad.toml: `primary` is '#zzz'" in line for line in lines)


async def test_settings_that_cannot_be_written_are_told(app: ReflectApp, journal: Journal) -> None:
    app.context.places.settings.mkdir(parents=True)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await choose_colors(pilot)
        await press(pilot, "down", "enter")
        assert said(pilot)


def test_no_color_stands_outside_the_themes() -> None:
    for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.tcss")]:
        text = path.read_text()
        assert not [
            word
            for word in text.split()
            if word.startswith("#")
            and len(word.strip(";")) in (4, 7)
            and all(sign in "0123456789abcdefABCDEF" for sign in word.strip(";")[1:])
        ], path
