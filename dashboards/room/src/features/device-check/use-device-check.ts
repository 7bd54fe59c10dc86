import { useCallback, useEffect, useRef, useState } from "react";
import { listDevices, openDevice } from "../../shared/devices";
import type { DeviceKind, Opened, Tracks } from "../../shared/devices";

export type DeviceState = Opened | null;

export interface DeviceCheck {
  status: "idle" | "opening" | "open";
  microphone: DeviceState;
  camera: DeviceState;
  devices: MediaDeviceInfo[];
  openAll: () => Promise<void>;
  open: (kind: DeviceKind, deviceId?: string) => Promise<void>;
  close: (kind: DeviceKind) => void;
  /** Hands the open tracks over; they are no longer stopped here. */
  take: () => Tracks;
}

/** Holds the tracks while the person tries them out, and stops whatever was not handed over. */
export function useDeviceCheck(): DeviceCheck {
  const [status, setStatus] = useState<DeviceCheck["status"]>("idle");
  const [states, setStates] = useState<Record<DeviceKind, DeviceState>>({ microphone: null, camera: null });
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const held = useRef<Tracks>({ microphone: null, camera: null });

  const put = useCallback((kind: DeviceKind, state: DeviceState) => {
    held.current[kind]?.stop();
    held.current[kind] = state?.track ?? null;
    setStates((now) => ({ ...now, [kind]: state }));
  }, []);

  const open = useCallback(
    async (kind: DeviceKind, deviceId = "") => {
      held.current[kind]?.stop();
      put(kind, await openDevice(kind, deviceId));
      setDevices(await listDevices());
    },
    [put],
  );

  const openAll = useCallback(async () => {
    setStatus("opening");
    await open("microphone");
    await open("camera");
    setStatus("open");
  }, [open]);

  const take = useCallback(() => {
    const tracks = held.current;
    held.current = { microphone: null, camera: null };
    return tracks;
  }, []);

  useEffect(
    () => () => {
      held.current.microphone?.stop();
      held.current.camera?.stop();
    },
    [],
  );

  return { status, ...states, devices, openAll, open, close: (kind) => put(kind, null), take };
}
