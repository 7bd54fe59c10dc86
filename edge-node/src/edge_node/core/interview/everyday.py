"""Words of everyday matters and words of work, in both languages, by which talk is told from answers."""

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


EVERYDAY = {
    "en": _words(
        r"weather|rain(?:ing|ed|y)|sunny|snow(?:ing|ed)|(?:so|too|very|really) (?:hot|cold|warm)|umbrella|thunderstorm",
        r"lunch|dinner|breakfast|sandwich(?:es)?|pizza|burgers?|noodles|ramen|coffee|delicious|tasty|recipes?|onions?",
        r"pasta|garlic|sausages?|soup|stew|butter|broth|cheese|chocolate|ice cream|barbecue|wine|beer|"
        r"favou?rite (?:colou?r|food|dish|film|band)",
        r"football|soccer|baseball|basketball|tennis|golf|hockey|volleyball|lakers|dunks?|olympics|world cup|"
        r"the match|first half|second half",
        r"scored|the league|the final|messi|ronaldo|arsenal|chelsea|liverpool|yankees|best player",
        r"movies?|films?|netflix|youtube|tiktok|episodes?|tv|cartoons?|concerts?|songs?|sing(?:ing)?|album|playlist|"
        r"dancing",
        r"video games?|jokes?|lottery|horoscope|vacation|holidays?|surfing|camping|flew to|sunset",
        r"(?:my|the|a) (?:cat|dog|puppy|hamster|parrot)|cats?|dogs?|ducks|new shoes|shopping|mall|on sale|haircut",
        r"traffic|the sofa|my (?:birthday|haircut)|(?:love|like|hate) (?:the )?(?:winter|summer|spring|autumn)|snowman",
        r"(?:the )?capital of|continents?|planets?|emperors?|equator|eiffel tower|in the news|mars|aliens|the moon|"
        r"elections?|the president|celebrit(?:y|ies)|the gym",
    ),
    "ko": _any(
        r"날씨|(?:비가|눈이) ?\S{0,6} ?(?:오네|오고|와요|왔어요|왔네|내려요)|덥|더워|더웠|춥|추워|추웠|땀을|우산",
        r"점심|저녁 ?(?:메뉴|식사|밥)|아침밥|밥을 ?먹|김밥|국수|라면|커피|맛있|맛집|피자|치킨|떡볶이|삼겹살|회를|"
        r"양파|버터|육수|볶",
        r"찌개|김치|소시지|고기를 ?구|아이스크림|테니스|배드민턴|탁구|볼링|축구|야구|농구|배구|골프|올림픽|월드컵|"
        r"손흥민|메시|경기[를도]? ?(?:보|봤|봐)|골을|우승|선수[를가]|베어스|트윈스|타이거즈",
        r"영화|드라마|예능|유튜브|넷플릭스|노래|콘서트|아이돌|춤을|게임을? ?(?:하|좋|했)|만화|웹툰|농담|로또|복권|운세",
        r"휴가를|여행을|캠핑하는|등산을|제주도|해외여행|주말에",
        r"강아지|고양이|비둘기|토끼|햄스터|반려|운동화를 ?샀|쇼핑|옷을 ?샀|백화점|미용실|길이 ?(?:\S{1,6} ?)?막|소파",
        r"[가-힣]의 ?수도|대륙|행성|에펠탑|황제|적도|달 ?착륙|집값|아파트 ?값|주식|뉴스|연예인|선거|대통령|외계인|"
        r"생일|여자친구|남자친구|(?:봄|여름|가을|겨울)이 ?\S{0,6} ?좋|눈사람",
    ),
}
"""Matters an interview is not about, unless its job is."""

