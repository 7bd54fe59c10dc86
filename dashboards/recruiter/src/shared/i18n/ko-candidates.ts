import type { candidates as english } from "./en-candidates";

export const candidates: Record<keyof typeof english, string> = {
  "candidates.empty": "아직 지원자가 없습니다.",
  "candidates.name": "이름",
  "candidates.email": "이메일",
  "candidates.resume": "이력서",
  "candidates.noResume": "이력서가 없습니다.",
  "candidates.hiddenWords":
    "페이지에서 보이지 않는 단어(흰 글씨, 매우 작은 글씨, 페이지 밖의 글씨) {count}개를 제외했습니다.",
  "candidates.facts": "이력서에 적힌 내용",
  "candidates.factsAbout": "파일에서 규칙으로 읽은 내용이며 모두 이력서의 표현 그대로입니다. 항목을 선택하면 해당 줄이 표시됩니다.",
  "candidates.factInLine": "이력서 원문",
  "fact.person": "인적 사항",
  "fact.employment": "경력",
  "fact.education": "학력",
  "fact.skill": "기술",
  "fact.certificate": "자격증",
  "fact.language": "언어",
};
