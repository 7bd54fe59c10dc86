import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { LanguageProvider } from "../../shared/i18n";
import { DeviceCheck } from "./DeviceCheck";

afterEach(() => {
  Reflect.deleteProperty(navigator, "mediaDevices");
});

test("a page without a secure connection says so", async () => {
  const onReady = vi.fn();
  render(
    <LanguageProvider>
      <DeviceCheck token="tok" onReady={onReady} />
    </LanguageProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Turn on microphone and camera" }));
  expect(await screen.findByText(/microphone on a secure connection/)).toBeInTheDocument();
});

function withDevices(error: string) {
  const getUserMedia = vi.fn(() => Promise.reject(new DOMException("", error)));
  const mediaDevices = { getUserMedia, enumerateDevices: () => Promise.resolve([]) };
  Object.defineProperty(navigator, "mediaDevices", { value: mediaDevices, configurable: true });
  const onReady = vi.fn();
  render(
    <LanguageProvider>
      <DeviceCheck token="tok" onReady={onReady} />
    </LanguageProvider>,
  );
  return { onReady, getUserMedia };
}

test.each([
  ["NotAllowedError", /not allowed to use the microphone/, /not allowed to use the camera/],
  ["NotFoundError", /No microphone was found/, /No camera was found/],
  ["NotReadableError", /microphone is used by another program/, /camera is used by another program/],
])("%s: said for each device, and the way on is typing", async (error, microphone, camera) => {
  const { onReady } = withDevices(error);
  await userEvent.click(screen.getByRole("button", { name: "Turn on microphone and camera" }));
  expect(await screen.findByText(microphone)).toBeInTheDocument();
  expect(screen.getByText(camera)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Continue and answer by typing" }));
  expect(onReady).toHaveBeenCalledWith({ microphone: null, camera: null });
});

test("typing can be chosen before any permission is asked for", async () => {
  const { onReady, getUserMedia } = withDevices("NotFoundError");
  await userEvent.click(screen.getByRole("button", { name: "Answer by typing instead" }));
  expect(onReady).toHaveBeenCalledWith({ microphone: null, camera: null });
  expect(getUserMedia).not.toHaveBeenCalled();
});
