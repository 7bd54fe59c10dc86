import { configure, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { session } from "../../shared/session";
import { SignIn } from "./SignIn";

// Maybe on a machine that has much else to do.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  session.signOut();
  sessionStorage.clear();
});

const LOGIN = { access_token: "good", token_type: "bearer", expires_in: 3600, role: "recruiter", name: "Minji" };
const OWN = "a new one, long enough";
const refused = (status: number, code: string) => Response.json({ code, message: "" }, { status });

/** The form before a server that gave out the one-time password "once"; what was posted. */
function open(language = "en") {
  const posted: Record<string, string>[] = [];
  sessionStorage.setItem("language", language);
  vi.spyOn(globalThis, "fetch").mockImplementation(async (target) => {
    const body = (await (target as Request).json()) as Record<string, string>;
    posted.push(body);
    if (body.password !== "once") return refused(401, "bad_credentials");
    if (body.new_password === undefined) return refused(403, "password_change_needed");
    return body.new_password === OWN ? Response.json(LOGIN) : refused(422, "password_unfit");
  });
  render(
    <LanguageProvider>
      <SignIn expired={false} />
    </LanguageProvider>,
  );
  return posted;
}

function fill(label: string, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

async function signIn(password: string) {
  fill("E-mail address", "minji@example.org");
  fill("Password", password);
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

async function choose(first: string, again: string) {
  fill("New password", first);
  fill("New password, once more", again);
  await userEvent.click(screen.getByRole("button", { name: "Keep it and sign in" }));
}

test("a one-time password leads to a password of one's own, and then in", async () => {
  const posted = open();
  await signIn("once");
  expect(await screen.findByText(/was for one sign-in only/)).toBeVisible();
  expect(screen.getByLabelText("New password")).toHaveFocus();
  expect(session.token()).toBeNull();
  await choose(OWN, "something else entirely");
  expect(screen.getByRole("alert")).toHaveTextContent("not the same");
  expect(posted).toHaveLength(1);
  await choose("minji@example.org", "minji@example.org");
  expect(await screen.findByText(/will not do/)).toBeVisible();
  expect(session.token()).toBeNull();
  await choose(OWN, OWN);
  await vi.waitFor(() => expect(session.token()).toBe("good"));
  expect(posted.at(-1)).toEqual({ email: "minji@example.org", password: "once", new_password: OWN });
});

test("a wrong password asks for no new one", async () => {
  open();
  await signIn("wrong");
  expect(await screen.findByText("The e-mail address or the password is wrong.")).toBeVisible();
  expect(screen.queryByLabelText("New password")).toBeNull();
});

test("who changes their mind is back at the sign-in", async () => {
  open();
  await signIn("once");
  await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(screen.getByLabelText("Password")).toBeVisible();
  expect(screen.queryByLabelText("New password")).toBeNull();
});
