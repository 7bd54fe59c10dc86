import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { CameraNotice } from "./CameraNotice";

function setUp(status: number) {
  const fetched = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation((target) =>
      Promise.resolve(
        target === "/api/state"
          ? Response.json({ purposes: ["interview", "recording", "observation", "emotion"] })
          : new Response(status === 204 ? null : "{}", { status }),
      ),
    );
  render(
    <LanguageProvider>
      <CameraNotice token="tok" noticeVersion="7" />
    </LanguageProvider>,
  );
  return fetched;
}

test("one press takes back what was agreed to about the camera, and only that", async () => {
  const fetched = setUp(204);
  await userEvent.click(screen.getByRole("button", { name: "Stop looking" }));
  expect(fetched).toHaveBeenCalledWith(
    "/api/consent",
    expect.objectContaining({ body: '{"purposes":["interview","recording"],"notice_version":"7"}' }),
  );
  expect(await screen.findByRole("status")).toHaveTextContent(/no longer looks/);
  expect(screen.queryByRole("button")).toBeNull();
});

test("what was not taken back is not shown as if it were", async () => {
  setUp(503);
  await userEvent.click(screen.getByRole("button", { name: "Stop looking" }));
  expect(screen.getByRole("alert")).not.toBeEmptyDOMElement();
  expect(screen.getByRole("button", { name: "Stop looking" })).toBeEnabled();
});
