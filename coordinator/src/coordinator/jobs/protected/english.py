"""English questions about protected traits: told by who is asked about, "you" or "your", and by what of them."""

import re

_TRADE = re.compile(
    r"\b(?:parent|child|children|sibling|sister|father|mother|ancestor|family)(?:'s)? (?:process(?:es)?|class(?:es)?|"
    r"nodes?|tables?|records?|components?|threads?|spans?|elements?|objects?|compan(?:y|ies)|firms?|brands?|sites?|"
    r"teams?|plants?|ships?|issues?|tickets?|accounts?|topics?|tasks?|tree|business(?:es)?|doctors?|medicine|law|"
    r"practices?|services?|support|rooms?|members? of)\b|"
    r"\bfamil(?:y|ies) of \w+|\b(?:product|job|font|instance|protocol|model|device|chip) famil(?:y|ies)\b|"
    r"\b(?:node|class|process|element|record)s?'s? (?:parents?|children)\b|"
    r"\bhome (?:pages?|screens?|director(?:y|ies)|office|automation|network|care|deliver\w+|market|team)\b|"
    r"\borigin (?:servers?|data|story)\b|\b(?:race|age) (?:conditions?|verification)\b",
    re.IGNORECASE,
)
"""Words of a trade that only sound like a trait: taken out first."""

_SMALL = r"(?:\w+ ){0,2}?"
_RELATIVES = (
    r"(?:husband|wife|spouse|boyfriend|girlfriend|fianc\w*|in-?laws?|parents?|mother|father|mom|mum|dad|siblings?|"
    r"brothers?|sisters?|grand(?:parents?|mother|father)|relatives|children|kids?|child|bab(?:y|ies)|sons?|"
    r"daughters?|"
    r"toddlers?|household)"
)
_OFFSPRING = r"(?:children|kids?|a child|a baby|babies|a family|another (?:child|baby)|sons?|daughters?)"
_ENDS = (
    r"(?=\s*(?:[?.,;!]|$|and\b|or\b|yet\b|at home|of your own|soon\b|now\b|already\b|some ?day|one day|at the moment|"
    r"in the (?:near )?future|in (?:the )?next|under \w+|living\b|to (?:look after|care for|pick up)|while\b|if\b))"
)
"""What may stand behind a noun that is spoken of as one's own: no further noun."""

