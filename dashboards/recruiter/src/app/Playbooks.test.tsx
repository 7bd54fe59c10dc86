import { configure, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../shared/i18n";
import { session } from "../shared/session";
import { App } from "./App";

// A whole page is drawn, maybe on a machine that has much else to do.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  session.signOut();
});

const AT = "2026-11-22T10:00:00Z";
const SUMMARY = {
  id: "run-1",
  playbook: "upgrade",
  machines: ["nodes"],
  bundle_version: "1.1",
  reason: "",
  status: "running",
  note: "",
  requested_by: "Minji",
  requested_at: AT,
  started_at: AT,
  ended_at: null,
  cancelling: false,
};
const RUN = {
  ...SUMMARY,
  play: "The canary",
  events_dropped: 0,
  results: [{ machine: "branch-a", status: "ok", changed: 0, task: "edge_node: Let interviews end", reason: "" }],
  events: [{ number: 1, at: AT, machine: "", task: "The canary", status: "play", reason: "" }],
};
const FAILED = {
  ...RUN,
  status: "failed",
  play: "",
  results: [{ machine: "branch-a", status: "failed", changed: 2, task: "edge_node: Hold one rehearsed turn", reason: "hear: heard nothing" }],
};
const DESK = {
  switched_on: true,
  runner_online: true,
  runner_seen_at: AT,
  offers: {
    machines: [
      { name: "branch-a", groups: ["nodes"] },
      { name: "head-office", groups: ["coordinator"] },
    ],
    bundles: [{ id: "0123456789abcdef", version: "1.1" }],
  },
  runs: [] as object[],
};

/** The fleet page as `role` sees it; `streamed` is what the live view sends. */
function open(role: "admin" | "recruiter", desk: typeof DESK, streamed: object[] = []) {
  const requests: Request[] = [];
  let run: object = RUN;
  vi.spyOn(globalThis, "fetch").mockImplementation((target) => {
    const request = target instanceof Request ? target : new Request(new URL(String(target), location.origin));
    requests.push(request.clone());
    const name = `${request.method} ${new URL(request.url).pathname}`;
    if (name === "GET /api/playbooks/runs/run-1/events") {
      run = streamed.at(-1) ?? run;
      const text = streamed.map((one) => `event: changed\ndata: ${JSON.stringify(one)}\n\n`).join("");
      return Promise.resolve(new Response(text, { headers: { "Content-Type": "text/event-stream" } }));
    }
    if (name === "POST /api/playbooks/runs/run-1/cancellation") run = { ...RUN, cancelling: true };
    if (name === "GET /api/playbooks") return Promise.resolve(Response.json(desk));
    if (name.includes("/api/playbooks/runs")) return Promise.resolve(Response.json(run, { status: request.method === "POST" ? 201 : 200 }));
    return Promise.resolve(Response.json(name === "GET /api/nodes" ? [] : {}));
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

const posts = (requests: Request[]) => requests.filter(({ method }) => method === "POST");

test("an upgrade of some machines begins only after a second yes", async () => {
  const requests = open("admin", DESK);
  await userEvent.click(await screen.findByRole("button", { name: "Start a playbook" }));
  const form = within(screen.getByRole("form", { name: "Start a playbook" }));
  await userEvent.click(form.getByRole("radio", { name: "Upgrade" }));
  await userEvent.click(form.getByRole("radio", { name: "Only these" }));
  expect(form.getByRole("button", { name: "Go on" })).toBeDisabled();
  await userEvent.click(form.getByRole("checkbox", { name: "nodes group" }));
  await userEvent.click(form.getByRole("button", { name: "Go on" }));
  expect(posts(requests)).toEqual([]);
  expect(form.getByRole("alert")).toHaveTextContent("Upgrade: nodes. Start it now?");
  await userEvent.click(form.getByRole("button", { name: "Yes, start it" }));
  expect(await screen.findByText("branch-a")).toBeInTheDocument();
  const [posted] = posts(requests);
  expect(await posted?.json()).toEqual({
    playbook: "upgrade",
    machines: ["nodes"],
    bundle: "0123456789abcdef",
    reason: "",
    failures_most: 0,
  });
});

test("going back needs a reason", async () => {
  const requests = open("admin", DESK);
  await userEvent.click(await screen.findByRole("button", { name: "Start a playbook" }));
  await userEvent.click(screen.getByRole("radio", { name: "Back to the release before" }));
  await userEvent.click(screen.getByRole("button", { name: "Go on" }));
  expect(screen.queryByRole("button", { name: "Yes, start it" })).toBeNull();
  await userEvent.type(screen.getByLabelText("Why"), "it stutters");
  await userEvent.click(screen.getByRole("button", { name: "Go on" }));
  await userEvent.click(screen.getByRole("button", { name: "Yes, start it" }));
  await screen.findByText("branch-a");
  const [posted] = posts(requests);
  expect(await posted?.json()).toMatchObject({ playbook: "rollback", machines: [], bundle: "", reason: "it stutters" });
});

test("what is under way is shown live, to the reason of the machine that failed", async () => {
  open("admin", { ...DESK, runs: [SUMMARY] }, [RUN, FAILED]);
  expect(await screen.findByText("hear: heard nothing")).toBeVisible();
  const row = screen.getByText("branch-a").closest("tr");
  expect(within(row as HTMLElement).getByText("Failed")).toBeVisible();
  expect(within(row as HTMLElement).getByText("edge_node: Hold one rehearsed turn")).toBeVisible();
});

test("stopping asks first", async () => {
  const requests = open("admin", { ...DESK, runs: [SUMMARY] });
  await userEvent.click(await screen.findByRole("button", { name: "Stop it" }));
  expect(posts(requests)).toEqual([]);
  expect(screen.getByRole("alert")).toHaveTextContent("between two releases");
  await userEvent.click(screen.getByRole("button", { name: "Yes, stop it" }));
  expect(await screen.findByText("It was told to stop.")).toBeInTheDocument();
  expect(posts(requests).map(({ url }) => new URL(url).pathname)).toEqual(["/api/playbooks/runs/run-1/cancellation"]);
});

test("without a runner nothing can be started, and the page says why", async () => {
  open("admin", { ...DESK, runner_online: false, runner_seen_at: null as unknown as string });
  expect(await screen.findByText(/No runner of playbooks was ever heard of/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Start a playbook" })).toBeDisabled();
});

test("where playbooks are not switched on nothing is said of them", async () => {
  const requests = open("admin", { ...DESK, switched_on: false, runner_online: false, runner_seen_at: null as unknown as string });
  await screen.findByText("No node has reported yet.");
  await vi.waitFor(() => expect(requests.some(({ url }) => url.endsWith("/api/playbooks"))).toBe(true));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(screen.queryByText("Maintenance")).toBeNull();
  expect(screen.queryByText(/runner/)).toBeNull();
});

test("a recruiter is not asked for playbooks", async () => {
  const requests = open("recruiter", DESK);
  await screen.findByText("No node has reported yet.");
  expect(screen.queryByText("Maintenance")).toBeNull();
  expect(requests.some(({ url }) => url.includes("/api/playbooks"))).toBe(false);
});
