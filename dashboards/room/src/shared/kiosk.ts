/** The kiosk's HTTP interface: one function per call, one error type with the server's stable code. */

export interface Interview {
  id: string;
  language: string;
  company_name: string;
  job_title: string;
  candidate_name: string;
  stages: number;
  minutes: number;
}

export interface Joined {
  token: string;
  interview: Interview;
  notice_version: string;
  /** Whether this place asks for a recording. */
  recording: boolean;
  /** Whether this place asks to guess what a face expresses. */
  emotion: boolean;
}

export interface NodeState {
  name: string;
  ready: boolean;
  problems: string[];
  /** Interviews that could be opened now. */
  rooms_free: number;
  languages: string[];
}

export interface InterviewState {
  consented: boolean;
  closed: boolean;
  question: { id: string; text: string } | null;
  stages_done: number;
  stages_total: number;
  recording: boolean;
  /** What the candidate agreed to. */
  purposes: string[];
  /** The conversation so far, oldest first. */
  said: { who: "interviewer" | "candidate"; id: string; text: string }[];
}

/** I420, both sides even. */
export interface Picture {
  width: number;
  height: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Offer {
  sdp: string;
  type: "offer";
  microphone: boolean;
  camera: boolean;
}

export class KioskError extends Error {
  readonly code: string;
  readonly retryAfterSeconds: number;

  constructor(code: string, retryAfterSeconds = 0) {
    super(code);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const REQUEST_SECONDS = 15;

interface Request {
  method?: "GET" | "POST";
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  bytes?: Uint8Array<ArrayBuffer>;
  token?: string;
  signal?: AbortSignal;
}

async function errorOf(response: Response): Promise<KioskError> {
  const body: unknown = await response.json().catch(() => null);
  const code = typeof body === "object" && body !== null && "code" in body ? String(body.code) : `http_${response.status}`;
  return new KioskError(code, Number(response.headers.get("Retry-After") ?? 0));
}

async function request<T>(path: string, { method = "GET", body, bytes, token, signal }: Request): Promise<T> {
  const deadline = AbortSignal.timeout(REQUEST_SECONDS * 1000);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(bytes === undefined ? {} : { "Content-Type": "application/octet-stream" }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: bytes ?? (body === undefined ? null : JSON.stringify(body)),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new KioskError("unreachable");
  }
  if (!response.ok) throw await errorOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const kiosk = {
  node: (signal: AbortSignal) => request<NodeState>("/api/node", { signal }),
  join: (code: string) => request<Joined>("/api/join", { method: "POST", body: { code } }),
  look: (token: string, picture: Picture, signal: AbortSignal) =>
    request<{ hints: string[] }>(`/api/look?width=${picture.width}&height=${picture.height}`, {
      method: "POST",
      bytes: picture.bytes,
      token,
      signal,
    }),
  consent: (token: string, purposes: string[], noticeVersion: string) =>
    request<undefined>("/api/consent", { method: "POST", body: { purposes, notice_version: noticeVersion }, token }),
  decline: (token: string) => request<undefined>("/api/decline", { method: "POST", token }),
  offer: (token: string, offer: Offer, signal: AbortSignal) =>
    request<{ sdp: string; type: "answer" }>("/api/offer", { method: "POST", body: offer, token, signal }),
  state: (token: string, signal: AbortSignal) => request<InterviewState>("/api/state", { token, signal }),
};
