import type { Tracks } from "../../shared/devices";
import { kiosk, KioskError } from "../../shared/kiosk";
import type { Link } from "./keep-linked";
import { parseMessage } from "./messages";
import type { PageMessage, ServerMessage } from "./messages";

const GATHERING_MS = 2_000;
const OPENING_MS = 15_000;
const PING_MS = 1_000;
/** Without an answer for this long the other end is taken for gone: a room that was killed says nothing. */
const SILENCE_MS = 5_000;
/** A disconnected transport often comes back by itself within this time. */
const DISCONNECTED_MS = 4_000;
const VIDEO_FRAMES_PER_SECOND = 5;

export interface RoomLink extends Link {
  /** False when the channel is not open; nothing was sent then. */
  send: (message: PageMessage) => boolean;
  /** Sends from these devices from now on; nothing is negotiated anew. */
  use: (tracks: Tracks) => void;
}

interface Options {
  token: string;
  tracks: Tracks;
  signal: AbortSignal;
  onMessage: (message: ServerMessage) => void;
  onVoice: (stream: MediaStream) => void;
}

function replaceTracks(peer: RTCPeerConnection, tracks: Tracks): void {
  for (const { sender } of peer.getTransceivers()) {
    const next = sender.track?.kind === "audio" ? tracks.microphone : sender.track?.kind === "video" ? tracks.camera : null;
    if (next && next !== sender.track) void sender.replaceTrack(next).catch(() => undefined);
  }
}

function addMedia(peer: RTCPeerConnection, { microphone, camera }: Tracks): void {
  if (microphone) peer.addTransceiver(microphone, { direction: "sendrecv" });
  else peer.addTransceiver("audio", { direction: "recvonly" });
  if (!camera) return;
  const video = peer.addTransceiver(camera, { direction: "sendonly", sendEncodings: [{ maxFramerate: VIDEO_FRAMES_PER_SECOND }] });
  const codecs = RTCRtpReceiver.getCapabilities("video")?.codecs.filter(({ mimeType }) => /^video\/(vp8|rtx)$/i.test(mimeType)) ?? [];
  if (codecs.some(({ mimeType }) => /vp8$/i.test(mimeType))) video.setCodecPreferences(codecs);
}

/** Resolves when all candidates are in the description, or after the time limit with those found so far. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHERING_MS);
    const check = () => {
      if (peer.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    };
    peer.addEventListener("icegatheringstatechange", check);
    check();
  });
}

function watchLoss(peer: RTCPeerConnection, channel: RTCDataChannel, lose: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  peer.addEventListener("connectionstatechange", () => {
    clearTimeout(timer);
    if (peer.connectionState === "failed" || peer.connectionState === "closed") lose();
    if (peer.connectionState === "disconnected") timer = setTimeout(lose, DISCONNECTED_MS);
  });
  channel.addEventListener("close", lose);
}

function opened(channel: RTCDataChannel, lost: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new KioskError("unreachable"));
    const timer = setTimeout(fail, OPENING_MS);
    signal.addEventListener("abort", fail, { once: true });
    void lost.then(fail);
    const succeed = () => {
      clearTimeout(timer);
      resolve();
    };
    if (channel.readyState === "open") succeed();
    else channel.addEventListener("open", succeed, { once: true });
  });
}

async function negotiate(peer: RTCPeerConnection, { token, tracks, signal }: Options): Promise<void> {
  await peer.setLocalDescription(await peer.createOffer());
  await gathered(peer);
  const sdp = peer.localDescription?.sdp ?? "";
  const devices = { microphone: tracks.microphone !== null, camera: tracks.camera !== null };
  const answer = await kiosk.offer(token, { sdp, type: "offer", ...devices }, signal);
  await peer.setRemoteDescription(answer);
}

/** A live WebRTC link to the room. Throws `KioskError`. */
export async function openRoomLink(options: Options): Promise<RoomLink> {
  if (typeof RTCPeerConnection === "undefined") throw new KioskError("unsupported");
  const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
  const channel = peer.createDataChannel("room", { ordered: true });
  let lose: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  let lastHeard = performance.now();
  const send = (message: PageMessage) => {
    if (channel.readyState !== "open") return false;
    channel.send(JSON.stringify(message));
    return true;
  };
  const pulse = setInterval(() => {
    if (channel.readyState !== "open") return;
    if (performance.now() - lastHeard > SILENCE_MS) lose();
    send({ type: "ping", at: Math.round(performance.now()) });
  }, PING_MS);
  const close = () => {
    clearInterval(pulse);
    channel.close();
    peer.close();
  };

  watchLoss(peer, channel, lose);
  channel.addEventListener("message", (event: MessageEvent<unknown>) => {
    lastHeard = performance.now();
    const message = parseMessage(event.data);
    if (message) options.onMessage(message);
  });
  peer.addEventListener("track", ({ track }) => {
    if (track.kind === "audio") options.onVoice(new MediaStream([track]));
  });
  addMedia(peer, options.tracks);
  try {
    await negotiate(peer, options);
    await opened(channel, lost, options.signal);
  } catch (error) {
    close();
    throw error instanceof KioskError ? error : new KioskError(options.signal.aborted ? "aborted" : "unreachable");
  }
  lastHeard = performance.now();
  return { lost, close, send, use: (tracks) => replaceTracks(peer, tracks) };
}
