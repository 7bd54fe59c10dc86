/** What is being typed, in the tab's storage by who types it and where: two who share a tab do not see each other's. */
import { session } from "./session";

const PREFIX = "draft.";
const keyOf = (name: string) => `${PREFIX}${session.name()}.${name}`;

export const drafts = {
  /** What was kept under `name`; null where nothing was, or nothing that can be read. */
  load(name: string): unknown {
    try {
      return JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "null") as unknown;
    } catch {
      return null;
    }
  },
  save(name: string, draft: unknown): void {
    try {
      sessionStorage.setItem(keyOf(name), JSON.stringify(draft));
    } catch {
      // The tab's storage is full: the draft lives as long as the page.
    }
  },
  drop(name: string): void {
    sessionStorage.removeItem(keyOf(name));
  },
  /** Forget everything that was being typed. */
  dropAll(): void {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  },
};
