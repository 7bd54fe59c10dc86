import { useEffect, useState } from "react";
import type { PageMessage } from "./messages";

/** How long the room may take to confirm that the candidate left. */
export const LEAVING_MS = 5_000;

/** Asks the room to close, and ends when it did or after a while: a message just sent needs the connection open. */
export function useLeaving(send: (message: PageMessage) => boolean, closed: boolean, onLeft: () => void) {
  const [leaving, setLeaving] = useState(false);
  useEffect(() => {
    if (!leaving) return;
    if (closed) {
      onLeft();
      return;
    }
    const timer = setTimeout(onLeft, LEAVING_MS);
    return () => clearTimeout(timer);
  }, [leaving, closed, onLeft]);
  const leave = () => {
    if (send({ type: "leave" })) setLeaving(true);
    else onLeft();
  };
  return { leaving, leave };
}
