import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { UploadResume } from "./UploadResume";

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const KNOWN = [
  { candidate_id: "c1", name: "Jisoo Kim", email: "j@example.org", created_at: "2026-11-22T10:00:00Z", same: ["email"] },
  { candidate_id: "c2", name: "J. Kim", email: null, created_at: "2026-11-21T10:00:00Z", same: ["file"] },
];
const DONE = { candidate_id: "c1", resume_id: "r2", email: "j@example.org", pages: 1, hidden_words: 0, sections: [], chunks: 1 };

/** A server that knows the person unless it is told what to do; every form that was sent. */
function open(language = "en") {
  const forms: Record<string, FormDataEntryValue>[] = [];
  const chosen: string[] = [];
  class FakeRequest extends EventTarget {
    upload = new EventTarget();
    status = 0;
    responseText = "";
    open() {}
    setRequestHeader() {}
    getResponseHeader() {
      return null;
    }
    send(form: FormData) {
      forms.push(Object.fromEntries(form));
      const decided = form.has("if_known");
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

async function upload() {
  await userEvent.upload(screen.getByLabelText("Resume (PDF)"), new File(["%PDF-"], "cv.pdf", { type: "application/pdf" }));
  await userEvent.type(screen.getByLabelText("Name"), "Jisoo Kim");
  await userEvent.click(screen.getByRole("button", { name: "Upload" }));
  return within(await screen.findByRole("group", { name: "Is this the same person?" }));
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
  await userEvent.upload(screen.getByLabelText("이력서 (PDF)"), new File(["%PDF-"], "cv.pdf", { type: "application/pdf" }));
  await userEvent.type(screen.getByLabelText("이름"), "김지수");
  await userEvent.click(screen.getByRole("button", { name: "올리기" }));
  expect(await screen.findByRole("group", { name: "같은 사람인가요?" })).toBeVisible();
  expect(screen.getByRole("button", { name: "새 지원자로 등록" })).toBeEnabled();
});
