import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { queries } from "../../shared/queries";
import { NewInterviewPage } from "./NewInterviewPage";

const CREATED = {
  interview_id: "i1",
  join_code: "ABCD2345",
  join_code_expires_at: "2026-11-22T12:00:00Z",
  room_url: "https://room.test/",
};
const LISTS: Record<string, unknown> = {
  jobs: [{ id: "j1", title: "Data engineer", company_name: "Hanbit", language: "en" }],
  candidates: [{ id: "c1", name: "Jisoo Kim", email: null, language: "en", resume_id: null }],
  nodes: [{ node_id: "n1", display_name: "Busan, room 2", online: true, problems: [], incidents: [], rooms_open: 0, rooms_max: 1, clock_wrong: false }],
};

test("the code of a new interview is shown until the candidate has come in", async () => {
  let status = "scheduled";
  vi.spyOn(globalThis, "fetch").mockImplementation((target) => {
    const { method, url } = target as Request;
    const name = url.split("/").at(-1) ?? "";
    if (name !== "interviews") return Promise.resolve(Response.json(LISTS[name] ?? []));
    return Promise.resolve(Response.json(method === "POST" ? CREATED : [{ interview_id: "i1", status }]));
  });
  const client = new QueryClient();
  render(
    <LanguageProvider>
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={["/interviews/new?job=j1&candidate=c1"]}>
          <NewInterviewPage />
        </MemoryRouter>
      </QueryClientProvider>
    </LanguageProvider>,
  );
  await userEvent.click(await screen.findByRole("radio", { name: /Busan, room 2/ }));
  await userEvent.click(screen.getByRole("button", { name: "Create the interview" }));
  expect(await screen.findByText("ABCD-2345")).toBeVisible();
  await client.invalidateQueries({ queryKey: queries.interviews.queryKey });
  expect(screen.getByText("ABCD-2345")).toBeVisible();
  status = "open";
  await client.invalidateQueries({ queryKey: queries.interviews.queryKey });
  expect(await screen.findByText(/has come in since/)).toBeVisible();
  expect(screen.queryByText("ABCD-2345")).toBeNull();
});
