import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Tracks } from "../../shared/devices";
import { LanguageProvider } from "../../shared/i18n";
import { DeviceMessage } from "./DeviceMessage";
import type { PageMessage } from "./messages";
import { useLostDevices } from "./use-lost-devices";

afterEach(() => {
  Reflect.deleteProperty(navigator, "mediaDevices");
});

/** A track that only tells whether it has ended. */
function track(): MediaStreamTrack {
  return Object.assign(new EventTarget(), { readyState: "live" }) as unknown as MediaStreamTrack;
}

function setUp(tracks: Tracks) {
  const send = vi.fn<(message: PageMessage) => boolean>(() => true);
  const onTracks = vi.fn<(tracks: Tracks) => void>();
  function Room() {
    return <DeviceMessage lost={useLostDevices(tracks, onTracks, send)} />;
  }
  render(
    <LanguageProvider>
      <Room />
    </LanguageProvider>,
  );
  return { send, onTracks };
}

test("an unplugged microphone is said, asks the room for time, and can be used again", async () => {
  const tracks = { microphone: track(), camera: track() };
  const { send, onTracks } = setUp(tracks);
  act(() => void tracks.microphone.dispatchEvent(new Event("ended")));
  expect(screen.getByRole("alert")).toHaveTextContent("What you said is kept");
  expect(send).toHaveBeenCalledWith({ type: "thinking" });
  const again = track();
  const getUserMedia = () => Promise.resolve({ getTracks: () => [again] });
  Object.defineProperty(navigator, "mediaDevices", { value: Object.assign(new EventTarget(), { getUserMedia }), configurable: true });
  await userEvent.click(screen.getByRole("button", { name: "Use the microphone again" }));
  expect(onTracks).toHaveBeenCalledWith({ ...tracks, microphone: again });
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a lost camera is said and asks for nothing", () => {
  const tracks = { microphone: track(), camera: track() };
  const { send } = setUp(tracks);
  act(() => void tracks.camera.dispatchEvent(new Event("ended")));
  expect(screen.getByRole("status")).toHaveTextContent("You can go on without it");
  expect(send).not.toHaveBeenCalled();
});
