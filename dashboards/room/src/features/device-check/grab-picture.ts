import { smallSides, toI420 } from "./i420";
import type { I420 } from "./i420";

const LONGEST_SIDE = 320;

export interface Grabber {
  /** The picture as it is now, or null before the first. */
  grab: () => I420 | null;
  stop: () => void;
}

/** Takes single pictures of a camera's track, without showing them. */
export function grabberOf(track: MediaStreamTrack): Grabber {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  void video.play().catch(() => undefined);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return {
    grab: () => {
      if (!context || video.videoWidth === 0 || video.videoHeight === 0) return null;
      const { width, height } = smallSides(video.videoWidth, video.videoHeight, LONGEST_SIDE);
      canvas.width = width;
      canvas.height = height;
      context.drawImage(video, 0, 0, width, height);
      return toI420(context.getImageData(0, 0, width, height).data, width, height);
    },
    stop: () => {
      video.srcObject = null;
    },
  };
}