WORK = {
    "en": _words(
        r"work(?!ing out)\w*|jobs?|compan(?:y|ies)|office|firms?|business|career|customers?|clients?|guests?|"
        r"patients?|users?",
        r"students?|pupils?|teach\w*|taught|class(?:es)?|school|university|manager|boss|owner|colleagues?|"
        r"co-?workers?|staff",
        r"supervis\w+|employ\w+|shifts?|interns?\w*|projects?|problems?|issues?|solv\w+|fix\w*|repair\w*|replac\w+|"
        r"deadlines?",
        r"orders?|ordered|suppl\w+|vendors?|contracts?|deliver\w+|invoices?|reports?|meetings?|plans?|planned|"
        r"budget|costs?",
        r"explain\w*|convinc\w+|agree\w*|disagree\w*|argu\w+|discuss\w*|decid\w+|organi[sz]\w+|measur\w+|chang\w+|"
        r"improv\w+",
        r"mistakes?|errors?|fail\w*|broke|broken|crash\w*|forgot\w*|responsib\w+|in charge|coach|volunteer\w*|"
        r"refund\w*",
        r"machines?|systems?|software|code|data|tested|built|design\w*|creat\w+|develop\w*|manag\w+|handl\w+|"
        r"apologi[sz]\w*",
        r"(?:told|showed|asked|warned|taught|called|phoned|helped) (?:him|her|them|my|the|everyone|each|every)|"
        r"files|calls",
        r"had to|in the end|people|always|important|usually|if i|i would|i'd|i was (?:a|an|the) \w+",
        r"as an? \w+ i|kitchens?|restaurants?|because (?:of|the|our|they|it)|so that|in order to|i make|i made|"
        r"i wrote|i booked|i paid|learned|learnt|learning|kept a|train(?:ed|ing)|experiences?",
    ),
    "ko": _any(
        r"업무|회사|직장|근무|일(?:했|하면서|할 ?때|하던|하게)|고객|손님|거래처|환자|학생|수업|가르[치쳤]|상사|팀장|"
        r"사장|점장|동료",
        r"팀원|직원|프로젝트|문제|원인|해결|고치|고쳤|수리|바꿨|바꾸었|바꿔|교체|납품|납기|마감|주문|공급|계약|배송|"
        r"보고[서를했드]",
        r"회의|계획|예산|비용|설명|설득|합의|동의|반대|의견|논의|조율|결정|정했|정하기로|준비|측정|재고|개선|실수|"
        r"오류|실패",
        r"고장|책임|맡[았은아]|담당|코치|봉사|환불|예약|기계|시스템|프로그램|코드|데이터|시험|설계|개발|관리|만들었|"
        r"만드는",
        r"말씀드렸|전화[드를하했]|연락|사과|보여 ?드|알려 ?드|알렸|기사로|매장|가게|식당에서|병원|학교|호텔|공장|"
        r"현장|창고|배웠|배우",
        r"때문|위해|주방|식당|중요|저라면|적[은이] ?없|대부분|자세|태도|해야 ?(?:합|했|하)|잃어버|잊었|잊어버|늦었|"
        r"다쳤|훈련|교육|경험",
    ),
}
"""One of these and an answer is about work, about something done, or about how one should go about it."""

ASKS_BACK = {
    "en": _any(
        r"\b(?:what|how) about (?:you|yours)\b|\b(?:do|did|have|are|were|would|can|could|will) you\b|\byou(?:r|'ve|"
        r" have)? "
        r"(?:ever|favou?rite|boss|salary|job)\b|\bwhat(?:'s| is| was| would) (?:your|you)\b|\bhow (?:long|old|many|"
        r"much) "
        r"(?:have you|are you|people|do you|is this|does this|would i|will i)\b|\bwho (?:made|built|created) you\b|"
        r"\bwhen "
        r"will (?:i|you)\b|\bhow much (?:do|does|would|will|is)\b|\bvacation days\b|\bis (?:this|it) (?:recorded|"
        r"a robot)\b"
    ),
    "ko": _any(
        r"면접관|당신|그쪽|본인은|하신 ?지 ?(?:얼마|몇)|지원자[가는]? ?몇|몇 ?명|결과[는가]? ?언제|연봉|월급|급여|"
        r"휴가[는가]|연차",
        r"(?:사람|로봇|기계|컴퓨터|인공지능)(?:이랑|하고|과|이에요|인가요|입니까|이세요|이신가요)|이름이 ?(?:뭐|"
        r"무엇)|누가 ?만들",
        r"(?:좋아하|어떻게 ?생각하|재미있으|힘드|어려우)(?:세요|시나요|신가요|셨어요|셨나요)|식사 ?하셨|보셨(?:어요|"
        r"나요)|몇 ?살",
    ),
}
"""What a candidate asks the interviewer, or about the application."""

