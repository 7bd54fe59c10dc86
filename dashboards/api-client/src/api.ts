import createClient from "openapi-fetch";
import { ApiError, errorFrom } from "./api-error";
import type { paths } from "./schema.gen";
import type { NewEnrolment, NewInterview, NewJob, NewPlaybookRun } from "./types";

interface Options {
  /** The access token, or null before signing in. */
  token: () => string | null;
  /** Called when the server refuses the token. */
  onUnauthorized: () => void;
  baseUrl?: string;
}

interface Result<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

async function unwrap<T>(request: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await request.catch((cause: unknown) => {
    throw cause instanceof DOMException && cause.name === "AbortError" ? cause : new ApiError("unreachable");
  });
  if (!response.ok) throw errorFrom(response.status, error, response.headers.get("Retry-After"));
  return data as T;
}

const LOGIN_PATH = "/api/auth/login";

export function createApi({ token, onUnauthorized, baseUrl = location.origin }: Options) {
  const client = createClient<paths>({ baseUrl, fetch: (request: Request) => fetch(request) });
  client.use({
    onRequest: ({ request }) => {
      const value = token();
      if (value !== null) request.headers.set("Authorization", `Bearer ${value}`);
      return request;
    },
    onResponse: ({ response, schemaPath }) => {
      if (response.status === 401 && schemaPath !== LOGIN_PATH) onUnauthorized();
    },
  });
  const interviewPath = (interview_id: string) => ({ params: { path: { interview_id } } });

  return {
    /** With `newPassword`, that is the account's from now on; a one-time password is taken only so. */
    login: (email: string, password: string, newPassword?: string) =>
      unwrap(
        client.POST(LOGIN_PATH, { body: { email, password, ...(newPassword !== undefined && { new_password: newPassword }) } }),
      ),
    nodes: () => unwrap(client.GET("/api/nodes")),
    deadLetters: () => unwrap(client.GET("/api/dead-letters")),
    openDeadLetters: () => unwrap(client.GET("/api/dead-letters/open")),
    settleDeadLetter: (letter_id: number) =>
      unwrap(client.POST("/api/dead-letters/{letter_id}/settle", { params: { path: { letter_id } } })),
    /** What came, byte for byte; the server notes who asked. */
    deadLetterBytes: (letter_id: number) =>
      unwrap(client.GET("/api/dead-letters/{letter_id}/bytes", { params: { path: { letter_id } }, parseAs: "blob" })),
    enrolmentToken: (body: NewEnrolment) => unwrap(client.POST("/api/nodes/enrolment-tokens", { body })),
    revokeNode: (node_id: string) =>
      unwrap(client.POST("/api/nodes/{node_id}/revocation", { params: { path: { node_id } } })),
    playbooks: () => unwrap(client.GET("/api/playbooks")),
    startPlaybook: (body: NewPlaybookRun) => unwrap(client.POST("/api/playbooks/runs", { body })),
    playbookRun: (run_id: string) => unwrap(client.GET("/api/playbooks/runs/{run_id}", { params: { path: { run_id } } })),
    cancelPlaybook: (run_id: string) =>
      unwrap(client.POST("/api/playbooks/runs/{run_id}/cancellation", { params: { path: { run_id } } })),
    companies: () => unwrap(client.GET("/api/companies")),
    jobs: () => unwrap(client.GET("/api/jobs")),
    job: (job_id: string) => unwrap(client.GET("/api/jobs/{job_id}", { params: { path: { job_id } } })),
    jobTemplates: () => unwrap(client.GET("/api/jobs/templates")),
    createJob: (body: NewJob) => unwrap(client.POST("/api/jobs", { body })),
    candidates: () => unwrap(client.GET("/api/candidates")),
    candidate: (candidate_id: string) =>
      unwrap(client.GET("/api/candidates/{candidate_id}", { params: { path: { candidate_id } } })),
    interviews: () => unwrap(client.GET("/api/interviews")),
    interview: (id: string) => unwrap(client.GET("/api/interviews/{interview_id}", interviewPath(id))),
    integrity: (id: string) => unwrap(client.GET("/api/interviews/{interview_id}/integrity", interviewPath(id))),
    createInterview: (body: NewInterview) => unwrap(client.POST("/api/interviews", { body })),
    /** An answer, or a part of its text, to listen to; the server notes who asked. */
    turnAudio: (interview_id: string, turn_id: string, part: { start_char: number; end_char: number } | undefined, signal: AbortSignal) =>
      unwrap<unknown>(
        client.GET("/api/interviews/{interview_id}/turns/{turn_id}/audio", {
          params: {
            path: { interview_id, turn_id },
            query: part === undefined ? {} : { start_char: part.start_char, end_char: part.end_char },
          },
          parseAs: "blob",
          signal,
        }),
      ) as Promise<Blob>,
    /** For good, here and at the node. */
    eraseRecording: (id: string) => unwrap(client.DELETE("/api/interviews/{interview_id}/recording", interviewPath(id))),
    newJoinCode: (id: string) => unwrap(client.POST("/api/interviews/{interview_id}/join-code", interviewPath(id))),
  };
}

export type Api = ReturnType<typeof createApi>;
