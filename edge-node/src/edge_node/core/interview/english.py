"""Noun-like spans of English speech, found by the small words around them."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['\u2019\-.+#/][A-Za-z0-9]+)*[+#]*|[^\sA-Za-z0-9]")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ARTICLES = _set("the a an")
_OWN = _set("my our")
_DETERMINERS = _ARTICLES | _OWN | _set("this that these those its their his her another each every two three")
_PREPOSITIONS = _set(
    "of in with for on from by about into over under between through during across without via using "
    "against behind toward towards onto around as"
)
_BEFORE_VERB = _set(
    "to i we they you he she it who would could should will can did do does not let's must might may i'd "
    "we'd i'll we'll didn't don't couldn't wouldn't can't won't never also then people that's"
)
_STOP = _set(
    "and or but so because if when while where after before until since than then that which who whom "
    "whose what why how there here is am are was were be been being has have had having do does did done "
    "doing can could will would shall should may might must not no nor i me we us you he him she it they "
    "them myself ourselves itself themselves all any both few more most other some such only own same too "
    "very just even also again once always never often sometimes usually really actually basically maybe "
    "perhaps quite still yet well um uh er hmm yeah yes ok okay like up down out off back away together "
    "apart every one each first second third next last later earlier finally however though although "
    "instead everyone everybody someone somebody anyone nothing something everything anything i'm i've "
    "i'd i'll we're we've we'd it's that's there's they're didn't don't wasn't weren't couldn't wouldn't "
    "can't to at per within upon ago today yesterday tomorrow now soon almost rather less least many much "
    "lots forty twenty thirty fifty sixty seventy eighty ninety hundred thousand million zero four five "
    "six seven eight nine ten twelve good great nice big small new old sure able ready different "
    "important hard easy"
)
_VERBS = _set(
    "made make makes making did went go goes going got get gets getting took take takes taking gave give "
    "gives giving came come comes coming said say says saying told tell tells telling wrote write writes "
    "built build builds found find finds thought think thinks knew know knows saw see sees felt feel "
    "feels kept keep keeps keeping left leave leaves led lead leads ran run runs sent send sends set sat "
    "spent spend spends spoke speak speaks stood taught teach teaches understood understand broke break "
    "breaks began begin brought bring brings chose choose cut drew fell fall held hold lost lose met meet "
    "paid pay put putting read rose sold sell showed shown show shows shut slept stuck taken written "
    "given known seen gone become became want wanted wants need needs needed try tried tries trying let "
    "lets help helps helped use used uses ask asks asked work works worked working start starts call "
    "calls move moves look looks seem seems mean means meant hear heard learn learns learnt believe agree "
    "explain grew grow grows decide happen happens fix add adds reduce improve improves"
)
_AFTER_BE_OR_BY = _set("was were is are be been am by for after before while when kept started stopped without")
_EMPTY_HEADS = _set(
    "thing things way ways time times lot lots people problem problems day days week weeks month months "
    "year years team part parts kind kinds bit job jobs stuff case cases side end example question answer "
    "point points something person reason reasons one ones hour hours minute minutes second seconds "
    "milliseconds number numbers half couple rest fact course sort idea ideas percent result results "
    "place company role project projects work experience situation issue issues guy guys"
)
_QUALITY = re.compile(r"(?:ive|ible|able|ous|ful|less)$")
"""Endings of words that say what something is like: alone, nobody can be asked about them."""


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate phrase: [start, end) in the text, whether it follows "my" or "our", and how well it would serve."""

    start: int
    end: int
    own: bool
    score: float


def spans(text: str) -> list[Span]:
    """Noun-like spans of ``text`` (NFC, single blanks), in order."""
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    found: list[Span] = []
    run: list[int] = []
    for index in range(len(tokens) + 1):
        if index < len(tokens) and _belongs(tokens, index, run):
            run.append(index)
            continue
        span = _span(tokens, run)
        if span:
            found.append(span)
        run = []
    return found


def _word(tokens: list[tuple[str, int, int]], index: int) -> str:
    return tokens[index][0].lower().replace("\u2019", "'") if 0 <= index < len(tokens) else ""


def _belongs(tokens: list[tuple[str, int, int]], index: int, run: list[int]) -> bool:
    word, before, after = _word(tokens, index), _word(tokens, index - 1), _word(tokens, index + 1)
    if not word[0].isalnum() or word in _STOP or word in _DETERMINERS or word in _PREPOSITIONS or word.isdigit():
        return False
    if word in _VERBS or word.endswith("ly"):
        # "a read replica", "the weekly report": after an article and before a noun it is no verb and no adverb.
        return not run and before in _DETERMINERS and after.isalnum() and after not in _STOP | _PREPOSITIONS
    if before in _BEFORE_VERB:
        return False
    if word.endswith("ed") and len(word) > 4:
        return not run and (before in _DETERMINERS or before in _PREPOSITIONS) and after.isalnum()
    if word.endswith("ing") and len(word) > 5:
        return not (after in _DETERMINERS or (not run and before in _AFTER_BE_OR_BY))
    return True


def _span(tokens: list[tuple[str, int, int]], run: list[int]) -> Span | None:
    run = run[-4:]
    if not run:
        return None
    before, head = _word(tokens, run[0] - 1), _word(tokens, run[-1])
    if len(run) == 1 and (head in _EMPTY_HEADS or len(head) < 3):
        return None
    if len(run) == 1 and _QUALITY.search(head) and before not in _DETERMINERS | _PREPOSITIONS:
        return None
    named = any(tokens[i][0][0].isupper() and i > 0 and tokens[i - 1][0] not in ".!?" for i in run)
    score = {1: 0.0, 2: 2.0, 3: 2.5}.get(len(run), 1.5)
    score += 1.5 if before in _DETERMINERS else 1.0 if before in _PREPOSITIONS else 0.0
    score += 1.0 if named or any("-" in tokens[i][0] for i in run) else 0.0
    score -= 2.0 if head in _EMPTY_HEADS else 0.0
    score += min(sum(len(tokens[i][0]) for i in run), 16) / 16
    article = before in _ARTICLES
    start = tokens[run[0] - 1][1] if article else tokens[run[0]][1]
    return Span(start, tokens[run[-1]][2], before in _OWN, score)


def joined_share(text: str) -> float:
    """Share of small words that hold sentences together, [0, 1]; about a half in speech, 0 in a list of nouns."""
    found = [_word([(m.group(), 0, 0)], 0) for m in _TOKEN.finditer(text) if m.group()[0].isalnum()]
    joining = _STOP | _DETERMINERS | _PREPOSITIONS | _BEFORE_VERB
    return sum(word in joining for word in found) / len(found) if found else 0.0