ASKS_WHAT_IS_MEANT = {
    "en": _any(
        r"\b(?:do|did|would|could) you (?:mean|want|like me|need|prefer|rather|repeat|say|explain|rephrase|clarify|"
        r"give me an "
        r"example|give an example|speak)\b|\b(?:can|could|should|may|shall|must) (?:i(?! ask you)|it|that)\b|"
        r"\bis it (?:ok|okay|fine|"
        r"all right|enough)\b|\bare you (?:asking|looking for|interested)\b|\bwhat (?:kind|sort) of\b|"
        r"\bin what (?:way|sense)\b"
    ),
    "ko": _any(
        r"말씀(?:하시|이신|이세요|하신|인가요|드려도|드리면|해 ?주)|뜻|의미|괜찮(?:나요|을까요|은가요|습니까)|"
        r"(?<!봐도 )(?<!봐도)(?:되|될|돼)(?:나요|까요|요\?)|"
        r"(?:여야|이어야|해야) ?(?:하나요|합니까|할까요|되나요)|어떤 ?(?:종류|식)|예를 ?들어|설명해 ?주|다시"
    ),
}
"""Questions about the question: no other matter."""

PLEASANTRIES = {
    "en": _any(
        r"\bhow are you\b|\b(?:nice|pleased|good|great|glad) to (?:meet|see|be|talk)\b|\bthank(?:s|"
        r" you)\b.{0,60}\b(?:inviting|having|"
        r"time|invitation|opportunity|chance)\b|\b(?:happy|glad|excited) to be here\b|\b(?:a|your) (?:nice|good|"
        r"great|lovely) "
        r"(?:day|morning|weekend|evening)\b|\b(?:find|finding|found) (?:the|this|your) (?:building|place|room|"
        r"office)\b|"
        r"^\W*(?:hello|hi|good (?:morning|afternoon|evening))(?: \w+)?\W*$"
    ),
    "ko": _any(
        r"안녕하세요|안녕하십니까|반갑습니다|반가워요|반갑네요|불러 ?주셔서|초대해 ?주셔서|시간 ?내 ?주셔서|오시느라|"
        r"(?:좋은|즐거운) ?(?:하루|아침|저녁|주말)|(?:건물|장소|길|사무실)[을를]? ?찾"
    ),
}
"""Sentences of which a whole answer may be made, and nothing said."""

RECITED = {
    "en": _words(
        r"thee|thou|thy|thine|hath|doth|'tis|once upon a (?:time|midnight)|two roads diverged|humpty dumpty|"
        r"twinkle,? twinkle",
        r"roses are red|to be,? or not to be|jack and jill|mary had a little lamb|four score and seven|"
        r"is the capital of",
    ),
    "ko": _any(
        r"[가-힣]오리다|[가-힣]리이다|[가-힣]노라(?=[\s.,!]|$)|[가-힣]도다(?=[\s.,!]|$)|진달래꽃|동해물|"
        r"하늘을 ?우러러|별 ?헤는|껍데기는 ?가라",
        r"[가-힣]의 ?수도[는가]|님은 ?갔|내가 ?그의 ?이름|[가-힣]이여(?=[\s.,!]|$)|나빌레라|옛날 ?옛적",
    ),
}
"""Verses and tales, known ones or by forms nobody speaks in."""

