import type { enIntegrity } from "./en-integrity";

export const koIntegrity: Record<keyof typeof enIntegrity, string> = {
  "integrity.title": "카메라에 보인 것",
  "integrity.indication":
    "아래는 참고할 징후일 뿐 확인된 사실이 아닙니다. 프로그램이 낱장 화면에서 판단한 것이라 틀릴 수 있습니다. 조명, 머리 가리개, 안경, 피부색, 사시, 뻣뻣한 목, 두 번째 화면, 생각하는 모습, 지나가는 사람 때문일 수 있습니다. 질문, 평가, 요약, 점수 어디에도 쓰이지 않으며, 그것만으로 결정의 이유가 되어서는 안 됩니다. 이 내용을 열어 본 사실은 기록됩니다.",
  "integrity.noConsent": "지원자가 관찰에 동의하지 않았습니다. 아무것도 관찰하지 않았으며, 이를 불리하게 여겨서는 안 됩니다.",
  "integrity.noPictures": "카메라가 꺼져 있었거나 확인한 화면이 없습니다. 이를 지원자에게 불리하게 여겨서는 안 됩니다.",
  "integrity.pictures": "화면 {count}장을 확인했습니다.",
  "integrity.sampled": "화면 {count}장을 확인했습니다. 처음부터 마지막 화면까지의 시간 가운데 {percent}%에 해당하며, 나머지는 보지 못했습니다.",
  "integrity.nothing": "기록된 것이 없습니다.",
  "integrity.restsOn": "화면 {count}장, 이 시간의 {percent}%를 확인했습니다.",
  "observation.face_absent": "얼굴이 보이지 않음",
  "observation.several_faces": "얼굴이 둘 이상 보임",
  "observation.looking_away": "화면이 아닌 곳을 봄",
  "observation.too_close": "카메라에 매우 가까움",
  "observation.too_far": "카메라에서 멂",
  "observation.out_of_picture": "일부가 화면 밖에 있음",
  "observation.too_dark": "화면이 어두움",
  "observation.too_bright": "화면이 너무 밝음",
  "observation.camera_covered": "아무것도 보이지 않음: 카메라가 가려졌거나 어두움",
  "baseline.device_check": "장치 확인 때 화면을 보던 방향과 비교했습니다.",
  "baseline.interview": "장치 확인을 하지 않아 면접 처음 몇 초와 비교했습니다.",
};
