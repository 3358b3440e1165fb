"""All keys of the app, in one place: what they do, what they are called in the settings, and how they are changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from textual.binding import Binding, BindingError, BindingType, InvalidBinding
from textual.keys import KEY_ALIASES, REPLACED_KEYS, Keys, format_key, key_to_character

from reflect.tui.spoken import READER


class Key(NamedTuple):
    """What some keys do in one place: its name in the settings, the action, and its words on screen."""

    name: str
    keys: str
    action: str
    says: str
    is_shown: bool = False
    is_priority: bool = False


EVERYWHERE = "everywhere"
# In these places a plain letter is typed; a key there needs a modifier, or is none that writes.
TYPED_IN = {
    "writing",
    "responding",
    "completion",
    "find",
    "call-in",
    "come-back",
    "entering",
    "welcome",
    "search",
    "offers",
    "find-in-page",
    "erase",
}

KEYS: Mapping[str, tuple[Key, ...]] = {
    EVERYWHERE: (
        Key("today", "1", "place('today')", "Today", is_shown=True),
        Key("journal", "2", "place('journal')", "Journal", is_shown=True),
        Key("agendas", "3", "place('agendas')", "Agendas", is_shown=True),
        Key("community", "4", "place('community')", "Community", is_shown=True),
        Key("patterns", "5", "place('patterns')", "Patterns", is_shown=True),
        Key("new", "n", "new", "new", is_shown=True),
        Key("search", "slash", "search", "search", is_shown=True),
        Key("sync", "y", "sync", "sync", is_shown=True),
        Key("keys", "question_mark", "keys", "keys", is_shown=True),
        Key("meeting", "m", "meeting", "Meeting view: nothing private on the screen"),
        Key("look", "f5", "look_closely", "Look at all files again"),
        Key("undo", "u,U", "undo", "Undo what was done last"),
        Key("said", "f10", "said", "What was said of late"),
        Key("report", "Y", "report", "What the last sync did"),
        Key("quit", "q", "quit", "Leave"),
        # In a text ctrl+z takes back what was typed; there f12 sets the app aside.
        Key("suspend", "ctrl+z,f12", "suspend_process", "Set aside"),
    ),
    "screen": (Key("back", "escape", "back", "Back"),),
    "today": (
        Key("write", "w", "write", "write"),
        Key("another", "full_stop", "another", "another prompt"),
        Key("not-today", "t", "not_today", "not today"),
        Key("edit", "e", "edit", "edit", is_shown=True),
        Key("read", "r", "read", "read", is_shown=True),
        Key("later", "z", "put_aside", "later", is_shown=True),
        Key("discard", "x", "discard", "discard the draft", is_shown=True),
        Key("copy", "b", "app.keep_copy", "keep a copy elsewhere"),
    ),
    "journal": (
        Key("all", "a", "toggle_all", "all kinds", is_shown=True),
        Key("filter", "f", "filter", "filter", is_shown=True),
        Key("clear", "x", "clear", "no filter"),
        Key("clear-last", "backspace", "clear_last", "Take away the last filter"),
        Key("order", "o", "order", "order", is_shown=True),
        Key("edit", "e", "edit", "edit", is_shown=True),
        Key("mark", "v", "mark", "mark", is_shown=True),
        Key("mark-to", "V", "mark_to", "Mark up to here"),
        Key("mark-down", "shift+down", "mark_on(1)", "Mark and go down"),
        Key("mark-up", "shift+up", "mark_on(-1)", "Mark and go up"),
        Key("mark-all", "asterisk", "mark_all", "Mark all that are shown"),
        Key("day", "g", "ask_day", "Go to a day"),
        Key("library", "l", "app.library", "library"),
        Key("next-month", "right_square_bracket", "month(1)", "Next month"),
        Key("month-before", "left_square_bracket", "month(-1)", "Month before"),
        Key("pane", "tab", "pane(1)", "Next pane", is_priority=True),
        Key("pane-before", "shift+tab", "pane(-1)", "Pane before", is_priority=True),
    ),
    # While records are marked, in a list; their keys come before those of the place.
    "marks": (
        Key("tag", "t", "tag", "tag", is_shown=True),
        Key("export", "x", "export", "export", is_shown=True),
        Key("delete", "d", "delete", "delete", is_shown=True),
    ),
    "reader": (
        Key("edit", "e", "edit", "edit", is_shown=True),
        Key("respond", "r", "respond", "answer", is_shown=True),
        Key("try-too", "t", "try_too", "I tried this too", is_shown=True),
        Key("carry", "a", "carry", "carry on", is_shown=True),
        Key("withdraw", "w", "withdraw", "withdraw", is_shown=True),
        Key("distill", "D", "distill", "distill", is_shown=True),
        Key("versions", "V", "versions", "two versions", is_shown=True),
        Key("unread", "R", "mark_unread", "Mark it as new again"),
        Key("history", "h", "history", "history", is_shown=True),
        Key("share", "s", "share", "share", is_shown=True),
        Key("delete", "d", "delete", "delete", is_shown=True),
        Key("erase", "E", "erase", "Erase it for good, from history too"),
        Key("editor", "o", "open_outside", "own editor", is_shown=True),
        Key("find", "ctrl+f", "find", "find", is_shown=True),
        Key("paper", "p", "paper", "as on paper", is_shown=True),
        Key("chain", "b", "chain", "chain", is_shown=True),
        Key("drawn", "v", "drawn", "drawn", is_shown=True),
        Key("version", "N", "new_version", "new version", is_shown=True),
        Key("copy", "c", "copy", "copy", is_shown=True),
        Key("copy-file", "C", "copy_file", "Copy the whole file, with its fields"),
        Key("copy-link", "l", "copy_link", "Copy the link one has walked to, else one to this record"),
        Key("back", "left", "back", "Back"),
    ),
    "paper": (
        Key("copy", "c", "copy", "Copy the text"),
        Key("back", "left,p", "back", "Back"),
    ),
    "find-in-page": (
        Key("next", "down", "next(1)", "Next place"),
        Key("before", "up", "next(-1)", "Place before"),
        Key("close", "escape", "close", "Read on"),
    ),
    "history": (
        Key("restore", "r", "restore", "restore this state", is_shown=True),
        Key("against", "t", "against", "compare with now, or the state before", is_shown=True),
    ),
    "restore": (Key("restore", "r", "restore", "Restore it"),),
    "agenda": (
        Key("activity", "a", "add('activity')", "activity", is_shown=True),
        Key("finding", "f", "add('finding')", "finding", is_shown=True),
        Key("decision", "d", "add('decision')", "decision", is_shown=True),
        Key("question", "u", "add('question')", "sub-question", is_shown=True),
        Key("wondering", "o", "add('wondering')", "wondering", is_shown=True),
        Key("read", "r", "read_agenda", "read it", is_shown=True),
        Key("timeline", "t", "timeline", "timeline", is_shown=True),
        Key("journey", "g", "journey", "journey", is_shown=True),
        Key("chain", "b", "chain", "chain", is_shown=True),
        Key("library", "l", "library", "Library: what to watch, read and act out"),
        Key("later", "z", "put_aside", "Put an open loop off, or let it rest"),
        Key("lower", "J,ctrl+down", "move_question(1)", "Put the question one place further down"),
        Key("higher", "K,ctrl+up", "move_question(-1)", "Put the question one place further up"),
        Key("edit", "e", "edit", "edit"),
        Key("follow", "w", "follow", "follow", is_shown=True),
        Key("mute", "x", "mute", "mute", is_shown=True),
        Key("fold", "left", "fold(True)", "Fold the question"),
        Key("unfold", "right", "fold(False)", "Unfold the question"),
    ),
    "agendas": (Key("library", "l", "app.library", "library", is_shown=True),),
    "journey": (
        Key("write", "w", "write", "write what is missing", is_shown=True),
        Key("leave-out", "x", "leave_out", "leave the stage out", is_shown=True),
        Key("choose", "g", "choose", "another journey", is_shown=True),
    ),
    "chain": (Key("write", "w", "write", "write what is missing", is_shown=True),),
    "pilot": (Key("write", "w", "write", "write", is_shown=True),),
    "measure": (
        Key("write", "w", "write", "write a finding", is_shown=True),
        Key("value", "a", "add_value", "add a value", is_shown=True),
        Key("edit", "e", "edit", "all values", is_shown=True),
        Key("picture", "x", "picture", "save as a picture", is_shown=True),
    ),
    "progressions": (
        Key("write", "w", "write", "write", is_shown=True),
        Key("rate", "r", "rate", "rate the areas", is_shown=True),
        Key("other", "g", "other", "another rubric", is_shown=True),
    ),
    "rating": (
        Key("another", "a", "another", "this level, and another rater", is_shown=True),
        Key("evidence", "w", "evidence", "what we see", is_shown=True),
        Key("clear", "x", "clear", "clear", is_shown=True),
        Key("next", "right,s", "step(1)", "next area", is_shown=True),
        Key("before", "left", "step(-1)", "area before"),
    ),
    "driver-diagram": (
        Key("write", "w", "write", "try an idea", is_shown=True),
        Key("edit", "e", "edit", "edit the outline", is_shown=True),
        Key("picture", "x", "picture", "save as a picture", is_shown=True),
    ),
    "conditions": (
        Key("write", "w", "write", "write", is_shown=True),
        Key("map", "a", "new_map", "a new map", is_shown=True),
    ),
    "view": (
        Key("write", "w", "write", "write", is_shown=True),
        Key("read", "r", "read_line", "read", is_shown=True),
    ),
    "library": (
        Key("tick", "x", "tick", "tick off", is_shown=True),
        Key("note", "w", "note", "note", is_shown=True),
        Key("act", "a", "act", "activity", is_shown=True),
        Key("find", "f", "find", "find", is_shown=True),
    ),
    "community": (
        Key("edit", "e", "edit", "edit", is_shown=True),
        Key("read", "r", "mark_read", "mark as read", is_shown=True),
        Key("follow", "f", "follow", "follow", is_shown=True),
        Key("mute", "x", "mute", "mute", is_shown=True),
        Key("invite", "i", "invite", "invite", is_shown=True),
        Key("join", "J", "join", "join", is_shown=True),
        Key("begin", "B", "begin", "Begin a community"),
    ),
    "community-page": (
        Key("fetch", "f", "fetch", "fetch it", is_shown=True),
        Key("records", "r", "records", "its records", is_shown=True),
        Key("invite", "i", "invite", "invite", is_shown=True),
        Key("purpose", "p", "purpose", "what it is for", is_shown=True),
        Key("steward", "w", "steward", "who looks after it", is_shown=True),
        Key("mute", "x", "mute", "mute", is_shown=True),
        Key("leave", "L", "leave_community", "leave it", is_shown=True),
        Key("back", "left", "back", "Back"),
    ),
    "invitation": (Key("copy", "c", "copy", "Copy the line"),),
    "entering": (
        Key("copy", "f2", "copy_key", "copy the line", is_shown=True),
        Key("back", "escape", "back", "back", is_shown=True),
    ),
    "two-versions": (
        Key("mine", "m", "resolve('mine')", "mine", is_shown=True),
        Key("theirs", "t", "resolve('theirs')", "theirs", is_shown=True),
        Key("both", "b", "resolve('both')", "both", is_shown=True),
        Key("edit", "e", "edit", "edit", is_shown=True),
        Key("whole", "w", "whole", "whole text", is_shown=True),
        Key("back", "escape", "back", "not now", is_shown=True),
    ),
    "patterns": (
        Key("write", "w", "write", "write", is_shown=True),
        Key("period", "p", "period", "period", is_shown=True),
        Key("drawn", "v", "drawn", "drawn", is_shown=True),
        Key("progressions", "g", "app.progressions", "progressions", is_shown=True),
        Key("pane", "tab", "pane", "list or figure", is_shown=True, is_priority=True),
        Key("pane-before", "shift+tab", "pane", "Figure or list", is_priority=True),
    ),
    "share": (
        Key("replace", "r", "replace", "replace by a role", is_shown=True),
        Key("keep", "k", "keep", "keep, I am sure", is_shown=True),
        Key("remove", "x", "remove", "remove", is_shown=True),
        Key("take-back", "backspace", "take_back", "let it stand again", is_shown=True),
        Key("send", "S", "send", "share exactly this", is_shown=True),
        Key("pane", "tab", "pane", "the other text", is_shown=True, is_priority=True),
        Key("leave", "escape", "back", "nothing leaves", is_shown=True),
    ),
    # What is written into a community, seen before it is there: all else as in a review.
    "settle": (
        Key("send", "S", "send", "write exactly this", is_shown=True),
        Key("leave", "escape", "back", "nothing is written", is_shown=True),
    ),
    "search": (
        Key("results", "down", "results", "results"),
        Key("edit", "e", "edit", "edit"),
        Key("save", "ctrl+s", "save_search", "keep this search", is_shown=True),
        Key("back", "escape", "back", "back", is_shown=True),
    ),
    "searches": (
        Key("forget", "d,delete", "forget", "forget this one", is_shown=True),
        Key("forget-all", "x", "forget_all", "forget recent ones", is_shown=True),
    ),
    "offers": (
        Key("down", "down", "choose_offer(1)", "Next offer"),
        Key("up", "up", "choose_offer(-1)", "Offer before"),
        Key("take", "tab", "take_offer", "Take the offer"),
        Key("done", "enter", "take_or_submit", "Take the offer, or be done"),
        Key("close", "escape", "close_offers", "Close the offers"),
    ),
    "writing": (
        # Not before other keys: what was typed a moment before it belongs to what is saved.
        Key("save", "ctrl+s", "save", "save", is_shown=True),
        Key("fields", "f2", "fields", "fields", is_shown=True),
        Key("calm", "ctrl+o", "calm", "calm", is_shown=True),
        Key("editor", "f4", "open_outside", "own editor", is_shown=True),
        Key("done", "escape", "back", "done", is_shown=True),
        Key("find", "ctrl+f", "find", "find in the text"),
        Key("find-next", "f3", "find_next(1)", "find the next"),
        Key("find-before", "shift+f3", "find_next(-1)", "find the one before"),
        Key("spelling", "f8", "spelling", "spelling of the word"),
        Key("panel", "f9", "panel", "side panel on or off"),
        # The list takes tab while it is there; a key that it lets pass does what it does elsewhere.
        Key("next-field", "tab", "app.focus_next", "Next field"),
    ),
    "responding": (
        Key("save", "ctrl+s", "save", "put it there", is_shown=True),
        Key("done", "escape", "back", "done", is_shown=True),
        Key("read-on", "ctrl+down,f6", "read_on(1)", "read on above", is_shown=True),
        Key("read-back", "ctrl+up,f7", "read_on(-1)", "read back above"),
        Key("next-field", "tab", "app.focus_next", "Next field"),
    ),
    "completion": (
        Key("down", "down", "move_in_list(1)", "Next in the list", is_priority=True),
        Key("up", "up", "move_in_list(-1)", "The one before", is_priority=True),
        Key("choose", "enter,tab", "choose_from_list", "Write it", is_priority=True),
        Key("leave", "escape", "leave_list", "Close the list", is_priority=True),
    ),
    "find": (
        Key("next", "f3,down", "step(1)", "next", is_shown=True),
        Key("before", "shift+f3,shift+enter,up", "step(-1)", "before", is_shown=True),
        Key("leave", "escape", "leave", "back to the text", is_shown=True),
    ),
    "meeting": (
        Key("find", "slash,f", "find", "find", is_shown=True),
        Key("results", "down", "results", "The list"),
        Key("leave", "m", "app.ask_to_leave_meeting", "Leave the meeting view"),
        Key("back", "escape", "back", "leave", is_shown=True),
    ),
    "shared-reader": (Key("respond", "r", "respond", "answer", is_shown=True),),
    "call-in": (
        Key("next", "ctrl+n", "moment(1)", "next moment", is_shown=True),
        Key("before", "ctrl+b", "moment(-1)", "moment before"),
        Key("whole", "ctrl+g", "whole", "the whole text, or the moments again"),
        Key("take", "ctrl+t", "take", "take what is offered"),
        Key("let-pass", "ctrl+l", "let_pass", "let it pass, and why"),
        Key("start", "ctrl+r", "start", "start another record from this"),
        Key("page", "f1", "page", "what to know first", is_shown=True),
    ),
    "come-back": (Key("answers", "down", "answers", "Answers that need no typing"),),
    "welcome": (Key("quit", "ctrl+q", "app.quit", "leave", is_shown=True),),
    "list": (
        Key("down", "down,j", "move(1)", "Down"),
        Key("up", "up,k", "move(-1)", "Up"),
        Key("page-down", "pagedown,space", "page(1)", "A page down"),
        Key("page-up", "pageup", "page(-1)", "A page up"),
        Key("first", "home", "first", "To the first"),
        Key("last", "end", "last", "To the last"),
        Key("open", "enter", "choose", "Open"),
    ),
    "answers": (
        Key("down", "down", "move(1)", "Down"),
        Key("up", "up", "move(-1)", "Up"),
        Key("first", "home", "first", "To the first"),
        Key("last", "end", "last", "To the last"),
        Key("take", "enter", "choose", "This answer"),
    ),
    "choices": (Key("cross", "space,enter", "choose", "Cross or clear"),),
    "page": (
        Key("page-down", "space", "page_down", "A page down"),
        Key("down", "j", "scroll_down", "Down"),
        Key("up", "k", "scroll_up", "Up"),
        Key("next-link", "tab", "walk(1)", "Next link"),
        Key("link-before", "shift+tab", "walk(-1)", "Link before"),
        Key("follow", "enter", "follow", "Follow the link"),
    ),
    "calendar": (
        Key("day-before", "left", "move(-1)", "The day before"),
        Key("day-after", "right", "move(1)", "The day after"),
        Key("week-before", "up", "move(-7)", "The week before"),
        Key("week-after", "down", "move(7)", "The week after"),
        Key("open", "enter", "choose", "What was written on that day"),
    ),
    "erase": (
        Key("down", "down", "read_on(1)", "The next lines"),
        Key("up", "up", "read_on(-1)", "The lines before"),
    ),
    "dialog": (Key("leave", "escape", "leave", "Leave"),),
    "new": (Key("begin", "enter", "begin", "Begin", is_priority=True),),
}

# Known to all who use a keyboard, or of no use here.
OF_THE_FRAMEWORK = {
    "copy_text",
    "focus_next",
    "focus_previous",
    "page_left",
    "page_right",
    "scroll_left",
    "scroll_right",
    "scroll_up",
    "scroll_down",
    "maximize",
    "minimize",
    "help_quit",
}
NAMES = {
    "escape": "esc",
    "pagedown": "page down",
    "pageup": "page up",
    "minus": "-",
    "plus": "+",
    "backspace": "backspace",
}
MODIFIERS = {"ctrl", "shift", "alt", "meta", "super", "hyper"}


def bindings(place: str) -> list[BindingType]:
    """Return the bindings of a place, for Textual; each can be changed by its id, `place.name`."""
    return [
        Binding(key.keys, key.action, key.says, key.is_shown, priority=key.is_priority, id=f"{place}.{key.name}")
        for key in KEYS[place]
    ]


def shown_key(key: str) -> str:
    """Return a key as people read it: `esc`, `/`, `ctrl+s`."""
    modifier, plus, last = key.rpartition("+")
    if last in ("up", "down", "left", "right") and READER.is_on:
        return key
    return modifier + plus + (NAMES.get(last) or format_key(last))


def keymap(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the keys to use in place of ours, and a sentence for each that cannot be.

    `wanted` maps `place.name` to keys with commas between; what is wrong in it keeps its default.
    """
    good: dict[str, str] = {}
    problems: list[str] = []
    for name, text in wanted.items():
        problem = _problem(name, text)
        if problem:
            problems.append(f"Keys: {name} {problem} The usual key stays.")
        else:
            good[name] = ",".join(_long(each) for each in text.split(","))
    for name, problem in list(_clashes(good)):
        del good[name]
        problems.append(f"Keys: {name} {problem} The usual key stays.")
    return good, problems


