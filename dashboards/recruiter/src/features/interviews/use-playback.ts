import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../../shared/api";

export interface Part {
  start_char: number;
  end_char: number;
}

type State = { kind: "idle" | "loading" | "playing" } | { kind: "failed"; error: unknown };

/** Ends what is heard now: one voice at a time. */
let endCurrent: (() => void) | null = null;

/** Fetches and plays a turn, or a part of its text. The server notes who listened, so nothing is fetched beforehand. */
export function usePlayback(interviewId: string, turnId: string, part: Part | undefined) {
  const [state, setState] = useState<State>({ kind: "idle" });
  const end = useRef<() => void>(() => undefined);
  useEffect(() => () => end.current(), []);

  const start = useCallback(async () => {
    endCurrent?.();
    const stop = new AbortController();
    const over = () => stop.signal.aborted;
    const audio = new Audio();
    let address = "";
    const finish = (next: State) => {
      if (over()) return;
      stop.abort();
      audio.pause();
      if (address !== "") URL.revokeObjectURL(address);
      if (endCurrent === endHere) endCurrent = null;
      setState(next);
    };
    const endHere = () => finish({ kind: "idle" });
    end.current = endCurrent = endHere;
    setState({ kind: "loading" });
    try {
      const sound = await api.turnAudio(interviewId, turnId, part, stop.signal);
      if (over()) return;
      address = URL.createObjectURL(sound);
      audio.src = address;
      audio.onended = endHere;
      audio.onerror = () => finish({ kind: "failed", error: new Error("not playable") });
      await audio.play();
      if (!over()) setState({ kind: "playing" });
    } catch (error) {
      finish({ kind: "failed", error });
    }
  }, [interviewId, turnId, part]);

  return { state, start, stop: () => end.current() };
}
