import { useId, useRef, useState } from "react";
import { codeOf, errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { kiosk } from "../../shared/kiosk";
import type { Joined } from "../../shared/kiosk";
import styles from "./Consent.module.css";
import { Decline } from "./Decline";

interface Props {
  joined: Joined;
  /** Whether the camera is on; without it there is nothing to observe. */
  camera: boolean;
  onAgreed: (to: { recording: boolean; observed: boolean }) => void;
  onDeclined: () => void;
}

const POINTS = ["consent.ai1", "consent.ai2", "consent.ai3", "consent.ai4"] as const;

export function Consent({ joined, camera, onAgreed, onDeclined }: Props) {
  const { t } = useI18n();
  const [agreed, setAgreed] = useState(false);
  const [recorded, setRecorded] = useState(false);
  const [observed, setObserved] = useState(false);
  const [guessed, setGuessed] = useState(false);
  const [reminded, setReminded] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const needed = useRef<HTMLInputElement>(null);
  const reminder = useId();
  const voluntary = useId();
  const noted = useId();
  const about = useId();
  const { interview, token, notice_version: noticeVersion } = joined;
  const points = [
    ...POINTS,
    joined.recording ? "consent.soundAsked" : "consent.soundNever",
    joined.emotion ? "consent.emotionAsked" : "consent.ai5",
    "consent.ai6",
  ] as const;

  async function start() {
    if (!agreed) {
      setReminded(true);
      needed.current?.focus();
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      const seen = ["observation", ...(joined.emotion && guessed ? ["emotion"] : [])];
      const optional = [...(recorded ? ["recording"] : []), ...(camera && observed ? seen : [])];
      await kiosk.consent(token, ["interview", ...optional], noticeVersion);
      onAgreed({ recording: recorded, observed: camera && observed });
    } catch (error) {
      setFailure(codeOf(error));
      setBusy(false);
    }
  }

  return (
    <section className="card stack wide" aria-labelledby="consent-heading">
      <div className="stack tight">
        <h1 id="consent-heading">{t("consent.heading")}</h1>
        <p>{t("consent.hello", { name: interview.candidate_name })}</p>
        <p>
          {t("consent.about", {
            company: interview.company_name,
            job: interview.job_title,
            stages: interview.stages,
            minutes: interview.minutes,
          })}
        </p>
      </div>
      <div className={`stack tight ${styles.notice}`}>
        <h2>{t("consent.aiHeading")}</h2>
        <ul className={styles.points}>
          {points.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
      </div>
      <fieldset className="stack tight">
        <legend className={styles.legend}>{t("consent.choose")}</legend>
        <label className={styles.choice}>
          <input
            ref={needed}
            type="checkbox"
            checked={agreed}
            onChange={(event) => setAgreed(event.target.checked)}
            aria-describedby={reminder}
            aria-invalid={reminded && !agreed}
          />
          <span>{t("consent.interview")}</span>
        </label>
        <div id={reminder} role="alert">
          {reminded && !agreed && <p className="message warn">{t("consent.interviewNeeded")}</p>}
          {failure !== null && <p className="message bad">{errorText(t, failure)}</p>}
        </div>
        {joined.recording && (
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={recorded}
              onChange={(event) => setRecorded(event.target.checked)}
              aria-describedby={voluntary}
            />
            <span>
              {t("consent.recording")}{" "}
              <span id={voluntary} className="quiet">
                {t("consent.recordingVoluntary")}
              </span>
            </span>
          </label>
        )}
        {camera && (
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={observed}
              onChange={(event) => {
                setObserved(event.target.checked);
                setGuessed(false);
              }}
              aria-describedby={noted}
            />
            <span>
              {t("consent.observation")}{" "}
              <span id={noted} className="quiet">
                {t("consent.observationVoluntary")}
              </span>
            </span>
          </label>
        )}
        {camera && joined.emotion && observed && (
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={guessed}
              onChange={(event) => setGuessed(event.target.checked)}
              aria-describedby={about}
            />
            <span>
              {t("consent.emotion")}{" "}
              <span id={about} className="quiet">
                {t("consent.emotionVoluntary")}
              </span>
            </span>
          </label>
        )}
      </fieldset>
      <div className="row">
        <button type="button" className="button primary" disabled={busy} onClick={() => void start()}>
          {busy ? t("consent.starting") : t("consent.start")}
        </button>
      </div>
      <Decline token={token} onDeclined={onDeclined} />
    </section>
  );
}
