/** Microphone and camera: opened separately, so that one refusal never costs the other. */

export type DeviceKind = "microphone" | "camera";
export type DeviceProblem = "refused" | "missing" | "busy" | "insecure";

/** The chosen device's id, "" for the browser's default, null for "without". */
export interface DeviceChoice {
  microphone: string | null;
  camera: string | null;
}

export interface Tracks {
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
}

export type Opened = { track: MediaStreamTrack; problem: null } | { track: null; problem: DeviceProblem };

function constraints(kind: DeviceKind, deviceId: string): MediaStreamConstraints {
  const device = deviceId === "" ? {} : { deviceId: { ideal: deviceId } };
  return kind === "microphone"
    ? { audio: { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 } }
    : { video: { ...device, width: 320, height: 240, frameRate: 5 } };
}

export function problemOf(error: unknown): DeviceProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "missing";
}

export async function openDevice(kind: DeviceKind, deviceId = ""): Promise<Opened> {
  // Browsers hide the devices from pages that came over plain http.
  if (!("mediaDevices" in navigator)) return { track: null, problem: "insecure" };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints(kind, deviceId));
    const [track] = stream.getTracks();
    return track ? { track, problem: null } : { track: null, problem: "missing" };
  } catch (error) {
    return { track: null, problem: problemOf(error) };
  }
}

/** What could be chosen; empty where the browser does not tell. */
export async function listDevices(): Promise<MediaDeviceInfo[]> {
  if (!("mediaDevices" in navigator)) return [];
  return navigator.mediaDevices.enumerateDevices().catch(() => []);
}

/** Opens what was chosen before; what cannot be opened any more is left out. */
export async function openChosen(choice: DeviceChoice): Promise<Tracks> {
  const open = async (kind: DeviceKind) => {
    const deviceId = choice[kind];
    return deviceId === null ? null : (await openDevice(kind, deviceId)).track;
  };
  return { microphone: await open("microphone"), camera: await open("camera") };
}

export function stopTracks(tracks: Tracks): void {
  tracks.microphone?.stop();
  tracks.camera?.stop();
}

export function choiceOf(tracks: Tracks): DeviceChoice {
  const id = (track: MediaStreamTrack | null) => (track ? (track.getSettings().deviceId ?? "") : null);
  return { microphone: id(tracks.microphone), camera: id(tracks.camera) };
}
