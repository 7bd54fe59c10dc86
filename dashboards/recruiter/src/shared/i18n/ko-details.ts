import type { enDetails } from "./en-details";

export const koDetails: Record<keyof typeof enDetails, string> = {
  "code.used": "그 뒤에 지원자가 입장하여 코드를 더 이상 표시하지 않습니다.",
  "details.technical": "기술 정보",
  "trace.worded": "문장을 만든 방법",
  "trace.chosen": "모델이 답변의 한 부분과 준비된 질문 하나를 골랐습니다.",
  "trace.written": "모델이 답변의 한 부분을 골라 질문을 썼습니다.",
  "trace.byModel": "모델에 질문을 요청했습니다.",
  "facts.node": "시스템에서 쓰는 노드 이름",
};
