import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { drafts } from "../../shared/drafts";
import { NewJobPage } from "./NewJobPage";

const TEMPLATE = {
  id: "plan",
  name: "A plan",
  language: "en",
  competencies: [{ id: "care", name: "Care", definition: "", weight: null, anchors: [] }],
  stages: [],
};

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json([TEMPLATE])));
});

afterEach(() => {
  drafts.dropAll();
  vi.unstubAllGlobals();
});

function show() {
  cleanup();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <LanguageProvider>
          <NewJobPage />
        </LanguageProvider>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const title = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Job title" });

test("what was typed is there after a reload and after a look at the other way to enter a job", async () => {
  show();
  await userEvent.type(title(), "Welder");
  await userEvent.click(screen.getByRole("button", { name: "Paste JSON" }));
  await userEvent.type(screen.getByRole("textbox"), "[[");
  await userEvent.click(screen.getByRole("button", { name: "Use the form" }));
  expect(title()).toHaveValue("Welder");
  show();
  expect(title()).toHaveValue("Welder");
  await userEvent.click(screen.getByRole("button", { name: "Paste JSON" }));
  const json = screen.getByRole<HTMLTextAreaElement>("textbox").value;
  expect(json).toContain('"title": "Welder"');
  expect(json.endsWith("[")).toBe(true);
});

test("a template asks before it takes the place of what was typed", async () => {
  show();
  const picker = await screen.findByRole("combobox", { name: /template/i });
  await userEvent.selectOptions(picker, "plan.en");
  expect(screen.getByDisplayValue("Care")).toBeInTheDocument();
  await userEvent.type(screen.getByDisplayValue("Care"), "ful");
  await userEvent.selectOptions(picker, "");
  await userEvent.selectOptions(picker, "plan.en");
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(screen.getByDisplayValue("Careful")).toBeInTheDocument();
  await userEvent.selectOptions(picker, "plan.en");
  await userEvent.click(screen.getByRole("button", { name: "Yes, use the template" }));
  expect(screen.getByDisplayValue("Care")).toBeInTheDocument();
});

test("the form is cleared only when that is confirmed", async () => {
  show();
  await userEvent.type(title(), "Welder");
  await userEvent.click(screen.getByRole("button", { name: "Clear the form" }));
  expect(title()).toHaveValue("Welder");
  await userEvent.click(screen.getByRole("button", { name: "Yes, clear it" }));
  expect(title()).toHaveValue("");
  show();
  expect(title()).toHaveValue("");
});
