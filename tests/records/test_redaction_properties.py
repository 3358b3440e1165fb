"""Whatever a text is made of: once each flag is settled, nothing that was planted in it is in the bytes that leave."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.records.review.people import People
from reflect.store.name_files import name_words
from tests.records.reviewing import PEOPLE, redact, settle_everything

SYLLABLES = st.lists(st.sampled_from(["zor", "vak", "brz", "quil", "jup", "wex", "kov", "yth"]), min_size=2, max_size=3)
STRANGE = SYLLABLES.map("".join)
GAPS = st.sampled_from([" ", "\t", "\u00a0", "\u2009", " - ", "-", ".", "/", " / ", "–", "\u202f"])
KNOWN = st.sampled_from(["Ruth Okafor", "ruth okafor", "OKAFOR, RUTH", "Ruth *Okafor*", "R. Okafor", "Ruth\nOkafor"])
BEFORE = st.sampled_from(["", "Then ", "so, ", "- ", "Two came: ", "“", "> ", "**", "## ", "| ", "(", "we saw\n"])
WORDS = st.sampled_from(["we met", "and", "so it was.", "\n\n", "families", "“yes”", "(then)", "It went on.", "—"])
QUOTES = st.sampled_from(["“”", "‘’", '""', "«»", "„“", "»«", "“", '"', "> "])


@st.composite
def planted(draw):
    """Return a piece of text and what in it must not leave."""
    sort = draw(st.sampled_from(["name", "full name", "title", "known", "mail", "number", "quote"]))
    word = draw(STRANGE)
    if sort == "name":
        return draw(BEFORE) + word.capitalize() + draw(st.sampled_from(["", "’s", "'s", ":", ","])), word
    if sort == "full name":
        particle = draw(st.sampled_from(["", "de la ", "van der ", "al-", "O’"]))
        return f"{draw(BEFORE)}Devin {particle}{word.capitalize()}", word
    if sort == "title":
        return draw(st.sampled_from(["ms. ", "Mr. ", "Dr ", "coach ", "SRA. "])) + word, word
    if sort == "known":
        return draw(BEFORE) + draw(KNOWN), "okafor"
    if sort == "mail":
        at = draw(st.sampled_from(["@", " @ ", " [at] ", "(at)", "＠"]))
        return f"{word}{at}{word}{draw(st.sampled_from(['.', ' [dot] ', '(dot)']))}org", word
    if sort == "number":
        parts = draw(st.lists(st.integers(100, 999).map(str), min_size=2, max_size=4))
        return "so " + draw(GAPS).join(parts), "".join(parts)
    marks = draw(QUOTES)
    body = " ".join(f"{word}{chr(97 + number)}" for number in range(26))
    return (f"\n\n> {body}" if marks == "> " else f"\n\n{marks[0]}{body}{marks[1:]}"), f"{word}m"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(WORDS, planted()), min_size=1, max_size=8), st.sampled_from(["", "a student"]))
def test_nothing_planted_is_left_once_every_flag_is_settled(pieces, role):
    body = " ".join(each if isinstance(each, str) else each[0] for each in pieces)
    text = settle_everything(body, role).split("---\n", 2)[2].casefold()
    digits = "".join(filter(str.isdigit, text))
    for each in pieces:
        if not isinstance(each, str):
            assert each[1] not in (digits if each[1].isdigit() else text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(KNOWN, WORDS), min_size=1, max_size=12))
def test_no_known_name_ever_leaves(parts):
    text = redact(" ".join(parts)).text
    assert [each for each in People(PEOPLE, name_words()).find(text) if each.is_sure] == []
