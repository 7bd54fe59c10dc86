"""A resume's lines to its sections, by headings in English and Korean and by how headings look. Pure."""

import re
from collections.abc import Sequence
from statistics import median

from coordinator.candidates.schemas import Line, Section, SectionKind

HEADINGS: dict[SectionKind, tuple[str, ...]] = {
    "summary": (
        "summary",
        "professional summary",
        "executive summary",
        "career summary",
        "profile",
        "professional profile",
        "about",
        "about me",
        "objective",
        "career objective",
        "자기소개",
        "자기소개서",
        "소개",
        "요약",
        "경력요약",
        "핵심역량",
        "지원동기",
        "간단소개",
        "프로필",
    ),
    "experience": (
        "experience",
        "work experience",
        "professional experience",
        "employment",
        "employment history",
        "work history",
        "career history",
        "relevant experience",
        "career",
        "경력",
        "경력사항",
        "경력기술서",
        "업무경험",
        "업무경력",
        "직장경력",
        "근무경력",
        "주요경력",
        "경험",
    ),
    "education": (
        "education",
        "academic background",
        "educational background",
        "education and training",
        "학력",
        "학력사항",
        "교육",
        "교육사항",
        "교육이수",
        "학업",
    ),
    "skills": (
        "skills",
        "technical skills",
        "core skills",
        "key skills",
        "core competencies",
        "technologies",
        "expertise",
        "tools",
        "skills and tools",
        "기술",
        "기술스택",
        "보유기술",
        "스킬",
        "역량",
        "보유역량",
        "직무역량",
        "활용능력",
    ),
    "projects": (
        "projects",
        "selected projects",
        "personal projects",
        "key projects",
        "side projects",
        "프로젝트",
        "주요프로젝트",
        "프로젝트경험",
        "수행프로젝트",
        "포트폴리오",
    ),
    "certificates": (
        "certifications",
        "certificates",
        "licenses",
        "licenses and certifications",
        "certifications and licenses",
        "training",
        "자격증",
        "자격사항",
        "자격및면허",
        "면허",
        "자격",
    ),
    "awards": ("awards", "honors", "honors and awards", "achievements", "수상", "수상경력", "수상내역", "수상사항"),
    "languages": ("languages", "language skills", "어학", "외국어", "어학능력", "어학성적", "언어"),
    "publications": ("publications", "papers", "patents", "논문", "특허", "저서"),
    "activities": (
        "activities",
        "volunteering",
        "volunteer experience",
        "extracurricular activities",
        "interests",
        "hobbies",
        "활동",
        "대외활동",
        "봉사활동",
        "동아리",
        "취미",
        "병역",
        "병역사항",
    ),
    "other": ("references", "additional information", "other", "기타", "기타사항", "추천인"),
    "profile": ("contact", "contact information", "personal details", "인적사항", "기본정보", "개인정보"),
}
FIRST_TITLE = {"en": "Profile", "ko": "기본 정보"}
HEADING_CHARACTERS_MAX = 40
LARGER = 1.12
# A line this full was broken by the margin.
FULL_SHARE = 0.88

_KINDS: dict[str, SectionKind] = {
    re.sub(r"[\W_]+", "", heading): kind for kind, headings in HEADINGS.items() for heading in headings
}
_NUMBERING = re.compile(r"^\s*(?:[0-9]{1,2}|[IVX]{1,4})\s*[.)]\s*")
_BULLET = re.compile(r"^(?:[-–—•·▪■□●○◦*>▶]|[0-9]{1,2}[.)]|[가-하][.)])\s*")
_SPACED_OUT = re.compile(r"^(?:\w\s){2,}\w$")


def _key(text: str) -> str:
    bare = _NUMBERING.sub("", text).replace("&", "and")
    return re.sub(r"[\W_]+", "", bare).lower()


def _tidy(text: str) -> str:
    """A heading without numbering, frames and colons; "E D U C A T I O N" as one word."""
    bare = _NUMBERING.sub("", text).strip(" \t:：-–—=|[]【】<>■□●○◆◇▶▪•*#_")
    return bare.replace(" ", "") if _SPACED_OUT.match(bare) else " ".join(bare.split())


def is_known_heading(line: Line) -> bool:
    """Whether ``line`` is one of the usual headings, however it is printed."""
    return len(line.text) <= HEADING_CHARACTERS_MAX and _key(line.text) in _KINDS


def heading_kind(line: Line, body_size: float) -> SectionKind | None:
    """The kind of section ``line`` opens, None when it is no heading."""
    text = line.text.strip()
    if not text or len(text) > HEADING_CHARACTERS_MAX:
        return None
    kind = _KINDS.get(_key(text))
    if kind is not None:
        return kind
    looks = line.size >= body_size * LARGER and (line.bold or text.isupper() or line.size >= body_size * 1.25)
    wordy = sum(character.isalpha() for character in text) * 2 > len(text)
    return "other" if looks and wordy and len(text.split()) <= 5 and not text.endswith((".", ",")) else None


def sections(lines: Sequence[Line], language: str) -> list[Section]:
    """Sections in reading order. What stands before the first heading is the profile; empty sections are left out."""
    if not lines:
        return []
    body_size = median(line.size for line in lines)
    parts: list[tuple[SectionKind, str, list[Line]]] = [("profile", FIRST_TITLE.get(language, FIRST_TITLE["en"]), [])]
    known_yet = False
    for line in lines:
        kind = heading_kind(line, body_size)
        # Large print above the first known heading is the person's name, not a heading.
        if kind is None or (kind == "other" and not known_yet and not is_known_heading(line)):
            parts[-1][2].append(line)
            continue
        known_yet = True
        parts.append((kind, _tidy(line.text), []))
    return [Section(kind, title, text) for kind, title, held in parts if (text := "\n".join(_paragraphs(held)))]


def _paragraphs(lines: Sequence[Line]) -> list[str]:
    """One text for each paragraph or list item: a line that only the margin broke goes on with the next."""
    right = max((line.x1 for line in lines), default=0.0)
    made: list[str] = []
    before: Line | None = None
    for line in lines:
        text = " ".join(line.text.split())
        if before is not None and _goes_on(before, line, right):
            made[-1] = f"{made[-1]} {text}"
        elif text:
            made.append(text)
        before = line
    return made


def _goes_on(before: Line, line: Line, right: float) -> bool:
    """Whether ``line`` continues the sentence of ``before``, whose section reaches to ``right``."""
    text = line.text.strip()
    below = 0 < line.y0 - before.y0 <= before.size * 2.2
    if not below or not text or _BULLET.match(text) or before.text.rstrip().endswith((".", "!", "?", "。", ":", ";")):
        return False
    full = before.x1 - before.x0 >= (right - before.x0) * FULL_SHARE and before.x1 - before.x0 > before.size * 20
    return full and (text[0].islower() or not text[0].isascii() or _BULLET.match(before.text.strip()) is not None)