LEISURE = {
    "en": _words(
        r"today|yesterday|tonight|tomorrow|this (?:morning|evening|week|year|summer)|"
        r"last (?:night|week|weekend|summer|year)",
        r"next (?:week|month|weekend)|later|right now|at the moment|when i was a child",
        r"lov(?:e|es|ed)|likes?|liked|enjoy(?:ed)?|hates?|favou?rite|best|hope|hungry|amazing|delicious|beautiful|great",
        r"never miss|so (?:good|nice|hot|cold)|too (?:hot|cold)|i support|i think|going to|all week",
    ),
    "ko": _any(
        r"오늘|어제|내일|그저께|주말|요즘|이따|지난[주달]|작년|올해|다음 ?[주달]|이번 ?(?:주|시즌)|아침에|저녁에",
        r"좋아|좋네|싫어|제일|최고|재미|맛있|예뻤|정말|너무|진짜|엄청|아주|것 ?같|싶|거든요|더라고|네요|데요|"
        r"잖아요|역시",
        r"생각(?:해|합|중)|살 ?수 ?있을까|먹(?:어요|었어요|습니다|었습니다)|쫓아다",
    ),
}
"""How people speak of their leisure: of today and yesterday, of what they like."""

_PAST_EN = re.compile(
    r"\b(?:[a-z]{2,}ed|ate|began|bought|broke|brought|built|came|caught|chose|cut|drank|drew|drove|dug|fed|fell|"
    r"felt|flew|"
    r"found|gave|got|heard|held|hid|kept|knelt|knew|led|left|lent|let|lost|made|met|paid|put|ran|rang|rewrote|rode|"
    r"rose|"
    r"said|sang|sat|saw|sent|set|shut|slept|sold|spoke|stood|stuck|swam|swept|taught|thought|threw|told|took|went|"
    r"woke|won|"
    r"wore|wrote)\b",
    re.IGNORECASE,
)
_NO_DEED_EN = re.compile(
    r"(?:need|seed|speed|indeed|bored|tired|excited|worried|interested|ate|began|bought|came|drank|"
    r"drove|fell|felt|flew|got|heard|knew|met|rode|said|sang|sat|saw|slept|swam|thought|went|woke|won|wore|watched|"
    r"visited|"
    r"stayed|walked|played|danced|scored|cheered|shouted|laughed|cried|rained|snowed|turned|liked|loved|enjoyed|hoped|"
    r"wanted|looked|started|ended|complained|arrived|talked|diverged|relaxed)",
    re.IGNORECASE,
)
_NO_VERB_EN = re.compile(r"\b(?:is|are|am|was|'s|'m) \w+ed\b", re.IGNORECASE)
"""What something is like or called, no deed."""

_NO_DEED_KO = re.compile(
    r"^(?:했|먹|마셨|봤|보았|갔|왔|잤|샀|놀|웃|울|걸었|걸어|탔|앉|쳤|졌|쫓)|잠들|좋|있|없|였|이었|같|않|못했|이겼|막혔|시작했|"
    r"흘렸|헤맸|끓였|구웠|태웠|됐|되었|많았|적었|추웠|더웠|컸|작았|지루했|영광|설[렜레]|예뻤|힘들|재미|맛있|귀여|뻔했|넣었|싶|"
    r"올랐|내렸|"
    r"(?:수영|이야기|얘기|구경|산책|쇼핑|운동|게임|여행|식사|요리|노래|시원|따뜻|"
    r"편안|행복|심심|피곤|생각)(?:을 |를 )?했"
)
"""Of the short verbs only themselves: 갔 is an idle walk, 데려갔 a deed."""

_FINAL_SS, _FIRST, _FINALS = 20, ord("가"), 28


def deeds(text: str, script: str) -> int:
    """How many things ``text`` tells in the past that are no part of an idle day."""
    if script == "en":
        text = _NO_VERB_EN.sub("", text)
        return sum(not _NO_DEED_EN.fullmatch(verb) for verb in _PAST_EN.findall(text))
    return sum(bool(_past(word)) and not _NO_DEED_KO.search(word) for word in text.split())


def _past(word: str) -> bool:
    return any(c not in "있겠" and "가" <= c <= "힣" and (ord(c) - _FIRST) % _FINALS == _FINAL_SS for c in word)
