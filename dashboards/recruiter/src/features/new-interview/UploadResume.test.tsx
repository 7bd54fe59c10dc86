import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { configure, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { UploadResume } from "./UploadResume";

// Maybe on a machine that has much else to do.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const KNOWN = [
  { candidate_id: "c1", name: "Jisoo Kim", email: "j@example.org", created_at: "2026-11-22T10:00:00Z", same: ["email"] },
  { candidate_id: "c2", name: "J. Kim", email: null, created_at: "2026-11-21T10:00:00Z", same: ["file"] },
];
const DONE = { candidate_id: "c1", resume_id: "r2", email: "j@example.org", pages: 1, hidden_words: 0, sections: [], chunks: 1 };

const EN = { file: "Resume (PDF)", name: "Name", send: "Upload", asked: "Is this the same person?" };
const KO = { file: "이력서 (PDF)", name: "이름", send: "올리기", asked: "같은 사람인가요?" };

/** A server that knows the person unless it is told what to do; every form that was sent. */
function open(language = "en") {
  const forms: Record<string, FormDataEntryValue>[] = [];
  const chosen: string[] = [];
  class FakeRequest extends EventTarget {
    upload = new EventTarget();
    status = 0;
    responseText = "";
    open = vi.fn();
    setRequestHeader = vi.fn();
    getResponseHeader = () => null;
    send(form: FormData) {
      forms.push(Object.fromEntries(form));
      const decided = form.get("if_known") !== "ask";
      this.status = decided ? 201 : 409;
      this.responseText = JSON.stringify(decided ? DONE : { code: "candidate_known", message: "", details: KNOWN });
      queueMicrotask(() => this.dispatchEvent(new Event("load")));
    }
  }
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  sessionStorage.setItem("language", language);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LanguageProvider>
        <UploadResume onUploaded={(id) => chosen.push(id)} />
      </LanguageProvider>
    </QueryClientProvider>,
  );
  return { forms, chosen };
}

async function upload({ file, name, send, asked } = EN) {
  await userEvent.upload(screen.getByLabelText(file), new File(["%PDF-"], "cv.pdf", { type: "application/pdf" }));
  fireEvent.change(screen.getByLabelText(name), { target: { value: "Jisoo Kim" } });
  // jsdom does not see the chosen file and would hold the form for incomplete.
  fireEvent.submit(screen.getByRole("button", { name: send }));
  return within(await screen.findByRole("group", { name: asked }));
}

test("who may be the same person is named, and the resume goes to the one chosen", async () => {
  const { forms, chosen } = open();
  const asked = await upload();
  expect(asked.getByRole("alert")).toHaveTextContent("Nothing is stored yet");
  expect(asked.getByText(/Jisoo Kim – j@example.org/)).toHaveTextContent("same e-mail address");
  expect(asked.getByText(/J\. Kim/, { selector: "div" })).toHaveTextContent("same file");
  expect(asked.getByRole("button", { name: "Cancel" })).toHaveFocus();
  expect(chosen).toEqual([]);
  await userEvent.click(asked.getByRole("button", { name: "Add the resume to Jisoo Kim" }));
  await vi.waitFor(() => expect(chosen).toEqual(["c1"]));
  expect(forms.at(-1)).toMatchObject({ if_known: "add", candidate_id: "c1", name: "Jisoo Kim" });
  expect(screen.queryByRole("group", { name: "Is this the same person?" })).toBeNull();
});

test("another person of that name is a new candidate", async () => {
  const { forms, chosen } = open();
  const asked = await upload();
  await userEvent.click(asked.getByRole("button", { name: "Make a new candidate" }));
  await vi.waitFor(() => expect(chosen).toHaveLength(1));
  expect(forms.at(-1)).toMatchObject({ if_known: "new" });
  expect(forms.at(-1)).not.toHaveProperty("candidate_id");
});

test("who cancels sends nothing more and keeps what was filled in", async () => {
  const { forms, chosen } = open();
  const asked = await upload();
  await userEvent.click(asked.getByRole("button", { name: "Cancel" }));
  expect(screen.queryByRole("group", { name: "Is this the same person?" })).toBeNull();
  expect(screen.getByLabelText("Name")).toHaveValue("Jisoo Kim");
  expect(forms).toHaveLength(1);
  expect(chosen).toEqual([]);
});

test("it is asked in Korean, too", async () => {
  open("ko");
  const asked = await upload(KO);
  expect(asked.getByRole("button", { name: "Jisoo Kim 지원자에게 이력서 추가" })).toBeEnabled();
  expect(asked.getByRole("button", { name: "새 지원자로 등록" })).toBeEnabled();
});
