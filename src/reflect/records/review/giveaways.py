"""What gives a person or a place away by its form: addresses, numbers, accounts, links, files, hidden text.

Every pattern begins at a fixed place and is bounded or possessive, so that no text makes it slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reflect.records.review.flag import (
    ACCOUNT,
    ADDRESS,
    DATE,
    FILE,
    HIDDEN,
    LINK,
    MAIL,
    NUMBER,
    PASSWORD,
    PHONE,
    Found,
    Spans,
)

BLANK = r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
DASH = r"[\-\u2010-\u2015\u2212\uff0d]"
# Between the digits of one number: blanks, dashes, dots, slashes, brackets; a line end only after one of these.
GAP = rf"(?:{BLANK}|{DASH}|[.·•/\\()\[\]_*]|(?<=[\-.(/\u2010-\u2015])\n[ \t>]{{0,4}})"
DIGITS = re.compile(
    rf"(?<![\w.])(?:[A-Za-z]{{1,3}}{DASH}?)?[+(]{{0,2}}\d(?:{GAP}{{0,4}}\d){{5,}}+(?:{BLANK}?(?:x|ext\.?){BLANK}?\d{{1,6}})?+"
)
PASSWORDS = re.compile(
    r"(?=[a-z])(?<!\w)(?:pass(?:word|code|phrase)|pin|pwd|contraseñ?a|clave)(?:\s?(?::|=|is|es|was|era)\s?|\s(?=\d))"
    r"(?P<word>[^\s,;]{3,60}+)",
    re.IGNORECASE,
)
SPELLED = re.compile(
    r"(?=[a-z])(?<!\w)(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
    r"|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)(?:[\s,.\-–]{1,3}|\b)){6,}+",
    re.IGNORECASE,
)
IDS = re.compile(
    rf"(?=[a-z])(?<!\w)(?:students?|employees?|staff|case|badge|lunch|locker|pupil|id|i\.d\.|ssn|matr[ií]cula|expediente|estudiante)"
    rf"(?:{BLANK}?(?:id|no\.?|n[uú]m(?:ero|ber)?\.?|number|#|:|{DASH}|is|es)){{0,3}}{BLANK}?"
    r"(?P<id>[A-Za-z]{0,4}[\-–]?\d[\d\-–]{2,19}(?!\w))"
    r"|(?<![\w#&])#(?P<mark>\d{4,}+)(?!\w)|(?<!\w)(?P<part>[xX*•]{2,4}[- ]?[xX*•]{0,4}[- ]?\d{4})(?!\w)",
    re.IGNORECASE,
)
# Digits and letters in one word, such as a code by which a system knows a child.
CODES = re.compile(r"(?<![\w/\[])(?=\w{6,40}+(?!\w))(?=[^\W\d]*\d)(?=\d*[^\W\d])(?=(?:\w*?\d){4})\w{6,40}+")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-zé]{0,7}\.?"
DATES = re.compile(
    r"(?<![\d\-./])(?:\d{4}-\d{2}-\d{2}|\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d)(?![.\-/]?\d)"
)
ANY_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of| de)? {MONTH}(?:,?(?: de)? \d{{4}})?)"
)
BIRTHDAYS = re.compile(
    rf"(?<!\w)(?:born|birth ?day|birth|dob|d\.o\.b\.|turn(?:s|ed|ing) \d{{1,2}}|naci[oó]|nacid[oa]|nacimiento"
    r"|cumplea[nñ]os|cumple)"
    rf"[^\n\d]{{0,24}}?(?P<date>{ANY_DATE})(?!\d)",
    re.IGNORECASE,
)

_REST = r"[\w.'’\-]{0,30}"
_NAMED = rf"[^\W\d_]{_REST}"
_ORDINAL = r"\d{1,3}(?:st|nd|rd|th)"
_DIRECTION = r"(?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.?\s)?"
_SURE = "street|avenue|ave|boulevard|blvd|road|rd|lane|ln|terrace|parkway|pkwy|highway|hwy|str"
_LOOSE = "st|dr|ct|pl|cir|trl|ter"
_WORDY = "drive|court|way|place|circle|trail|loop|square|alley|plaza"
STREETS = re.compile(
    rf"(?<![\w.,:/\-])\d{{1,6}}[a-z]?,?\s(?i:{_DIRECTION})(?:"
    rf"(?:(?:{_NAMED}|{_ORDINAL})\s){{1,4}}?(?i:{_SURE})(?!\w)"
    rf"|(?:{_NAMED}|{_ORDINAL})\s(?:(?:{_NAMED})\s){{0,2}}?(?i:{_LOOSE})(?![\w'’])"
    rf"|(?:[A-ZÀ-ÞŁŚŻ]{_REST}\s){{1,4}}?(?i:{_WORDY})(?!\w))\.?"
    rf"(?:,?\s(?i:(?:apt|apartment|suite|ste|unit)\.?\s?|#)#?(?:\d{{1,5}}[a-z]?|[a-z]\d{{0,4}})(?!\w))?"
    rf"|(?<![\w.,:/\-])(?!(?:19|20)\d\d\s)\d{{3,5}}\s{_NAMED}\s(?:{_WORDY})(?!\w)"
)
STREETS_ELSEWHERE = re.compile(
    r"(?<!\w)(?:calle|avenida|av(?:da?|e)?\.?|carrera|callej[oó]n|calzada|privada|cerrada|paseo|camino|plaza|colonia|rue|via)"
    rf"\s(?:(?:de|del|la|las|los|el|{_NAMED}|\d{{1,3}})\s){{1,5}}?(?:#|no\.?|n[uú]m\.?|n[ºo]\.?)?{BLANK}?\d{{1,6}}(?!\d)"
    rf"|(?<!\w){_NAMED}(?:stra(?:ß|ss)e|str\.|weg|gasse|platz)\s\d{{1,4}}[a-z]?(?!\w)",
    re.IGNORECASE,
)
PLACES = re.compile(
    r"(?=[Pp])(?<!\w)(?i:p\.?\s?o\.?\s?box|post office box)\s?#?\d{1,7}"
    r"|(?=[Aa])(?<!\w)(?i:apartado(?: postal)?|apdo\.?|apt\.?|apartment|apto\.?)\s?#?\d{1,7}[A-Za-z]?(?!\w)"
    r"|(?=[A-Z])(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d[A-Z]\s\d[A-Z]\d)(?!\w)"
    r"|(?=[\d\-])(?<![\w.])-?\d{1,3}\.\d{3,}+°?\s?[NS]?,\s{0,2}-?\d{1,3}\.\d{3,}+"
)
WHOLE_END = re.compile(r"[a-z]{4}\.\Z", re.IGNORECASE)
POSTAL_CODES = re.compile(r"(?<!\w)\d{5}(?:-\d{4})?(?!\w)")
# Before a postal code: the state, shortened or not. Those that are words as well count after a comma only.
STATE = re.compile(
    r"(?:(?<!\w)(?:[A-Z]{2}|(?i:al|ak|az|ar|ca|co|ct|fl|ga|ia|id|il|ks|ky|md|mi|mn|ms|mt|nc|nd|ne|nh|nj|nm|nv|ny|ri|sc|sd|tn|tx"
    r"|ut|va|vt|wa|wi|wv|wy|dc|pr))|(?<=,)\s?(?i:in|or|me|hi|ok|oh|la|de|ma|pa|mo)|(?<!\w)(?i:alabama|alaska|arizona"
    r"|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky"
    r"|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada"
    r"|new (?:hampshire|jersey|mexico|york)|(?:north |south )?(?:carolina|dakota)|ohio|oklahoma|oregon|pennsylvania"
    r"|rhode island|tennessee|texas|utah|vermont|virginia|washington|wisconsin|wyoming"
    r"|zip(?: code)?|c\.p|c[oó]digo postal))"
    r"[.,:]{0,2}\s\Z"
)

_AT = r"(?:\s?[\[({\\]?[@＠﹫][\])}]?\s?|\s?(?:\[at\]|\(at\)|\{at\}|<at>|\[arroba\]|\(arroba\))\s?|&#64;|%40)"
_DOT = r"(?:\.|\s?(?:\[dot\]|\(dot\)|\{dot\}|\[\.\]|\(\.\)|\[punto\]|\(punto\))\s?)"
MAILS = re.compile(
    rf"(?<![\w.+%\-])(?:mailto:)?[\w.+%'*\-]{{1,64}}+{_AT}[\w*\-]{{1,60}}+(?:{_DOT}[\w*\-]{{1,60}}+){{1,6}}(?::[\w./~\-]{{2,100}}+)?"
    r"|(?<![\w.+%\-])[\w.+%'\-]{1,64}+@[\w\-]{1,60}+"
    r"|(?<![\w.+%\-])[\w.+%'\-]{1,64}+\sat\s(?:[\w\-]{2,60}\.){1,4}(?:org|com|net|edu|gov|us|mx|es|k12|school)(?!\w)"
    r"|(?<![\w.+%\-])[\w.+%'\-]{1,64}+\s(?:at|arroba)\s[\w\-]{2,60}+(?:\s(?:dot|punto)\s[\w\-]{2,60}+){1,4}",
    re.IGNORECASE,
)
AT_SIGNS = ("@", "＠", "﹫", " at ", "[at]", "(at)", "{at}", "<at>", "arroba", " dot ", "&#64;", "%40")
ACCOUNTS = re.compile(
    r"(?<![\w@＠./])[@＠][A-Za-z_][\w.\-]{1,40}+|(?<![\w/])u/[A-Za-z_]\w{2,30}+"
    r"|(?=[a-z])(?<!\w)(?:instagram|snapchat|tiktok|discord|skype|whatsapp|venmo|twitter|facebook|snap|insta|ig)"
    r"(?:\s(?:is|es|handle|name|user))?\s?:\s?(?P<name>[\w.#\-]{3,40}+)",
    re.IGNORECASE,
)

_IN_ADDRESS = r"[^\s<>\"“”«»]"
WEB = re.compile(
    rf"(?<!\w)(?:[a-z][a-z+.\-]{{1,14}}://|www\.|magnet:|(?:[\w\-]{{1,60}}\.){{1,4}}[a-z]{{2,8}}(?::\d+)?/){_IN_ADDRESS}{{1,2000}}+",
    re.IGNORECASE,
)
# Who may come in, and who asks, stands in these: a password, a token, a document that only its readers should find.
TELLING = re.compile(
    r"://[^/?#]*@|%40|^magnet:"
    r"|(?:^|//|\.)(?:bit\.ly|tinyurl\.com|goo\.gl|forms\.gle|t\.co|ow\.ly|1drv\.ms|zoom\.us|docs\.google\.com|drive\.google\.com"
    r"|meet\.google\.com|dropbox\.com|sharepoint\.com|padlet\.com)/."
    r"|[?&#;/](?:[a-z_\-]{0,20})(?:token|key|auth|sig|signature|pass|pwd|password|secret|code|user|uid|name|student|id|email"
    r"|session|sid|invite|share|access|login|resourcekey|usp)[a-z_\-]{0,12}=|=[^&#\s]{12}"
    r"|/(?=[\w\-]{0,60}\d)(?=[\w\-]{0,60}[a-z])(?=\w*[\w\-]{16})[a-z\-]*+(?![a-z\-]*(?:/|$))[\w\-]{3,}"
    r"|%[46][1-9a-f]|%[57][0-9a]|@[a-z_][\w.]{2,}|/~|/(?:in|user|users|people|profile|u)/[\w.\-]{2,}",
    re.IGNORECASE,
)
RECORDS = re.compile(r"\[\[([^\[\]\n]{1,300})\]\]")
ENDING = (
    r"\.(?:jpe?g|png|heic|gif|webp|tiff?|bmp|svg|pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|tsv|txt|md|mp3|m4a|wav|mp4"
    r"|mov|avi|zip|key|pages|numbers|eml|msg|ics|vcf|html?|json)"
)
FILES = re.compile(
    r"!\[\[[^\[\]\n]{1,300}\]\]"
    r"|!\[[^\]\n]{0,400}\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,200}\])?"
    r"|(?<!!)\[[^\[\]\n]{0,400}\]\((?!\s*<?(?:https?:|mailto:|tel:|#))[^()\n]{0,1000}\)"
    rf"|(?<![\w/])(?:file:|data:(?=[\w/+.\-]{{1,80}}[;,])|[a-z]:\\|\\\\|~/|\.\.?/|/(?:users|home|root|mnt|media|volumes"
    rf"|private|tmp|var|data)/){_IN_ADDRESS}{{1,2000}}+",
    re.IGNORECASE,
)
FILE_ENDINGS = re.compile(rf"{ENDING}(?!\w)", re.IGNORECASE)
FILE_NAME = re.compile(r"[\w%+./&\-]{1,100}\Z")
# A tag is not shown, and what it holds leaves all the same; plain emphasis holds nothing.
TAGS = re.compile(r"</?[a-z][a-z0-9\-]{0,20}(?:\s[^<>]{1,2000}|/)?>", re.IGNORECASE)
DECLARATIONS = re.compile(r"<\?.{1,2000}?\?>|<!(?=[A-Za-z\[])[^>]{1,2000}>", re.DOTALL)
PLAIN_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|br|p|sub|sup|small|mark|hr|code|del|ins|kbd|ul|ol|li)\s?/?>", re.IGNORECASE
)
DEFINITIONS = re.compile(r"^[ \t>]{0,6}\[(?!\^)[^\[\]\n]{1,200}\]:[^\n]{1,2000}", re.MULTILINE)
PASTED = re.compile(
    r"^---[ \t]*\n(?:[\w\-]{1,60}:[^\n]*\n|[ \t#\-][^\n]*\n){1,200}?(?:---|\.\.\.)[ \t]*$", re.MULTILINE
)
ENTITIES = re.compile(r"(?:&#(?:x[0-9a-f]{1,6}|\d{1,7});?){1,200}+", re.IGNORECASE)
PHONE_LINKS = re.compile(r"(?<!\w)(?:tel|sms|callto|skype|facetime|whatsapp):[^\s)>\]]{3,60}+", re.IGNORECASE)


def giveaways(text: str, leads_there: Callable[[str], bool]) -> Iterator[Found]:
    """Yield what is found; of two that stand at one place, the more telling one.

    `leads_there` says whether a `[[link]]` leads to a record of the community.
    """
    taken = Spans([])
    yield from _hidden(text)
    sorts = (_files(text), _links(text, leads_there), _mails(text), _accounts(text))
    for found in (*sorts, _addresses(text), _numbers(text)):
        new = [each for each in found if not taken.hold(each.start, each.end)]
        yield from new
        taken = taken.with_more((each.start, each.end) for each in new)


def _of(what: str, pattern: re.Pattern[str], text: str, signs: str = "") -> list[Found]:
    if signs and not any(sign in text for sign in signs):
        return []
    return [_stripped(what, match.start(), match[0]) for match in pattern.finditer(text)]


def _stripped(what: str, start: int, text: str) -> Found:
    bare = text.lstrip()
    return Found(what, start + len(text) - len(bare), bare.rstrip())


def _files(text: str) -> list[Found]:
    found = _of(FILE, FILES, text, "[:/\\")
    found += [each for each in _of(HIDDEN, TAGS, text, "<") if not PLAIN_TAG.fullmatch(each.text)]
    for match in FILE_ENDINGS.finditer(text):
        before = FILE_NAME.search(text, max(0, match.start() - 100), match.start())
        if before is not None:
            name = text[before.start() : match.end()]
            if "://" not in text[max(0, before.start() - 4) : match.end()]:
                found.append(Found(FILE, before.start(), name))
    return found


def _links(text: str, leads_there: Callable[[str], bool]) -> list[Found]:
    found = [
        Found(LINK, match.start(), match[0])
        for match in RECORDS.finditer(text)
        if not leads_there(match[1].partition("|")[0].partition("#")[0].strip()) or "|" in match[1]
    ]
    found += _of(LINK, DEFINITIONS, text, "[")
    for match in WEB.finditer(text):
        address = match[0].rstrip(".,;:!?)]}'*_>")
        if TELLING.search(address):
            found.append(Found(LINK, match.start(), address))
    return found + _of(PHONE, PHONE_LINKS, text, ":")


def _mails(text: str) -> list[Found]:
    lower = text.lower()
    return _of(MAIL, MAILS, text) if any(sign in lower for sign in AT_SIGNS) else []


def _accounts(text: str) -> list[Found]:
    return [
        Found(
            ACCOUNT, match.start("name") if match["name"] else match.start(), (match["name"] or match[0]).rstrip(".-")
        )
        for match in ACCOUNTS.finditer(text)
    ]


def _addresses(text: str) -> list[Found]:
    found = _of(ADDRESS, STREETS, text)
    found += _of(ADDRESS, STREETS_ELSEWHERE, text)
    # A point behind a whole word ends the sentence.
    found = [each._replace(text=each.text.removesuffix(".")) if WHOLE_END.search(each.text) else each for each in found]
    found += _of(ADDRESS, PLACES, text)
    for match in POSTAL_CODES.finditer(text):
        first = max(0, match.start() - 24)
        state = STATE.search(text, first, match.start())
        if state is not None:
            found.append(_stripped(ADDRESS, state.start(), text[state.start() : match.end()]))
    return found


def _numbers(text: str) -> list[Found]:
    found = [Found(DATE, match.start("date"), match["date"]) for match in BIRTHDAYS.finditer(text)]
    dateless = DATES.sub(lambda date: "," * len(date[0]), text)
    for match in DIGITS.finditer(dateless):
        found.append(Found(_sort_of_number(match[0]), match.start(), match[0]))
    found += [Found(PASSWORD, match.start("word"), match["word"].rstrip(".)]")) for match in PASSWORDS.finditer(text)]
    taken = Spans((each.start, each.end) for each in found)
    for match in IDS.finditer(text):
        which = match.lastgroup or "id"
        found.append(Found(NUMBER, match.start(which), match[which]))
    found += [each for each in _of(NUMBER, CODES, text) if not taken.hold(each.start, each.end)]
    return found + _of(NUMBER, SPELLED, text)


def _sort_of_number(text: str) -> str:
    digits = sum(char.isdigit() for char in text)
    is_spaced = any(char in text for char in "()+") or re.search(rf"\d(?:{GAP}){{1,3}}\d{{3,4}}$", text) is not None
    return PHONE if 7 <= digits <= 15 and is_spaced and not text[0].isalpha() else NUMBER


def _hidden(text: str) -> Iterator[Found]:
    """Yield what Markdown does not show; a comment without an end hides all that follows."""
    for mark, end_mark in (("<!--", "-->"), ("%%", "%%")):
        start = text.find(mark)
        while start >= 0:
            end = text.find(end_mark, start + len(mark))
            if end < 0 and mark == "%%":
                end = text.find("\n", start)
            end = len(text) if end < 0 else end + len(end_mark)
            yield Found(HIDDEN, start, text[start:end].strip())
            start = text.find(mark, end)
    yield from _of(HIDDEN, PASTED, text, "-")
    yield from _of(HIDDEN, DECLARATIONS, text, "<")
    yield from _of(HIDDEN, ENTITIES, text, "&")
