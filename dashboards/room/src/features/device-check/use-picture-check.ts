import { useEffect, useState } from "react";
import { kiosk } from "../../shared/kiosk";
import { grabberOf } from "./grab-picture";

const EVERY_MS = 1000;

/** `good`, a hint of the node, or `unavailable`; null until two pictures in a row say the same. */
export type PictureState = string | null;

/** Asks the node once a second how the picture is, while there is a track to look at; asks nothing without one. */
export function usePictureCheck(track: MediaStreamTrack | null, token: string): PictureState {
  const [state, setState] = useState<PictureState>(null);

  useEffect(() => {
    setState(null);
    if (!track) return;
    const stop = new AbortController();
    const grabber = grabberOf(track);
    let before: PictureState = null;
    let timer = 0;
    const look = async () => {
      const picture = grabber.grab();
      if (picture) {
        const now = await kiosk.look(token, picture, stop.signal).then(
          ({ hints: [hint = "good"] }) => hint,
          () => "unavailable",
        );
        if (stop.signal.aborted) return;
        if (now === before) setState(now);
        before = now;
      }
      timer = window.setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => {
      stop.abort();
      window.clearTimeout(timer);
      grabber.stop();
    };
  }, [track, token]);

  return state;
}
