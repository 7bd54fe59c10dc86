import { useCallback, useEffect, useState } from "react";
import { Consent } from "../features/consent/Consent";
import { DeviceCheck } from "../features/device-check/DeviceCheck";
import { Ending } from "../features/ending/Ending";
import { Interview } from "../features/interview/Interview";
import { JoinForm } from "../features/join/JoinForm";
import { choiceOf } from "../shared/devices";
import type { Tracks } from "../shared/devices";
import { stopTracks } from "../shared/devices";
import { useI18n } from "../shared/i18n";
import type { Joined } from "../shared/kiosk";
import { clearEnding, clearSession, saveEnding, saveSession } from "../shared/session-store";
import { Frame } from "./Frame";
import { firstStep } from "./first-step";
import type { Step } from "./step";
import { useStepStart } from "./use-step-start";

export function App() {
  const { t, suggest } = useI18n();
  const [step, setStep] = useState<Step>({ name: "loading" });
  useStepStart(step.name);

  useEffect(() => {
    const stop = new AbortController();
    void firstStep(stop.signal).then((first) => {
      if (stop.signal.aborted) return;
      setStep(first);
      if ("joined" in first) suggest(first.joined.interview.language);
    });
    return () => stop.abort();
    // Only a page load decides where to begin; `suggest` changes with the language.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, []);

  const joined = (entry: Joined) => {
    suggest(entry.interview.language);
    clearEnding();
    saveSession({ joined: entry, devices: { microphone: "", camera: "" } });
    setStep({ name: "devices", joined: entry });
  };
  const ready = (entry: Joined, tracks: Tracks) => {
    saveSession({ joined: entry, devices: choiceOf(tracks) });
    setStep({ name: "consent", joined: entry, tracks });
  };
  const leaveRoom = useCallback((next: Step) => {
    clearSession();
    if (next.name === "ended") saveEnding(next.kind);
    setStep((now) => {
      if ("tracks" in now) stopTracks(now.tracks);
      return next;
    });
  }, []);
  const setTracks = useCallback((tracks: Tracks) => setStep((now) => ("tracks" in now ? { ...now, tracks } : now)), []);
  const another = useCallback(() => {
    clearEnding();
    setStep({ name: "join", reason: null });
  }, []);
  const ended = useCallback((kind: "completed" | "left" | "closed") => leaveRoom({ name: "ended", kind }), [leaveRoom]);

  return (
    <Frame wide={step.name === "interview"}>
      {step.name === "loading" && <p role="status">{t("app.loading")}</p>}
      {step.name === "join" && <JoinForm key={step.reason} reason={step.reason} onJoined={joined} />}
      {step.name === "devices" && <DeviceCheck token={step.joined.token} onReady={(tracks) => ready(step.joined, tracks)} />}
      {step.name === "consent" && (
        <Consent
          joined={step.joined}
          camera={step.tracks.camera !== null}
          onAgreed={(agreed) => setStep({ ...step, ...agreed, name: "interview" })}
          onDeclined={() => leaveRoom({ name: "ended", kind: "declined" })}
        />
      )}
      {step.name === "interview" && (
        <Interview
          joined={step.joined}
          recording={step.recording}
          observed={step.observed}
          tracks={step.tracks}
          onTracks={setTracks}
          onEnded={ended}
          onTokenLost={(reason) => leaveRoom({ name: "join", reason })}
        />
      )}
      {step.name === "ended" && <Ending kind={step.kind} onAnother={another} />}
    </Frame>
  );
}