def names() -> list[str]:
    """Return what all keys are called in the settings."""
    return [f"{place}.{key.name}" for place, keys in KEYS.items() for key in keys]


def _problem(name: str, text: str) -> str:
    place, _, own = name.partition(".")
    if place not in KEYS:
        return f"is not known; the places are {', '.join(KEYS)}."
    if own not in [key.name for key in KEYS[place]]:
        return f"is not known; in {place} there are {', '.join(key.name for key in KEYS[place])}."
    for each in text.split(","):
        key = _long(each)
        if not _is_key(key):
            return f"is “{each.strip()}”, which is no key. Keys look like f, ctrl+f, f5 or escape."
        if place in TYPED_IN and "+" not in key and _is_written(key):
            return f"is “{each.strip()}”, which writes a letter there; it needs ctrl, or a key such as f5."
    return ""


def _clashes(changed: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield (name, why) for each change that takes a key another action of the same place has."""
    for name, text in changed.items():
        place = name.partition(".")[0]
        places = (place,) if place != EVERYWHERE else tuple(KEYS)
        for other, keys in _in_force((*places, EVERYWHERE), changed):
            shared = set(text.split(",")) & set(keys.split(","))
            if other != name and shared:
                yield name, f"is “{shown_key(min(shared))}”, which is the key of {other}."
                break


def _in_force(places: Iterable[str], changed: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for place in dict.fromkeys(places):
        for key in KEYS[place]:
            name = f"{place}.{key.name}"
            yield name, changed.get(name, key.keys)


def _long(key: str) -> str:
    """Return a key by the name that Textual has for it: `slash` for `/`."""
    try:
        return next(iter(Binding.make_bindings([Binding(key.strip(), "")]))).key
    except (BindingError, InvalidBinding):
        return key.strip()


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    if not last or not set(modifiers) <= MODIFIERS:
        return False
    return key in _known() or last in _known() or _is_written(last)


@cache
def _known() -> set[str]:
    """Return every key that has a name; only those ask who changed a key."""
    return {str(each.value) for each in Keys} | {alias for aliases in KEY_ALIASES.values() for alias in aliases}


def _is_written(key: str) -> bool:
    """Say whether a key writes a character."""
    return key_to_character(REPLACED_KEYS.get(key, key)) is not None
