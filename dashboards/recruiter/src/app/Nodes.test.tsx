import { render, screen, within } from "@testing-library/react";
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
  room_url: "https://room.test/",
  clock_skew_ms: 0,
  clock_sync: "synchronised",
  clock_error_max_ms: 3,
  clock_wrong: false,
  incidents: [],
  release: null,
  pull: null,
  identity: "enrolled",
  enrolled_until: "2026-12-22T10:00:00Z",
  revoked_at: null,
};
const REVOKED = { ...NODE, identity: "revoked", revoked_at: NODE.last_seen };
const TOKEN = { node_id: "node-2", token: "a-token-shown-once", expires_at: NODE.last_seen };

const NO_PLAYBOOKS = { switched_on: false, runner_online: false, runner_seen_at: null, offers: { machines: [], bundles: [] }, runs: [] };

/** The nodes page as `role` sees it; revoking works. */
function open(role: "admin" | "recruiter", first: object = NODE) {
  let node = first;
  const requests: Request[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation((target) => {
    const request = target as Request;
    requests.push(request.clone());
    const name = `${request.method} ${new URL(request.url).pathname}`;
    if (name === "POST /api/nodes/node-1/revocation") node = REVOKED;
    if (name === "POST /api/nodes/enrolment-tokens") return Promise.resolve(Response.json(TOKEN, { status: 201 }));
    if (name === "GET /api/playbooks") return Promise.resolve(Response.json(NO_PLAYBOOKS));
    return Promise.resolve(Response.json(name === "GET /api/nodes" ? [node] : {}));
  });
  history.replaceState(null, "", "/nodes");
  session.signIn({ access_token: "good", token_type: "bearer", expires_in: 3600, role, name: "Minji" });
  render(
    <LanguageProvider>
      <App />
    </LanguageProvider>,
  );
  return requests;
}

test("a node that went back to its old release says so, and why", async () => {
  const release = { actual: "1.0-aaaa", target: "1.1-bbbb", state: "rolled_back", reason: "hear: heard nothing" };
  open("recruiter", { ...NODE, release });
  const row = (await screen.findByText("Went back")).closest("tr");
  expect(row).not.toBeNull();
  expect(within(row as HTMLElement).getByText("1.0-aaaa")).toBeVisible();
  expect(within(row as HTMLElement).getByText("was to run 1.1-bbbb")).toBeVisible();
  expect(within(row as HTMLElement).getByText("hear: heard nothing")).toBeVisible();
});

test("a node that fetches releases itself says how far it is, and why it did not take one", async () => {
  const pull = { group: "canary", version: "1.1", state: "fetching", received_percent: 43, reason: "" };
  open("recruiter", { ...NODE, pull });
  expect(await screen.findByText("Fetches 1.1: 43 %")).toBeVisible();
  expect(screen.getByText("Fetches releases itself")).toBeVisible();
});

test("a release that a node did not take is shown with the reason", async () => {
  const reason = "bundle refused: the signature is not of a key this machine trusts";
  open("recruiter", { ...NODE, pull: { group: "rest", version: "1.1", state: "failed", received_percent: 0, reason } });
  expect(await screen.findByText("Did not take 1.1")).toBeVisible();
  expect(screen.getByText(reason)).toBeVisible();
});

test("an administrator gets a token once, with the command to run on the node", async () => {
  const requests = open("admin");
  await screen.findByText("Enrolled");
  await userEvent.click(screen.getByRole("button", { name: "Enrol a node" }));
  await userEvent.type(screen.getByLabelText("Name of the node"), "node-2");
  await userEvent.type(screen.getByLabelText("Addresses of its room page"), "10.0.0.7 room.branch");
  await userEvent.click(screen.getByRole("button", { name: "Make a token" }));
  expect(await screen.findByText("a-token-shown-once")).toBeInTheDocument();
  expect(screen.getByText(/justw node enrol --coordinator http.* --name node-2 --token-file FILE/)).toBeInTheDocument();
  const posted = requests.find(({ method }) => method === "POST");
  expect(await posted?.json()).toEqual({ node_id: "node-2", page_names: ["10.0.0.7", "room.branch"] });
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByText("a-token-shown-once")).toBeNull();
});

test("enrolling under the name of a node that has access says what becomes of it and why, and nothing else does", async () => {
  open("admin");
  await screen.findByText("Enrolled");
  await userEvent.click(screen.getByRole("button", { name: "Enrol a node" }));
  expect(screen.queryByText(/A name lets in one node/)).toBeNull();
  await userEvent.type(screen.getByLabelText("Name of the node"), "node-1");
  expect(screen.getByText(/node-1 has access now, until .*2026.* A name lets in one node/)).toBeVisible();
  await userEvent.type(screen.getByLabelText("Name of the node"), "7");
  expect(screen.queryByText(/A name lets in one node/)).toBeNull();
});

test("a node that was revoked is enrolled again without a warning", async () => {
  open("admin", REVOKED);
  await userEvent.click(await screen.findByRole("button", { name: "Enrol again" }));
  expect(screen.getByLabelText("Name of the node")).toHaveValue("node-1");
  expect(screen.queryByText(/A name lets in one node/)).toBeNull();
});

test("a node is revoked only after a second yes", async () => {
  const requests = open("admin");
  await userEvent.click(await screen.findByRole("button", { name: "Revoke" }));
  expect(requests.every(({ method }) => method === "GET")).toBe(true);
  const asked = screen.getByRole("group", { name: "Revoke" });
  expect(within(asked).getByRole("alert")).toHaveTextContent("Busan, room 2 is cut off at once");
  await userEvent.click(within(asked).getByRole("button", { name: "Yes, revoke it" }));
  expect(await screen.findByText("Revoked")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Enrol again" })).toBeInTheDocument();
});

test("a recruiter sees who is let in and can change nothing", async () => {
  open("recruiter");
  expect(await screen.findByText("Enrolled")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Revoke" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Enrol a node" })).toBeNull();
});
