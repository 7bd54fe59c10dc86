import { useState } from "react";
import { drafts } from "./drafts";

/**
 * State that outlives a reload and a visit to another page: in the tab's storage under `name`, gone with the sign-out.
 * The third part forgets it; the fourth says whether it came from there.
 */
export function useKeptDraft<T>(name: string, first: () => T): [T, (change: (now: T) => T) => void, () => void, boolean] {
  const [kept, setKept] = useState(() => drafts.load(name) !== null);
  const [draft, setDraft] = useState(() => (drafts.load(name) as T | null) ?? first());
  const change = (changed: (now: T) => T) =>
    setDraft((now) => {
      const next = changed(now);
      drafts.save(name, next);
      return next;
    });
  const forget = () => {
    drafts.drop(name);
    setDraft(first());
    setKept(false);
  };
  return [draft, change, forget, kept];
}
