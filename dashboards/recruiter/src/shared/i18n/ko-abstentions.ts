import type { enAbstentions } from "./en-abstentions";

export const koAbstentions: Record<keyof typeof enAbstentions, string> = {
  "abstention.not_answered": "이 역량에 관한 답변이 없습니다. 질문하지 않았거나 답하지 않았습니다.",
  "abstention.no_evidence": "답변에서 이 역량을 보여 주는 대목을 찾지 못했습니다.",
  "abstention.too_little_evidence": "답변에서 이 역량을 보여 주는 대목을 너무 적게 찾았습니다.",
  "abstention.model_unavailable": "평가할 때 모델을 사용할 수 없었습니다.",
  "abstention.unstable": "같은 답변을 여러 번 평가한 결과의 차이가 너무 컸습니다.",
};
