import type { DeviceChoice } from "./devices";
import type { Joined } from "./kiosk";

/** What a reload needs to come back: the room token and the chosen devices. Gone with the tab. */
export interface StoredSession {
  joined: Joined;
  devices: DeviceChoice;
}

const KEY = "room";
const DRAFT_KEY = "draft";
const ENDING_KEY = "ending";

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
  clearDraft();
}

/** An answer that is being typed, and to what. */
interface Draft {
  interview: string;
  question: string;
  text: string;
}

/** What was typed to this question so far; empty where nothing was. */
export function loadDraft(interview: string, question: string): string {
  const stored = sessionStorage.getItem(DRAFT_KEY);
  if (stored === null) return "";
  try {
    const draft = JSON.parse(stored) as Draft;
    return draft.interview === interview && draft.question === question ? draft.text : "";
  } catch {
    clearDraft();
    return "";
  }
}

export function saveDraft(draft: Draft): void {
  sessionStorage.setItem(DRAFT_KEY, JSON.stringify(draft));
}

export function clearDraft(): void {
  sessionStorage.removeItem(DRAFT_KEY);
}

/** How an interview ended in this tab, so that a reload shows it again; nothing of the person. */
export const ENDINGS = ["completed", "left", "closed", "declined"] as const;
export type EndingKind = (typeof ENDINGS)[number];

export function loadEnding(): EndingKind | null {
  const stored = sessionStorage.getItem(ENDING_KEY);
  return ENDINGS.find((kind) => kind === stored) ?? null;
}

export function saveEnding(kind: EndingKind): void {
  sessionStorage.setItem(ENDING_KEY, kind);
}

export function clearEnding(): void {
  sessionStorage.removeItem(ENDING_KEY);
}
