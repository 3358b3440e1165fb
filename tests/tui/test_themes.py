"""Themes: checked when read, and every text pair can be read."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from reflect.context import Context
from reflect.store.kind_files import shipped_folder
from reflect.tui.app import ReflectApp
from reflect.tui.themes import BadTheme, load_themes, read_theme
from reflect.workspace import Workspace
from tests.tui.conftest import SMALL, said, settle

GOOD = 'name = "dawn"\nprimary = "#0b5563"\n'
FOREGROUNDS = [
    "foreground",
    "text",
    "text-muted",
    "text-disabled",
    "text-primary",
    "text-accent",
    "text-warning",
    "text-error",
    "text-success",
    "link-color",
]
BACKGROUNDS = ["background", "surface", "panel", "block-cursor-background", "block-cursor-blurred-background"]
OTHERS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("footer-foreground", "footer-background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("link-color-hover", "link-background-hover"),
)
THEMES = {theme.name: theme for theme in load_themes([shipped_folder("themes")])[0]}


def luminance(color: Color) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_there_are_a_dark_and_a_light_theme() -> None:
    assert {name: theme.dark for name, theme in THEMES.items()} == {"evening": True, "paper": False}


@pytest.mark.parametrize("name", THEMES)
def test_every_pair_of_text_and_ground_can_be_read(name: str) -> None:
    colors = THEMES[name].to_color_system().generate()
    pairs = [(text, ground) for text in FOREGROUNDS for ground in BACKGROUNDS] + list(OTHERS)
    weak = {
        (text, ground): round(ratio, 2)
        for text, ground in pairs
        if (ratio := contrast(Color.parse(colors[text]), Color.parse(colors[ground]))) < 4.5
    }
    assert weak == {}


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


async def test_without_color_the_terminal_decides(context: Context, workspace: Workspace) -> None:
    bare = dataclasses.replace(context, environment={**context.environment, "NO_COLOR": "1"})
    app = ReflectApp(bare, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.theme == "ansi-dark"


def test_no_color_stands_outside_the_themes() -> None:
    import reflect.tui

    folder = Path(reflect.tui.__file__).parent
    for path in [*folder.rglob("*.py"), *folder.rglob("*.tcss")]:
        text = path.read_text()
        assert not [
            word
            for word in text.split()
            if word.startswith("#")
            and len(word.strip(";")) in (4, 7)
            and all(sign in "0123456789abcdefABCDEF" for sign in word.strip(";")[1:])
        ], path
