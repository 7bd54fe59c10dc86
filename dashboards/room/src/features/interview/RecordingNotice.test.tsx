import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { RecordingNotice } from "./RecordingNotice";

function setUp(status: number, ended = false) {
  const fetched = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation((target) =>
      Promise.resolve(
        target === "/api/state"
          ? Response.json({ purposes: ["interview", "recording", "observation"] })
          : new Response(status === 204 ? null : "{}", { status }),
      ),
    );
  render(
    <LanguageProvider>
      <RecordingNotice token="tok" noticeVersion="7" ended={ended} />
    </LanguageProvider>,
  );
  return fetched;
}

test("one press takes the consent to the recording back, and only that", async () => {
  const fetched = setUp(204);
  await userEvent.click(screen.getByRole("button", { name: "Stop and delete the recording" }));
  expect(fetched).toHaveBeenCalledWith(
    "/api/consent",
    expect.objectContaining({ body: '{"purposes":["interview","observation"],"notice_version":"7"}' }),
  );
  expect(screen.getByRole("status")).toHaveTextContent(/deleted/);
  expect(screen.queryByRole("button")).toBeNull();
});

test("what was not taken back is not shown as if it were", async () => {
  setUp(503);
  await userEvent.click(screen.getByRole("button", { name: "Stop and delete the recording" }));
  expect(screen.getByRole("alert")).not.toBeEmptyDOMElement();
  expect(screen.getByRole("button", { name: "Stop and delete the recording" })).toBeEnabled();
});

test("a recording that ended by itself is not shown as one that runs, and can still be deleted", () => {
  setUp(204, true);
  expect(screen.queryByText("Recording")).toBeNull();
  expect(screen.getByText(/no longer recorded/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Delete the recording" })).toBeEnabled();
});
