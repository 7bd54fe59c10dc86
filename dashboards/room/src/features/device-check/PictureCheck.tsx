import { useState } from "react";
import { useI18n } from "../../shared/i18n";
import type { Key } from "../../shared/i18n";
import { usePictureCheck } from "./use-picture-check";

const HINTS: Record<string, Key> = {
  camera_covered: "picture.camera_covered",
  too_dark: "picture.too_dark",
  too_bright: "picture.too_bright",
  face_absent: "picture.face_absent",
  several_faces: "picture.several_faces",
  out_of_picture: "picture.out_of_picture",
  too_close: "picture.too_close",
  too_far: "picture.too_far",
  unavailable: "picture.unavailable",
};

/** What could be better in the camera's picture, one thing at a time, once the candidate asks for it. */
export function PictureCheck({ track, token }: { track: MediaStreamTrack; token: string }) {
  const { t } = useI18n();
  const [wanted, setWanted] = useState(false);
  const state = usePictureCheck(wanted ? track : null, token);
  const hint = state === null ? undefined : HINTS[state];
  return (
    <div className="stack tight">
      <p className="quiet small">{t("picture.about")}</p>
      <button type="button" className="button" aria-pressed={wanted} onClick={() => setWanted(!wanted)}>
        {wanted ? t("picture.stop") : t("picture.start")}
      </button>
      <div role="status">
        {wanted && state === null && <p className="message">{t("picture.looking")}</p>}
        {state !== null && <p className={hint ? "message warn" : "message good"}>{hint ? t(hint) : t("picture.good")}</p>}
      </div>
    </div>
  );
}
