import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import type { Joined } from "../../shared/kiosk";
import { JoinForm } from "./JoinForm";

const JOINED: Joined = {
  token: "t",
  interview: { id: "1", language: "en", company_name: "C", job_title: "J", candidate_name: "N", stages: 3, minutes: 20 },
  notice_version: "1",
  recording: false,
  emotion: false,
};

function setUp(join: () => Response) {
  const fetched = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation((path) =>
      Promise.resolve(path === "/api/node" ? Response.json({ name: "n", ready: true, problems: [], rooms_free: 1, languages: [] }) : join()),
    );
  const onJoined = vi.fn();
  render(
    <LanguageProvider>
      <JoinForm onJoined={onJoined} reason={null} />
    </LanguageProvider>,
  );
  const joins = () => fetched.mock.calls.filter(([path]) => path === "/api/join").map(([, init]) => init?.body);
  return { onJoined, joins };
}

async function enter(code: string) {
  await userEvent.type(screen.getByLabelText("Join code"), code);
  await userEvent.click(screen.getByRole("button", { name: "Join" }));
}

test("a code typed any way is sent in its one form", async () => {
  const { onJoined, joins } = setUp(() => Response.json(JOINED));
  await enter("abcd efg0");
  expect(screen.getByLabelText("Join code")).toHaveValue("ABCD-EFG0");
  expect(joins()).toEqual(['{"code":"ABCDEFG0"}']);
  expect(onJoined).toHaveBeenCalledWith(JOINED);
});

test("an incomplete code is not sent", async () => {
  const { joins } = setUp(() => Response.json(JOINED));
  await enter("abc");
  expect(await screen.findByText(/has 8 letters or digits/)).toBeInTheDocument();
  expect(joins()).toEqual([]);
});

test.each([
  [404, "code_unknown", {}, /not known here/],
  [409, "code_used", {}, /already been used/],
  [410, "code_expired", {}, /has expired/],
  [429, "too_many_tries", { "Retry-After": "42" }, /wait 42 seconds/],
  [503, "node_not_ready", {}, /not ready yet/],
  [500, "novel", {}, /\(novel\)/],
])("%i %s is explained", async (status, code, headers, words) => {
  const { onJoined } = setUp(() => Response.json({ code, message: "" }, { status, headers }));
  await enter("abcdefgh");
  expect(await screen.findByText(words)).toBeInTheDocument();
  expect(onJoined).not.toHaveBeenCalled();
});
