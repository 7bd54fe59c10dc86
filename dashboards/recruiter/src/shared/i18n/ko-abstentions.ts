import type { enAbstentions } from "./en-abstentions";

export const koAbstentions: Record<keyof typeof enAbstentions, string> = {
  "abstention.not_answered": "이 역량에 관한 답변이 없습니다. 질문하지 않았거나 답하지 않았습니다.",
  "abstention.no_evidence": "답변에서 이 역량을 보여 주는 대목을 찾지 못했습니다.",
  "abstention.too_little_evidence": "답변에서 이 역량을 보여 주는 대목을 너무 적게 찾았습니다.",
  "abstention.not_heard_clearly":
    "이 역량에 관한 말이 대부분 또렷하게 들리지 않았습니다. 지원자에 대해 아무것도 말해 주지 않으므로, 답변을 직접 듣거나 다시 물어보아야 합니다.",
  "abstention.other_language":
    "이 역량에 관한 답변이 대부분 면접 언어가 아닌 다른 언어여서 읽지 못했습니다. 사람이 직접 읽어야 합니다.",
  "abstention.model_unavailable": "평가할 때 모델을 사용할 수 없었습니다.",
  "abstention.unstable": "같은 답변을 여러 번 평가한 결과의 차이가 너무 컸습니다.",
};
