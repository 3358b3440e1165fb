"""What a person decided about a text, done to it in one pass: no replacement is replaced by another one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reflect.records.review.flag import NAME, NO_SPANS, Flag, Spans
from reflect.records.review.people import People, as_begun

# Characters that are not seen: they could carry a text that no review shows.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U000e01ef\U000f0000-\U0010fffd]"
    "|(?<=[\\w\\s\ufe0f])\ufe0f"
)
# They end a line, in ways that Markdown does not know.
LINE_ENDS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))
POSSESSIVE = re.compile(r"['’]s?(?!\w)")
# They stand directly behind a word.
AFTER_A_WORD = (",", ".", ";", ":", "!", "?", "")
BLANKS = re.compile(r"[ \t]+")
# Removing one text may form another one; this often it is looked for again.
MOST_ROUNDS = 40


@dataclass(frozen=True)
class Settled:
    """How a person settled what was flagged: each text with what stands for it, those that stay, those that go."""

    replace: Mapping[str, str] = field(default_factory=dict)
    keep: Sequence[str] = ()
    remove: Sequence[str] = ()


NOTHING_SETTLED = Settled()
Pieces = list[tuple[str, bool]]


class Substitution:
    """One record being made ready: what was settled is put in place, and roles for the known `people`."""

    def __init__(self, people: People | None, settled: Settled) -> None:
        self._people = people
        self._keep = frozenset(settled.keep)
        roles = {_normal(given): role for given, role in settled.replace.items()}
        self._roles = {**roles, **dict.fromkeys(map(_normal, settled.remove), "")}
        self._pattern = _pattern(each for each in self._roles if each)
        self._own: dict[str, Spans] = {}
        self._done: dict[str, str] = {}
        self.settled_texts = frozenset(each for each in self._roles if each)
        self.replaced: list[tuple[str, str]] = []
        self.had_unseen = False

    def text(self, text: str) -> str:
        """Return a text with known people as roles, and with what a person said done to it."""
        seen = UNSEEN.sub("", unicodedata.normalize("NFC", text.translate(LINE_ENDS)))
        self.had_unseen = self.had_unseen or bool(UNSEEN.search(text))
        pieces: Pieces = [(seen, False)]
        for _ in range(MOST_ROUNDS):
            before = _joined(pieces)
            pieces = self._with_people(self._with_settled(pieces))
            if _joined(pieces) == before:
                break
        result = _joined(pieces)
        shift = len(result) - len(result.lstrip("\n"))
        self._own[result.strip("\n")] = _own_spans(pieces).moved(-shift)
        return result

    def own_words(self, text: str) -> Spans:
        """Return where in a text that was made ready a person wrote something in place of something else."""
        before = len(text) - len(text.lstrip("\n"))
        return self._own.get(text.strip("\n"), NO_SPANS).moved(before)

    def settled_flags(self) -> list[Flag]:
        """Return what was replaced or removed because a person said so, as flags that are settled."""
        return [
            Flag(NAME, text, 1, resolved=True, how=f"→ {role}" if role else "is removed")
            for text, role in self._done.items()
        ]

    def _with_settled(self, pieces: Pieces) -> Pieces:
        """Return the pieces with everything settled that stands in them, the longest first, each once."""
        if self._pattern is None:
            return pieces
        text, spans = _joined(pieces), _own_spans(pieces)
        parts: Pieces = []
        end = 0
        for match in self._pattern.finditer(text):
            given = _normal(match[0])
            role = self._roles.get(given)
            if role is None or (role and spans.hold(*match.span())):
                continue
            parts += _between(text, spans, end, match.start())
            end = match.end()
            self._done[given] = role
            if role:
                parts.append((as_begun(text, match.start(), role), True))
            else:
                end = _end_of_removed(text, match.start(), end)
                if text[end : end + 1] in AFTER_A_WORD and parts and not parts[-1][1]:
                    parts[-1] = (parts[-1][0].rstrip(" \t"), False)
        return [*parts, *_between(text, spans, end, len(text))]

    def _with_people(self, pieces: Pieces) -> Pieces:
        """Return the pieces with known names as roles; what a person wrote in place of something stays."""
        text, spans = _joined(pieces), _own_spans(pieces)
        parts: Pieces = []
        end = 0
        for each in self._people.find(text) if self._people else ():
            name = text[each.start : each.end]
            if not each.is_sure or name in self._keep or spans.hold(each.start, each.end) or each.start < end:
                continue
            self.replaced.append((name, each.role))
            parts += _between(text, spans, end, each.start)
            parts.append((as_begun(text, each.start, each.role), False))
            end = each.end
        return [*parts, *_between(text, spans, end, len(text))]


def _end_of_removed(text: str, start: int, end: int) -> int:
    """Return where the text goes on after a removal: behind a possessive, and behind a blank that would be a second."""
    own = POSSESSIVE.match(text, end)
    end = own.end() if own else end
    blank = BLANKS.match(text, end) if text[start - 1 : start] in ("", " ", "\t", "\n") or not start else None
    return blank.end() if blank else end


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _pattern(texts: Iterable[str]) -> re.Pattern[str] | None:
    spelled = []
    for given in sorted(texts, key=len, reverse=True):
        before = r"(?<!\w)" if given[0].isalnum() else ""
        after = r"(?!\w)" if given[-1].isalnum() else ""
        spelled.append(before + r"\s+".join(re.escape(word) for word in given.split()) + after)
    return re.compile("|".join(spelled)) if spelled else None


def _joined(pieces: Pieces) -> str:
    return "".join(text for text, _ in pieces)


def _own_spans(pieces: Pieces) -> Spans:
    spans, end = [], 0
    for text, is_own in pieces:
        if is_own and text:
            spans.append((end, end + len(text)))
        end += len(text)
    return Spans(spans)


def _between(text: str, spans: Spans, start: int, end: int) -> Pieces:
    """Return a stretch of a text in pieces, with those still marked that are a person's own words."""
    pieces: Pieces = []
    for own_start, own_end in spans.within(start, end):
        pieces += [(text[start:own_start], False), (text[own_start:own_end], True)]
        start = own_end
    return [*pieces, (text[start:end], False)]
