import { useCallback, useEffect, useRef, useState } from "react";
import type { DeviceKind, Tracks } from "../../shared/devices";
import { openDevice } from "../../shared/devices";
import type { PageMessage } from "./messages";

export interface LostDevices {
  microphone: boolean;
  camera: boolean;
  /** Opens the device again, as a newly plugged one does by itself. */
  reopen: (kind: DeviceKind) => Promise<void>;
}

/** Calls `onEnd` when the browser ends the track: unplugged, taken away, or no longer allowed. */
function useEnd(track: MediaStreamTrack | null, onEnd: () => void) {
  useEffect(() => {
    if (!track) return;
    if (track.readyState === "ended") onEnd();
    track.addEventListener("ended", onEnd);
    return () => track.removeEventListener("ended", onEnd);
  }, [track, onEnd]);
}

/** Which devices went away in mid-interview. The room is asked for time when the microphone does. */
export function useLostDevices(tracks: Tracks, onTracks: (tracks: Tracks) => void, send: (message: PageMessage) => boolean): LostDevices {
  const [microphone, setMicrophone] = useState(false);
  const [camera, setCamera] = useState(false);

  const microphoneEnded = useCallback(() => {
    setMicrophone(true);
    send({ type: "thinking" });
  }, [send]);
  const cameraEnded = useCallback(() => setCamera(true), []);
  useEnd(tracks.microphone, microphoneEnded);
  useEnd(tracks.camera, cameraEnded);

  const latest = useRef(tracks);
  useEffect(() => {
    latest.current = tracks;
  }, [tracks]);
  const opening = useRef(new Set<DeviceKind>());
  const reopen = useCallback(
    async (kind: DeviceKind) => {
      // Plugged in, a device is announced several times: opened twice, one of them would never be stopped.
      if (opening.current.has(kind)) return;
      opening.current.add(kind);
      try {
        const { track } = await openDevice(kind);
        if (!track) return;
        (kind === "microphone" ? setMicrophone : setCamera)(false);
        latest.current = { ...latest.current, [kind]: track };
        onTracks(latest.current);
      } finally {
        opening.current.delete(kind);
      }
    },
    [onTracks],
  );

  useEffect(() => {
    if (!microphone || !("mediaDevices" in navigator)) return;
    const again = () => void reopen("microphone");
    navigator.mediaDevices.addEventListener("devicechange", again);
    return () => navigator.mediaDevices.removeEventListener("devicechange", again);
  }, [microphone, reopen]);

  return { microphone, camera, reopen };
}
