import { useI18n } from "../../shared/i18n";
import type { LinkStatus } from "./keep-linked";
import type { Phase } from "./messages";
import styles from "./PhaseIndicator.module.css";

type Shown = "interrupted" | "connecting" | "reconnecting" | "speaking" | "listening" | "thinking" | "closed";

const SPOKEN: Record<Phase, Shown> = {
  greeting: "speaking",
  asking: "speaking",
  listening: "listening",
  thinking: "thinking",
  closing: "speaking",
  closed: "closed",
};

function shownPhase(phase: Phase | null, status: LinkStatus): Shown {
  if (phase === "closed") return "closed";
  if (status.kind === "failed") return "interrupted";
  if (status.kind === "waiting" || (status.kind === "connecting" && phase !== null)) return "reconnecting";
  return status.kind === "live" && phase !== null ? SPOKEN[phase] : "connecting";
}

/** Whose turn it is, in words and in colour. */
export function PhaseIndicator({ phase, status }: { phase: Phase | null; status: LinkStatus }) {
  const { t } = useI18n();
  const shown = shownPhase(phase, status);
  return (
    <p className={styles.phase} data-phase={shown} role="status">
      <span className={styles.dot} aria-hidden="true" />
      {t(`room.phase.${shown}`)}
    </p>
  );
}
