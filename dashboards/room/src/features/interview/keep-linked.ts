/** Holds a link to the room for as long as the interview lasts: opens, waits for its loss, opens again. */

export interface Link {
  /** Resolves when the link is lost. */
  lost: Promise<void>;
  close: () => void;
}

export type LinkStatus =
  | { kind: "connecting" }
  | { kind: "live" }
  | { kind: "waiting"; code: string; seconds: number }
  | { kind: "failed"; code: string };

const BACK_OFF_SECONDS = [0.5, 1, 2, 4, 8];
const LONGEST_SECONDS = 10;

/** Codes that no further try can change. */
const FATAL = new Set(["token_invalid", "token_expired", "consent_missing", "interview_closed", "bad_offer", "unsupported"]);

export function isFatal(code: string): boolean {
  return FATAL.has(code);
}

/** Seconds before try number `attempt` (0 for the first after a loss), spread by `chance` in [0, 1) over ±20 %. */
export function backOffSeconds(attempt: number, chance: number): number {
  return (BACK_OFF_SECONDS[attempt] ?? LONGEST_SECONDS) * (0.8 + 0.4 * chance);
}

function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, seconds * 1000);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
}

interface Options<L extends Link> {
  open: (signal: AbortSignal) => Promise<L>;
  /** The stable code of an error thrown by `open`. */
  codeOf: (error: unknown) => string;
  onStatus: (status: LinkStatus) => void;
  onLink: (link: L | null) => void;
  chance?: () => number;
}

/** Returns when `signal` aborts or a fatal error was reported; never throws. */
export async function keepLinked<L extends Link>(
  { open, codeOf, onStatus, onLink, chance = Math.random }: Options<L>,
  signal: AbortSignal,
): Promise<void> {
  const over = () => signal.aborted;
  const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  let attempt = 0;
  onStatus({ kind: "connecting" });
  while (!over()) {
    let code = "connection_lost";
    try {
      const link = await open(signal);
      if (!over()) {
        onStatus({ kind: "live" });
        onLink(link);
        attempt = 0;
        await Promise.race([link.lost, aborted]);
        onLink(null);
      }
      link.close();
    } catch (error) {
      code = codeOf(error);
    }
    if (over()) return;
    if (isFatal(code)) {
      onStatus({ kind: "failed", code });
      return;
    }
    const seconds = backOffSeconds(attempt, chance());
    attempt += 1;
    onStatus({ kind: "waiting", code, seconds });
    await wait(seconds, signal);
  }
}
