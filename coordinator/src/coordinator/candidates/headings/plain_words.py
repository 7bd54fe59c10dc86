"""What headings speak of that are questions or sentences, or a plain word for a usual one. Pure."""

import re

from coordinator.candidates.schemas import SectionKind

# In the order they are tried: what says less of a section comes last.
_WORDS: tuple[tuple[SectionKind, str], ...] = (
    (
        "other",
        r"\b(?:speak|vouch|answer) for me\b|\bask about me\b|\bother matters\b|\banything else\b"
        r"|나라 ?(?:를 )?지킨|군 ?복무|그 ?밖에|덧붙|마지막으로|더 (?:하고 싶은 말|알려)",
    ),
    (
        "languages",
        r"\bi (?:can )?(?:talk|speak|chat|argue|swear|dream)\b|\bspoken\b|\bspeech\b"
        r"|(?<!& )(?<!and )\btongues?\b(?!\s?(?:and|&))"
        r"|말이 ?통하|입에 ?붙은|(?:나라|바다 ?건너|바깥|다른) ?말|할 ?줄 ?아는 ?말|말할 수 있는|어떤 말",
    ),
    (
        "awards",
        r"\bshiny\b|\bribbons?\b|\brosettes?\b|\bmedals?\b|\btrophies\b|\bpats on the back\b|\bapplause\b|\bwon\b"
        r"|\b(?:anybody|anyone|people|others|they|was|been) (?:has |have )?(?:noticed?|clapped|praised)\b|\bnods\b"
        r"|칭찬|(?:^|\s)상[을도]?(?:$|\s(?:받|탄))|받은 ?상|고마움|박수|뽑힌",
    ),
    (
        "activities",
        r"\bfor nothing\b|\bunpaid\b|\bfor love\b|\b(?:church|parish|public) .*duties\b|\bon (?:sundays|weekends)\b"
        r"|\bgiv(?:e|ing) (?:something )?back\b|\bneighbou?rs?\b|이웃|나누는|돕는|대가 ?없이",
    ),
    (
        "publications",
        r"\b(?:into|in) print\b|\b(?:have|i) (?:written|wrote|published)\b|\bwritings\b|글로 남|펴낸|쓴 ?(?:책|글)",
    ),
    (
        "certificates",
        r"\bpapers?\b.*\b(?:i|carry|hold|held|proof|show)\b|\b(?:paper )?proof\b|\bcalled and admitted\b"
        r"|\b(?:allowed|licen[cs]ed|qualified|entitled) to\b|\bstamps?\b|\bon paper\b"
        r"|증서|지닌 ?증|자격|도장|종이로|인정(?:한|받은)|가진 ?증",
    ),
    (
        "education",
        r"\b(?:who|what|where|how)\b.*\b(?:taught me|learn(?:ed|t|ing)|stud(?:y|ied)|trained|went to school)\b"
        r"|\b(?:instruction|training|teaching) (?:i )?(?:received|had)\b|\bschool(?:ing|room| days)?\b"
        r"|\bclassrooms?\b|\blearning\b|\blessons?\b|\btaught me\b"
        r"|배[우운웠움]|공부|가르침|글을 ?익|교실|학교",
    ),
    (
        "projects",
        r"\bthings? (?:that )?i(?: have|['’]ve)? (?:made|built)\b|\bmade (?:for|with)\b|\bmakings\b"
        r"|(?:만든|심은|지은|빚은|남긴|벌인) ?(?:것|작품|일)|작품",
    ),
    (
        "skills",
        r"\b(?:my|the|these|both) (?:\w+ )?hands?\b|\bhands? (?:and|&) (?:head|tongue|heart|eye)|\bhands\b.*\bdo\b"
        r"|\b(?:what|things?)\b.*\bi(?:['’]m| am)? (?:bring|good|handy|know|can do|offer)\b"
        r"|\bcompetence\b|\bknack|\bcraft\b"
        r"|손에 ?(?:익|붙|밴)|손과|솜씨|재주|할 ?줄 ?아[는나]|연장|다룰 ?수|익힌|잘하",
    ),
    (
        "experience",
        r"\boffices? held\b|\bservice\b.*\b(?:record|so far)\b|\b(?:sea|public|civil|crown|government) service\b"
        r"|\b(?:where|whose|who|which|what|desks?|ships?|stages?|kitchens?|lands?|places?)\b.*"
        r"\bi(?: have|['’]ve)? (?:worked|work|filled|served|kept|sailed|earned|been)\b"
        r"|\b(?:have|did) i (?:worked?|filled|served?|earned|been)\b"
        r"|\bpaid me\b|\bso far$|\bearned my\b|\b(?:desks|posts) i\b"
        r"|몸 ?담|걸어온|지나온|일했|일한|일해|일하던|일터|거쳐|보낸 ?시간|밥벌이|지금까지",
    ),
    (
        "summary",
        r"\b(?:few|three|two|\d) (?:words|lines|sentences)\b|\babout (?:me|myself)\b|\bword\b.*\bmyself\b|\bsip of\b"
        r"|\bwho (?:is asking|am i|i am)\b|\bwho['’]?s\b|\bhello\b|\bol[aá]\b|\bshort version\b|\bin (?:short|brief)\b"
        r"|사람(?:입니다|인가|이에요)|누구인가|한 ?모금|짧게|어떤 사람|안녕|첫인사|소개",
    ),
    ("profile", r"\bparticulars\b|\bfind me\b|나는 ?누구|사람됨|연락|닿는 ?곳"),
)


def in_plain_words(text: str) -> SectionKind | None:
    """What a heading in nobody's usual words speaks of; None for what says nothing of a section."""
    for kind, pattern in _WORDS:
        if re.search(pattern, text, re.IGNORECASE):
            return kind
    return None