_SCHOOL = (
    r"(?:(?:high|secondary|middle|primary|elementary|grammar|junior) school|school|college|university|uni|your "
    r"(?:\w+ )?(?:degree|studies|education|diploma|bachelor\w*|master\w*))"
)
_WISH = r"(?:plan\w*|inten\w+|want\w*|hop(?:e|ing)|think\w*|going|expect\w*|wish\w*|like|try\w*|consider\w*)"
_FAITHS = (
    r"(?:christian|catholic|protestant|muslim|jew(?:ish)?|buddhist|hindu|sikh|atheist|mormon|orthodox|believer|"
    r"(?:church|mosque|temple)[- ]?goer)"
)
_ASKED = (
    # Marriage and partners
    rf"\b(?:are|were) you {_SMALL}(?:married|single|divorced|engaged|widowed|dating|in a relationship|"
    rf"seeing any(?:one|"
    r"body))\b",
    rf"\byou (?:\w+ )?{_WISH} (?:of |to |about |on )?(?:ever )?(?:get(?:ting)? )?(?:marri\w+|marry\w*|wed|engaged)\b",
    rf"\b(?:when|will|would) (?:will |are |do )?you {_SMALL}(?:get(?:ting)? married|marry)\b|\bmaiden name\b|"
    r"\bmiss or mrs\b",
    rf"\b(?:do|did|will) you {_SMALL}have (?:a |any )(?:husband|wife|spouse|boyfriend|girlfriend|fianc\w*|partner "
    r"(?:at home|or)|significant other)",
    r"\byour (?:marital|relationship|civil) status\b|\byour (?:marriage|wedding|love life)\b",
    # Children, pregnancy, care
    rf"\byou (?:\w+ )?{_WISH} (?:\w+ )?(?:to |of |on |about |for )?{_SMALL}(?:have|having|start|starting|raise|"
    rf"raising|"
    rf"adopt|adopting) {_SMALL}{_OFFSPRING}{_ENDS}",
    rf"\byou (?:\w+ )?{_WISH} (?:for |on )(?:any |more )?{_OFFSPRING}{_ENDS}",
    rf"\b(?:do|did|will|would|have|might|when will) you {_SMALL}(?:have|got|raise) (?:any |more |small |young |"
    rf"little )*"
    rf"{_OFFSPRING}{_ENDS}",
    r"\bhow many (?:children|kids|sons|daughters|dependants|dependents|siblings|brothers|sisters)\b.{0,12}\byou "
    r"(?:have|got|want)\b",
    r"\b(?:are|were) you (?:\w+ )?(?:pregnant|expecting(?: (?:a )?(?:baby|child))?(?=\s*[?.,]|$)|"
    r"a (?:\w+ )?(?:mother|"
    r"father|parent|mum|mom|dad)\b|trying (?:for|to conceive))",
    r"\byou (?:\w+ )?(?:get|become|fall) pregnant\b|\byour (?:pregnanc\w+|child ?care)\b|\bchild ?care "
    r"arrangements\b.{0,20}\byou\b|\byou\b.{0,20}\bchild ?care arrangements\b",
    r"\byou (?:\w+ ){0,3}(?:to )?(?:take|taking|go on|going on) (?:\w+ )?(?:maternity|paternity|parental) leave\b",
    rf"\byou be (?:having|raising|adopting) {_SMALL}{_OFFSPRING}",
    # Relatives, their work, the home
    r"\b(?:does|do|did|is|are|has|have) your family\b",
    rf"\byour (?:own |\w+ and (?:your )?)?{_RELATIVES}\b",
    r"\byour (?:own )?family(?:'s)? (?:plans?|planning|situation|background|status|life|members?|income|obligations?|"
    r"commitments?|responsibilit\w+|origins?|name)\b",
    r"\b(?:what|where|how|does|do|is|are|who)\b[^?]{0,20}\byour (?:family|partner)\b[^?]{0,14}\b(?:do|work\w*|"
    r"earn\w*|"
    r"live|living|job|from|employed|wealthy|rich|poor|support you|think of|come from)\b",
    r"\b(?:about|describe|introduce) your (?:family|partner(?:'s (?:job|work|career))?|upbringing|childhood|"
    r"home life|"
    r"private life)(?=\s*(?:[?.,]|$|and\b|at home))|\bin your family(?=\s*[?.,]|$)",
    r"\byour partner's (?:job|work|career|income|occupation|employer|profession)\b",
    r"\byou (?:\w+ )?(?:own(?:ing)?|rent(?:ing)?|bought|buy)(?: or (?:own|rent)(?:ing)?)? (?:a |an |the |your |any )?"
    r"(?:own )?(?:house|home|flat|apartment|condo|property|place you live)\b|\b(?:are|were) you a (?:home ?owner|"
    r"tenant|renter)\b",
    r"\b(?:house|home|flat|apartment|place) (?:(?:that |where )?you (?:live|stay)\b.{0,20}\b(?:your own|own(?:ed)?|"
    r"rent(?:ed|al)?))|\byour (?:house|home|flat|apartment) (?:your own|owned|rented|a rental)\b|\byour (?:mortgage|"
    r"landlord)\b",
    r"\b(?:do|did) you live (?:alone|by yourself|on your own|with (?:your|anyone|anybody|family|someone))\b|"
    r"\bwho do you live with\b|\bwith whom do you live\b",
    # Origin
    rf"\bwhere (?:are|were|'re) you {_SMALL}(?:from|born|raised)\b|\bwhere (?:do|did) you {_SMALL}(?:come from"
    r"(?=\s*[?.,]|$| originally)|grow up)|\bwhere were you brought up\b",
    rf"\b(?:which|what) (?:\w+ )?(?:country|region|province|state|town|village|city|part of [\w ]{{2,20}})"
    rf" (?:are|were|do|"
    rf"did) (?:you|your (?:family|people)) {_SMALL}(?:from|born|come from|grow up)\b",
    r"\b(?:are|were) you (?:\w+ )?(?:an? )?(?:\w+ )?(?:immigrants?|foreigners?|citizens?|native speakers?|refugees?|"
    r"born (?:here|in|abroad|overseas)|naturali[sz]ed)\b",
    r"\byour (?:native|mother|first) (?:language|tongue|country)\b|\byour (?:\w+ )?(?:ancest\w+|heritage|ethnic\w*|"
    r"descent|roots|nationality|citizenship|birthplace|place of birth|country of (?:origin|birth)|home country|"
    r"hometown|national origin|origins?(?=\s*[?.,]|$)|race|skin|accent|caste)\b",
    r"\b(?:what|which) (?:nationality|race|ethnicity|religion|blood type) (?:are|do) you\b|\byour blood type\b",
    # Religion
    rf"\b(?:do|did|will|would) you {_SMALL}(?:go to|attend|belong to|join) {_SMALL}(?:church|mosque|temple|synagogue|"
    r"chapel|mass|worship|prayers?|bible study|religious|parish|congregation)\b",
    rf"\b(?:do|did|will|would) you {_SMALL}(?:pray(?=\s*[?.,]|$| (?:at|during|every|daily|regularly|often|five|on|to|"
    r"before)\b)|worship|believe in (?:a )?god|keep (?:kosher|halal|the sabbath)|(?:observe|celebrate|fast (?:during|"
    r"in|at)) (?:ramadan|lent|the sabbath|sabbath|eid|easter|christmas|any religious|religious|hanukkah|diwali)|"
    r"practi[sc]e (?:a |any |your )?(?:religion|faith|islam|christianity|buddhism|judaism))",
    rf"\b(?:are|were) you {_SMALL}(?:religious|{_FAITHS})\b|\b(?:which|what) (?:church|mosque|temple|religion|faith|"
    rf"denomination|parish)\b(?=\s*(?:[?.,]|$|(?:do|did|are|were|is|or)\b))",
    r"\byour (?:\w+ )?(?:religio\w+|faith|church|mosque|parish|congregation|beliefs about god)\b",
    # Age, also by years of school
    r"\bhow old (?:are|were|will) you\b|\byour (?:exact )?(?:age|date of birth|birth ?(?:day|date|year)|"
    r"year of birth|"
    r"generation)\b|\b(?:when|what year|which year)\b.{0,10}\b(?:were|was) you born\b|\byou (?:\w+ )?too (?:old|"
    r"young)\b",
    rf"\b(?:when|(?:in )?(?:what|which) year|how (?:long|many years) ago)\b.{{0,8}}\b(?:did|have|do|will)"
    rf" you {_SMALL}"
    rf"(?:finish\w*|graduat\w*|complet\w*|leave|left|start\w*|enter\w*|attend\w*|begin) (?:from |at )?(?:your )?"
    rf"{_SCHOOL}(?=\s*(?:[?.,]|$|(?:and|or|in|at)\b))",
    r"\b(?:when|(?:in )?(?:what|which) year|how (?:long|many years) ago)\b.{0,8}\b(?:did|have)"
    r" you (?:\w+ )?graduat\w*"
    r"(?=\s*(?:[?.,]|$))",
    r"\byour (?:year of graduation|graduation (?:year|date)|(?:\w+ )?school years?)\b|\b(?:what|which) year of "
    r"graduation\b|\bwhen (?:do|will|are) you (?:\w+ ){0,4}retir\w+|\byou (?:\w+ ){0,3}(?:plan\w*|think\w*|inten\w+) "
    r"(?:to|of|on|about) retir\w+|\byour retirement\b",
    r"\b(?:are|were) you (?:\w+ ){0,2}(?:close|near|about|due|ready) to retire\w*|\byou (?:\w+ )?in a (?:trade |"
    r"labou?r )?union\b",
    # Body, health, service, union, politics, means
    r"\b(?:are|were) you (?:\w+ )?(?:disabled|(?:in good |a )?health\w*(?=\s*[?.,]|$)|chronically ill|gay|lesbian|"
    r"straight|bisexual|transgender|a veteran|on (?:any )?medication|in a union|a (?:union )?member of (?:a |"
    r"any )?(?:"
    r"trade |labou?r )?(?:union|party))\b|\b(?:are|were) you a (?:union )?member of\b",
    rf"\b(?:do|did|will|have) you {_SMALL}(?:have|had|suffer\w* from|take|been) {_SMALL}(?:disabilit\w+|illness\w*|"
    r"chronic\w*|health (?:problems?|conditions?|issues?)|medical conditions?|mental (?:illness\w*|health)|"
    r"medication|"
    r"hospitali[sz]ed|surger\w+|depress\w+|cancer|arrested|convicted|bankrupt)\b",
    r"\byour (?:own )?(?:health|(?:medical|criminal) (?:history|record)|disabilit\w+|military service|political "
    r"\w+|sexual \w+|gender|weight|height|looks|appearance|debts?|assets|credit score|savings)\b",
    r"\bhow tall are you\b|\bhow much do you weigh\b|\b(?:which|what) party\b.{0,12}\byou\b|\bwho did you vote\b|"
    r"\bserved? in the (?:army|military|navy)\b|\byou (?:\w+ )?(?:done|do|finish\w*|complet\w+) (?:your |the )?"
    r"(?:military|national) service\b",
)
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _ASKED)


def asks(sentence: str) -> bool:
    """Whether ``sentence`` asks the one it is put to about a protected trait."""
    plain = _TRADE.sub("it", sentence.replace("’", "'"))
    return any(pattern.search(plain) for pattern in _PATTERNS)
