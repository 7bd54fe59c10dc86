import { useCallback, useEffect } from "react";
import { CameraPicture } from "../../shared/CameraPicture";
import type { Tracks } from "../../shared/devices";
import { useI18n } from "../../shared/i18n";
import type { Joined } from "../../shared/kiosk";
import { LevelMeter } from "../../shared/LevelMeter";
import { CameraNotice } from "./CameraNotice";
import { Captions } from "./Captions";
import { Controls } from "./Controls";
import { DeviceMessage } from "./DeviceMessage";
import { Failed } from "./Failed";
import styles from "./Interview.module.css";
import { LinkMessage } from "./LinkMessage";
import { PhaseIndicator } from "./PhaseIndicator";
import { QuestionPanel } from "./QuestionPanel";
import { RecordingNotice } from "./RecordingNotice";
import { SilenceBar } from "./SilenceBar";
import { useInterview } from "./use-interview";
import { useLeaving } from "./use-leaving";
import { useLostDevices } from "./use-lost-devices";

interface Props {
  joined: Joined;
  /** The candidate agreed to be recorded. */
  recording: boolean;
  /** The candidate agreed that a program looks at the camera's picture. */
  observed: boolean;
  tracks: Tracks;
  /** A device was opened anew. */
  onTracks: (tracks: Tracks) => void;
  onEnded: (how: "completed" | "left" | "closed") => void;
  onTokenLost: (code: string) => void;
}

function useStayWarning() {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, []);
}

export function Interview({ joined, recording, observed, tracks, onTracks, onEnded, onTokenLost }: Props) {
  const { t } = useI18n();
  const { interview, token } = joined;
  const { room, status, voice, soundBlocked, unblockSound, send, retry } = useInterview(token, tracks);
  const lost = useLostDevices(tracks, onTracks, send);
  const failedCode = status.kind === "failed" ? status.code : null;
  const over = room.phase === "closed" ? "completed" : failedCode === "interview_closed" ? "closed" : null;
  const onLeft = useCallback(() => onEnded("left"), [onEnded]);
  const { leaving, leave } = useLeaving(send, over !== null, onLeft);
  useStayWarning();
  useEffect(() => {
    if (over !== null && !leaving) onEnded(over);
  }, [over, leaving, onEnded]);

  return (
    <section className={styles.room} aria-labelledby="room-heading">
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- live speech; Captions shows its text */}
      <audio ref={voice} autoPlay className="visually-hidden" />
      <header className={`row between ${styles.head}`}>
        <h1 id="room-heading">{t("room.heading", { job: interview.job_title })}</h1>
        <PhaseIndicator phase={room.phase} status={status} />
      </header>
      {failedCode !== null && over === null ? (
        <Failed code={failedCode} onRetry={retry} onNewCode={() => onTokenLost(failedCode)} />
      ) : (
        <LinkMessage status={status} />
      )}
      <DeviceMessage lost={lost} />
      {soundBlocked && (
        <div role="alert" className="message warn row between">
          <p>{t("room.soundBlocked")}</p>
          <button type="button" className="button primary" onClick={unblockSound}>
            {t("room.soundOn")}
          </button>
        </div>
      )}
      <div className={styles.columns}>
        <div className="stack">
          <QuestionPanel room={room} stages={interview.stages} />
          <SilenceBar silence={room.silence} />
          <Controls
            interview={interview.id}
            room={room}
            live={status.kind === "live" && !leaving}
            typing={tracks.microphone === null}
            typed={lost.microphone}
            send={send}
            onLeave={leave}
          />
        </div>
        <div className={`stack ${styles.side}`}>
          <div className={`card ${styles.self}`}>
            {tracks.camera && !lost.camera ? (
              <CameraPicture track={tracks.camera} label={t("room.selfView")} className={styles.picture} />
            ) : (
              <p className={`quiet small ${styles.noPicture}`}>{t("room.cameraOff")}</p>
            )}
            {tracks.microphone && !lost.microphone ? (
              <LevelMeter track={tracks.microphone} label={t("devices.level")} />
            ) : (
              <p className="quiet small">{t("room.microphoneOff")}</p>
            )}
          </div>
          {recording && tracks.microphone !== null && (
            <RecordingNotice token={token} noticeVersion={joined.notice_version} ended={room.recordingEnded} />
          )}
          {observed && tracks.camera !== null && <CameraNotice token={token} noticeVersion={joined.notice_version} />}
          <Captions captions={room.captions} />
        </div>
      </div>
    </section>
  );
}
