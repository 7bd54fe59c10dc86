import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../shared/i18n";
import { session } from "../shared/session";
import { App } from "./App";

afterEach(() => {
  session.signOut();
});

const NODE = {
  node_id: "node-1",
  display_name: "Busan, room 2",
  version: "1",
  last_seen: "2026-11-22T10:00:00Z",
  online: true,
  rooms_open: 0,
  rooms_max: 2,
  problems: [],
  incidents: [],
  room_url: "https://room.test/",
  clock_skew_ms: -7_200_000,
  clock_sync: "unsynchronised",
  clock_error_max_ms: 0,
  clock_wrong: true,
  release: null,
  pull: null,
  identity: "enrolled",
  enrolled_until: "2026-12-22T10:00:00Z",
  revoked_at: null,
};
const LETTER = {
  id: 7,
  node_id: "node-1",
  journal_epoch: "e",
  journal_sequence: 41,
  reason: "does_not_fit",
  detail: null,
  bytes: 90,
  received_at: NODE.last_seen,
  settled_at: null,
};
const JOB = { id: "j1", company_id: "co1", company_name: "Hanbit", title: "Data engineer", family: "it", language: "en", stages: 1, competencies: 1, created_at: NODE.last_seen };
const CANDIDATE = { id: "c1", name: "Jisoo Kim", email: null, language: "en", created_at: NODE.last_seen, resume_id: null, pages: null };
const CREATED = { interview_id: "i1", join_code: "7KQ2M9XT", join_code_expires_at: NODE.last_seen, room_url: NODE.room_url };
const LOGIN = { access_token: "good", token_type: "bearer", expires_in: 3600, role: "recruiter", name: "Minji" };

const ANSWERS: Record<string, unknown> = {
  "GET /api/nodes": [NODE],
  "GET /api/dead-letters": [LETTER],
  "GET /api/dead-letters/open": { open: 1 },
  "GET /api/jobs": [JOB],
  "GET /api/candidates": [CANDIDATE],
  "POST /api/interviews": CREATED,
};

/** A server that knows one password and one token. */
function serve(request: Request): Response {
  const name = `${request.method} ${new URL(request.url).pathname}`;
  if (name === "POST /api/auth/login") return Response.json(LOGIN);
  if (request.headers.get("Authorization") !== "Bearer good") return Response.json({ code: "token_expired" }, { status: 401 });
  return Response.json(ANSWERS[name] ?? []);
}

function open(path: string) {
  history.replaceState(null, "", path);
  const requests: Request[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation((target) => {
    const request = target as Request;
    requests.push(request.clone());
    return Promise.resolve(serve(request));
  });
  render(
    <LanguageProvider>
      <App />
    </LanguageProvider>,
  );
  return requests;
}

async function signIn() {
  await userEvent.type(await screen.findByLabelText("E-mail address"), "r@example.org");
  await userEvent.type(screen.getByLabelText("Password"), "secret");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

test("signing in opens the page that was asked for", async () => {
  open("/nodes");
  await signIn();
  expect(await screen.findByText("Busan, room 2")).toBeInTheDocument();
  expect(location.pathname).toBe("/nodes");
});

test("a refused token leads to the sign-in and back to the same place", async () => {
  session.signIn({ ...LOGIN, access_token: "old", token_type: "bearer", role: "recruiter" });
  open("/nodes");
  expect(await screen.findByText(/session has ended/)).toBeInTheDocument();
  expect(sessionStorage.getItem("session")).toBeNull();
  await signIn();
  expect(await screen.findByText("Busan, room 2")).toBeInTheDocument();
});

test("an interview is made of a job, a candidate and a node, and its code is shown", async () => {
  session.signIn({ ...LOGIN, token_type: "bearer", role: "recruiter" });
  const requests = open("/interviews/new");
  const create = await screen.findByRole("button", { name: "Create the interview" });
  expect(create).toBeDisabled();
  await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Job" }), "j1");
  await userEvent.selectOptions(await screen.findByLabelText("Candidate already known"), "c1");
  await userEvent.click(await screen.findByRole("radio"));
  await userEvent.click(create);
  expect(await screen.findByText("7KQ2-M9XT")).toBeInTheDocument();
  const posted = requests.find(({ method }) => method === "POST");
  expect(await posted?.json()).toEqual({ job_id: "j1", candidate_id: "c1", node_id: "node-1" });
});

test("a node whose clock is wrong says by how much", async () => {
  session.signIn({ ...LOGIN, token_type: "bearer", role: "recruiter" });
  open("/nodes");
  expect(await screen.findByText("2 hours behind")).toBeInTheDocument();
  expect(screen.getByText("follows no time source")).toBeInTheDocument();
});

test("a recruiter sees that something could not be read, and nothing of what it says", async () => {
  session.signIn({ ...LOGIN, token_type: "bearer", role: "recruiter" });
  open("/dead-letters");
  expect(await screen.findByText("The entry does not fit what is there already.")).toBeInTheDocument();
  expect(screen.getByText("41")).toBeInTheDocument();
  expect(await screen.findByLabelText("1 open")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Mark as seen to" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Download the bytes" })).toBeNull();
});

test("an admin marks it as seen to", async () => {
  session.signIn({ ...LOGIN, token_type: "bearer", role: "admin" });
  const requests = open("/dead-letters");
  await userEvent.click(await screen.findByRole("button", { name: "Mark as seen to" }));
  expect(requests.some(({ method, url }) => method === "POST" && url.endsWith("/api/dead-letters/7/settle"))).toBe(true);
});
