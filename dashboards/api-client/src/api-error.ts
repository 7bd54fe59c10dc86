/** One thing wrong with a request, in the server's words. */
export type ErrorDetail = Record<string, unknown>;

/** A refused or failed request. `code` is the server's stable code, or "unreachable". */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryAfterSeconds: number;
  readonly details: readonly ErrorDetail[];

  constructor(code: string, status = 0, retryAfterSeconds = 0, details: readonly ErrorDetail[] = []) {
    super(code);
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
    this.details = details;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : "unknown";
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** `body`: what the server sent, already parsed, of any shape. */
export function errorFrom(status: number, body: unknown, retryAfter: string | null): ApiError {
  const code = isObject(body) && typeof body.code === "string" ? body.code : `http_${status}`;
  const details = isObject(body) && Array.isArray(body.details) ? body.details.filter(isObject) : [];
  return new ApiError(code, status, Number(retryAfter ?? 0), details);
}
