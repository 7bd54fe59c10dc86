import { ApiError } from "@interview/api-client";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { usePlayable } from "./playable";
import { usePlayback } from "./use-playback";
import type { Part } from "./use-playback";

interface Props {
  turnId: string;
  /** A part of the turn's text; the whole turn without one. */
  part?: Part;
  /** The words heard, for who cannot see what the button stands beside. */
  words?: string;
}

/** Plays an answer, or the words of a quote; nothing where nothing of it was recorded. */
export function PlayButton({ turnId, part, words }: Props) {
  const { t } = useI18n();
  const { interviewId, turns } = usePlayable();
  const { state, start, stop } = usePlayback(interviewId, turnId, part);
  if (!turns.has(turnId)) return null;
  const busy = state.kind === "loading" || state.kind === "playing";
  const what = words === undefined ? t("audio.answer") : t("audio.quote", { words });
  return (
    <span className="row">
      <button
        type="button"
        className="button small"
        aria-label={`${t(busy ? "audio.stop" : "audio.play")}: ${what}`}
        aria-busy={state.kind === "loading"}
        onClick={() => (busy ? stop() : void start())}
      >
        <span aria-hidden="true">{busy ? "■" : "▶"}</span> {t(busy ? "audio.stop" : "audio.play")}
      </button>
      {state.kind === "failed" && (
        <span role="alert" className="small">
          {state.error instanceof ApiError ? errorText(t, state.error) : t("audio.failed")}
        </span>
      )}
    </span>
  );
}
