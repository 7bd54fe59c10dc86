import type { DeviceChoice } from "./devices";
import type { Joined } from "./kiosk";

/** What a reload needs to come back: the room token and the chosen devices. Gone with the tab. */
export interface StoredSession {
  joined: Joined;
  devices: DeviceChoice;
}

const KEY = "room";

export function loadSession(): StoredSession | null {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return null;
  try {
    return JSON.parse(text) as StoredSession;
  } catch {
    sessionStorage.removeItem(KEY);
    return null;
  }
}

export function saveSession(session: StoredSession): void {
  sessionStorage.setItem(KEY, JSON.stringify(session));
}

export function clearSession(): void {
  sessionStorage.removeItem(KEY);
}
