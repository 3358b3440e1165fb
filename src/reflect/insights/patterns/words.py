"""Words that come and go in my reflections: this term beside the two before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reflect.insights.patterns.figures import BARS, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.records.school import EVERY_WEEK
from reflect.records.wording import listed, quoted
from reflect.store.word_files import stop_words

KIND = "reflection"
TIMES = 3
FEWEST_USES = 8
SHORTEST = 3
MOST_SHOWN = 10
# Headings, links and addresses are no words of the person's own. Each begins with what is quickly looked for.
NOT_WORDS = [re.compile(each) for each in (rb"\n#[^\n]*", rb"\[\[[^\]\n]*\]\]", rb"https?://\S+")]
APOSTROPHES = str.maketrans("", "", "’ʼ")
LETTERS = re.compile(r"[^\W\d_]+")
# Everything of ASCII that is no letter; what has more bytes stays as it is.
SPACED = bytes(byte if byte >= 128 or chr(byte).isalpha() else 32 for byte in range(256))


def words(material: Material) -> Found:
    """Return the words used at least three times as often, or as rarely, this term as in the two before."""
    terms = material.school.terms_back(material.today, 3)
    if len(terms) < 3:
        terms = EVERY_WEEK.terms_back(material.today, 3)
    scope = material.mine(KIND)
    days = [(term.start.isoformat(), min(term.end, material.today).isoformat()) for term in terms]
    texts = [material.counts.bodies(scope.between(*each)) for each in days]
    now, before = counted_words(texts[-1]), counted_words([text for part in texts[:-1] for text in part])
    records = sum(map(len, texts))
    more, less = changed(now, before)
    if not more and not less:
        return Found(records, "No word is used three times as often, or as rarely, as before.")
    parts = [
        Part(word, word, now[word], note=f"{now[word]} this term, {before[word]} in the two before", group=group)
        for group, found in (("more often", more), ("more rarely", less))
        for word in found[:MOST_SHOWN]
    ]
    said = [
        f"{how}: {listed([quoted(word) for word in found[:TIMES]])}"
        for how, found in (("More often this term", more), ("more rarely", less))
        if found
    ]
    question = "What does this word stand in for?"
    says = "; ".join(said)
    offers = (Offer("write a reflection", KIND),)
    return Found(records, f"{says[:1].upper()}{says[1:]}.", Figure(BARS, tuple(parts)), question, offers)


def counted_words(texts: Sequence[str]) -> Counter[str]:
    """Return how often each word of three letters or more stands in these texts, stop words left out."""
    data = "\n".join(["", *texts]).encode("utf-8", "replace")
    for no_words in NOT_WORDS:
        data = no_words.sub(b" ", data)
    found: Counter[str] = Counter()
    stops = stop_words()
    # Bytes are split and counted several times faster than text; what else stands in a word is told by the few
    # different ones.
    for piece, number in Counter(data.translate(SPACED, b"'").split()).items():
        for word in LETTERS.findall(piece.decode("utf-8", "replace").translate(APOSTROPHES).casefold()):
            if len(word) >= SHORTEST and word not in stops:
                found[word] += number
    return found


def changed(now: Counter[str], before: Counter[str]) -> tuple[list[str], list[str]]:
    """Return the words used at least three times as often by their share of all words, and as rarely.

    Each has eight uses or more where it is used more. What changed most comes first.
    """
    total_now, total_before = now.total(), before.total()
    if not total_now or not total_before:
        return [], []
    # Shares are compared without dividing, so that no rounding decides.
    more = [w for w, n in now.items() if n >= FEWEST_USES and n * total_before >= TIMES * before[w] * total_now]
    less = [w for w, n in before.items() if n >= FEWEST_USES and n * total_now >= TIMES * now[w] * total_before]
    more.sort(key=lambda word: (-now[word] / (before[word] + 1), word))
    less.sort(key=lambda word: (-before[word] / (now[word] + 1), word))
    return more, less


PATTERNS = (
    Pattern(
        "words",
        "Words that come and go",
        "Words in my reflections whose share of all words is three times as large this term as in the two before, or "
        "a third of it; with eight uses or more where there are more. Common words of English and Spanish, headings "
        "and links are left out.",
        20,
        "reflections in three terms",
        words,
        spans="terms",
    ),
)
