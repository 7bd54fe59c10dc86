import { errorFrom } from "./api-error";
import { SseParser } from "./sse-parser";
import type { SseEvent } from "./sse-parser";

export type StreamStatus = "connecting" | "live" | "waiting" | "refused";

interface Options {
  url: string;
  token: () => string | null;
  signal: AbortSignal;
  onEvent: (event: SseEvent) => void;
  onStatus: (status: StreamStatus) => void;
  onUnauthorized: () => void;
}

const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000];
const LONGEST_MS = 15_000;
/** The server sends a comment every 15 s; twice that without a byte means the stream is dead. */
const SILENCE_MS = 35_000;

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Reads one connection to its end. */
async function readOnce({ url, token, signal, onEvent, onStatus }: Options): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const response = await fetch(url, {
      headers: { Accept: "text/event-stream", Authorization: `Bearer ${token() ?? ""}` },
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok || !response.body) throw errorFrom(response.status, null, null);
    onStatus("live");
    const parser = new SseParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      for (const event of parser.push(piece.value)) onEvent(event);
    }
  } finally {
    clearTimeout(timer);
  }
}

const statusOf = (error: unknown) => (error instanceof Error && "status" in error ? Number(error.status) : 0);

/** Follows a server's event stream until `signal` aborts, reconnecting with back-off; never throws. */
export async function followEvents(options: Options): Promise<void> {
  const { signal, onStatus, onUnauthorized } = options;
  const over = () => signal.aborted;
  let failures = 0;
  onStatus("connecting");
  while (!over()) {
    try {
      await readOnce(options);
      failures = 0;
    } catch (error) {
      if (over()) return;
      const status = statusOf(error);
      if (status === 401) onUnauthorized();
      if (status >= 400 && status < 500 && status !== 429) {
        onStatus("refused");
        return;
      }
    }
    onStatus("waiting");
    await wait(BACK_OFF_MS[failures] ?? LONGEST_MS, signal);
    failures += 1;
  }
}
