"""The words by which names are told from other words: titles, months, given names, everyday words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LETTER = r"[^\W\d_]"
APOSTROPHES = "'’ʼ‘`´"
# With marks that no letter of its own has: Ṣọ́lá.
WORD = re.compile(rf"{LETTER}+(?:(?:['’ʼ\-‐‑]|[\u0300-\u036f]+){LETTER}+)*[\u0300-\u036f]*")
WORD_PART = re.compile(rf"{LETTER}+")


def words_in(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(text.split())


# Between two parts of one name.
PARTICLES = words_in(
    "de del la las los da das do dos di du des van von der den ter ten zu bin ibn bint ben abu al el ul y e st"
)
# Joined to a name that begins after it: al-Rashid, d'Angelo.
JOINED_PARTICLES = PARTICLES | words_in("d o l mc mac as ash ad an ar at az")
# Before a name in small letters too; those with a point may stand without it.
SHORT_TITLES = words_in("mr mrs ms mx dr dra prof sr sra srta rev supt lic")
TITLES = SHORT_TITLES | words_in(
    "miss professor coach principal superintendent don doña dona señor senor señora senora señorita senorita profe "
    "maestro maestra director directora teacher mentor sister brother father pastor uncle aunt auntie tía tia tío tio "
    "counselor nurse officer deacon imam rabbi"
)
MONTHS_AND_DAYS = words_in(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun mondays tuesdays wednesdays thursdays fridays saturdays sundays "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "lunes martes miercoles jueves viernes sabado domingo"
)
# They begin sentences and are never a part of a name.
SMALL_WORDS = words_in(
    "a an and as at but by for from he her here his how i if in is it its my no not of on or our she so "
    "that the their then there these they this those to we what when where which who why with yes you "
    "your el la los las lo le les ni un una y o que en con por para como cuando donde quien porque si no nos nosotros "
    "ellos ella yo su sus mi mis i'm i've i'd i'll it's that's we're we've don't didn't"
)
# Given names that are everyday words or months: alone at the start of a sentence they are words.
GIVEN_EVERYDAY = words_in(
    "will al grace may hope april june august mark rose joy summer faith art bill bob jack dawn eve autumn "
    "chance chase drew ernest frank gene guy rich rob sandy skip sunny trinity destiny genesis heaven honor "
    "justice king major miles mercy prince princess pearl penny precious royal serenity sincere true "
    "christian lee ray dale grant dean wade ward pat sue carol heather amber ruby jasmine melody violet ivy "
    "olive daisy iris lily"
)
# In small letters they are Spanish words, too.
WORDS_ELSEWHERE = words_in(
    "alma angel blanca clara consuelo cruz dolores dulce ella esperanza estrella flor gloria linda luna luz "
    "marina mercedes milagros paloma paz perla pilar reina reyes rocio rosa rosario santos socorro sol "
    "soledad victoria violeta leon salvador jesus maria romeo dios mayo julio abril diego"
)
SPANISH = words_in("el la los las de del que en un una por con para se su al es y no lo como más pero")
ENGLISH = words_in("the of and to in a that is was for we on with as they it not are were at be")
SPANISH_ENDING = re.compile(
    r"(?:amos|emos|imos|aron|ieron|eron|aban?|ia[ns]?|ando|iendo|cion|ciones|dad|dades|mente|ad[oa]s?|id[oa]s?|tud|aje|ismo"
    r"|ar|er|ir|ara|ar[aeo]n|os|as|es|able|ible|able?s|aste|iste)$"
)
# Family names that end as words of Spanish do.
FAMILY_NAMES = words_in(
    "aguilar salazar escobar villar bolivar cuellar baltazar alcazar oliver soler ferrer vergara guevara lara jara "
    "garcia mejia valencia murcia renteria arias tapia iglesias maldonado salgado machado delgado hurtado alvarado "
    "rosado prado collado preciado regalado casado trinidad torres flores reyes morales rosales gonzales fuentes "
    "cervantes robles paredes corrales canales campos ramos rios rojas salas cuevas contreras cardenas vargas "
    "villegas barrios palacios santos hoyos bustos olmos montes nieves puentes benavides castellanos cisneros "
    "covarrubias cortes llanos matos mijares olivares quinones rosas solares valles viveros yanes casas linares "
    "macias matias mendes nogales olivas palomares rivas tovar tobar vegas berrios escandon"
)
LONGEST_WORD = 40
ENDINGS = (
    ("ies", ("y",)),
    ("es", ("",)),
    ("s", ("",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("ly", ("",)),
    ("ers", ("", "e")),
    ("er", ("", "e")),
    ("ness", ("",)),
    ("ily", ("y",)),
    ("est", ("", "e")),
    ("able", ("", "e")),
)


CONTRACTED = re.compile("'(?:s|ll|d|ve|re)?$")


def folded_word(word: str) -> str:
    """Return a word as names are compared: no accents, small letters, no possessive."""
    if word.isascii():
        plain = word.lower()
    else:
        plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
        plain = re.sub("[’ʼ‘]", "'", plain).replace("‐", "-").replace("‑", "-").casefold()
    return CONTRACTED.sub("", plain) if "'" in plain else plain


def without_possessive(text: str) -> str:
    """Return a name without the ending that says whose something is."""
    return re.sub(r"['’ʼ](?:s|ll|d|ve|re)?$", "", text)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of some texts as names are compared."""
    return frozenset(folded_word(word) for text in texts for word in WORD.findall(text))


class NameWords:
    """The common given names and the everyday words, both folded."""

    def __init__(self, given: frozenset[str], everyday: frozenset[str]) -> None:
        self.given = given
        self._everyday = everyday | SMALL_WORDS | MONTHS_AND_DAYS
        self._answers: dict[str, bool] = {}

    def is_everyday(self, word: str) -> bool:
        """Say whether a folded word is one of everyday language, with each of its parts and any usual ending."""
        answer = self._answers.get(word)
        if answer is None:
            answer = self._answers[word] = all(self._is_known(part) for part in re.split("['-]", word) if part)
        return answer

    def is_given(self, word: str) -> bool:
        """Say whether a folded word, or a part of it, is a given name that is nothing else."""
        return word in self.given or ("-" in word and any(part in self.given for part in word.split("-")))

    def _is_known(self, word: str) -> bool:
        if len(word) == 1 or word in self._everyday:
            return True
        if len(word) > LONGEST_WORD:
            return False
        forms = set(stems(word))
        # Two endings at most: settings, setting, set.
        forms |= {stem for form in forms for stem in stems(form)}
        return not forms.isdisjoint(self._everyday)


def stems(word: str) -> Iterator[str]:
    """Yield what a word may be a form of: itself without an ending."""
    for ending, instead in ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) > 2:
            for each in instead:
                yield base + each
            if len(base) > 3 and base[-1] == base[-2]:
                yield base[:-1]


def is_spanish(text: str) -> bool:
    """Say whether a text is rather Spanish than English, by its smallest words."""
    words = text[:20_000].lower().split()
    return sum(word in SPANISH for word in words) > sum(word in ENGLISH for word in words)
