import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { Consent } from "./Consent";

function setUp({ recording = false, camera = false, emotion = false } = {}) {
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(new Response(null, { status: 204 })));
  const onAgreed = vi.fn();
  const onDeclined = vi.fn();
  const interview = { id: "1", language: "en", company_name: "C", job_title: "J", candidate_name: "N", stages: 3, minutes: 20 };
  render(
    <LanguageProvider>
      <Consent
        joined={{ token: "tok", interview, notice_version: "7", recording, emotion }}
        camera={camera}
        onAgreed={onAgreed}
        onDeclined={onDeclined}
      />
    </LanguageProvider>,
  );
  return { fetched, onAgreed, onDeclined };
}

test("nothing starts without the tick", async () => {
  const { fetched, onAgreed } = setUp();
  await userEvent.click(screen.getByRole("button", { name: "Start the interview" }));
  expect(screen.getByText(/Please tick the box/)).toBeInTheDocument();
  expect(screen.getByRole("checkbox")).toHaveFocus();
  expect(fetched).not.toHaveBeenCalled();
  expect(onAgreed).not.toHaveBeenCalled();
});

test("consent names the purpose and the notice it was given on", async () => {
  const { fetched, onAgreed } = setUp();
  await userEvent.click(screen.getByRole("checkbox"));
  await userEvent.click(screen.getByRole("button", { name: "Start the interview" }));
  expect(fetched).toHaveBeenCalledWith(
    "/api/consent",
    expect.objectContaining({ body: '{"purposes":["interview"],"notice_version":"7"}' }),
  );
  expect(onAgreed).toHaveBeenCalledOnce();
});

test("nobody is asked for a recording where there is none", () => {
  setUp();
  expect(screen.getAllByRole("checkbox")).toHaveLength(1);
  expect(screen.getByText(/No sound or video is recorded/)).toBeInTheDocument();
});

test("a recording is a choice of its own: not ticked beforehand, and not needed", async () => {
  const { fetched, onAgreed } = setUp({ recording: true });
  const box = screen.getByRole("checkbox", { name: /my voice is recorded/ });
  expect(box).not.toBeChecked();
  expect(screen.queryByText(/No sound or video is recorded/)).toBeNull();
  await userEvent.click(screen.getByRole("checkbox", { name: /interviewed by an AI/ }));
  await userEvent.click(screen.getByRole("button", { name: "Start the interview" }));
  expect(fetched).toHaveBeenCalledWith("/api/consent", expect.objectContaining({ body: '{"purposes":["interview"],"notice_version":"7"}' }));
  expect(onAgreed).toHaveBeenCalledWith({ recording: false, observed: false });
});

test("the recording alone is no consent to the interview; both together are both", async () => {
  const { fetched, onAgreed } = setUp({ recording: true });
  await userEvent.click(screen.getByRole("checkbox", { name: /my voice is recorded/ }));
  await userEvent.click(screen.getByRole("button", { name: "Start the interview" }));
  expect(fetched).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("checkbox", { name: /interviewed by an AI/ }));
  await userEvent.click(screen.getByRole("button", { name: "Start the interview" }));
  expect(fetched).toHaveBeenCalledWith(
    "/api/consent",
    expect.objectContaining({ body: '{"purposes":["interview","recording"],"notice_version":"7"}' }),
  );
  expect(onAgreed).toHaveBeenCalledWith({ recording: true, observed: false });
});

test.each([
  [false, '["interview"]'],
  [true, '["interview","observation"]'],
])("the camera is a purpose of its own, and optional (ticked: %s)", async (ticked, purposes) => {
  const { fetched } = setUp({ camera: true });
  await userEvent.click(screen.getByRole("checkbox", { name: /interviewed by an AI system/ }));
  const camera = screen.getByRole("checkbox", { name: /camera picture/ });
  expect(camera).not.toBeChecked();
  if (ticked) await userEvent.click(camera);
  await userEvent.click(screen.getByRole("button", { name: "Start the interview" }));
  expect(fetched).toHaveBeenCalledWith(
    "/api/consent",
    expect.objectContaining({ body: `{"purposes":${purposes},"notice_version":"7"}` }),
  );
});

test("where the switch is off, nobody is asked what their face expresses, and told so", async () => {
  setUp({ camera: true });
  await userEvent.click(screen.getByRole("checkbox", { name: /camera picture/ }));
  expect(screen.queryByRole("checkbox", { name: /guesses from my face/ })).toBeNull();
  expect(screen.getByText(/Your emotions are not analysed/)).toBeInTheDocument();
});

test("what a face expresses is asked apart, of who agreed to the camera, and taken back with that", async () => {
  const { fetched } = setUp({ camera: true, emotion: true });
  expect(screen.queryByText(/Your emotions are not analysed/)).toBeNull();
  expect(screen.queryByRole("checkbox", { name: /guesses from my face/ })).toBeNull();
  await userEvent.click(screen.getByRole("checkbox", { name: /interviewed by an AI system/ }));
  const camera = screen.getByRole("checkbox", { name: /camera picture/ });
  await userEvent.click(camera);
  expect(screen.getByRole("checkbox", { name: /guesses from my face/ })).not.toBeChecked();
  await userEvent.click(screen.getByRole("checkbox", { name: /guesses from my face/ }));
  await userEvent.click(camera);
  await userEvent.click(camera);
  const face = screen.getByRole("checkbox", { name: /guesses from my face/ });
  expect(face).not.toBeChecked();
  await userEvent.click(face);
  await userEvent.click(screen.getByRole("button", { name: "Start the interview" }));
  expect(fetched).toHaveBeenCalledWith(
    "/api/consent",
    expect.objectContaining({ body: '{"purposes":["interview","observation","emotion"],"notice_version":"7"}' }),
  );
});

test("declining is asked twice, and then told to the node", async () => {
  const { fetched, onDeclined } = setUp();
  await userEvent.click(screen.getByRole("button", { name: "I do not want an AI interview" }));
  expect(fetched).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Yes, decline" }));
  expect(fetched).toHaveBeenCalledWith("/api/decline", expect.objectContaining({ method: "POST" }));
  expect(onDeclined).toHaveBeenCalledOnce();
});

test("Escape takes the question of the way out back, and the focus with it", async () => {
  setUp();
  const name = screen.getAllByRole("button").at(-1)?.textContent ?? "";
  await userEvent.click(screen.getByRole("button", { name }));
  expect(screen.getByRole("alertdialog")).toBeInTheDocument();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("alertdialog")).toBeNull();
  expect(screen.getByRole("button", { name })).toHaveFocus();
});
