import { useSyncExternalStore } from "react";
import type { Login } from "@interview/api-client";

/** Who is signed in. In memory and in the tab's storage: gone when the tab closes. */
export interface Session {
  token: string;
  name: string;
  role: Login["role"];
}

interface State {
  session: Session | null;
  /** The server refused the last session; the sign-in form says so. */
  expired: boolean;
}

const KEY = "session";
const listeners = new Set<() => void>();
let state: State = { session: stored(), expired: false };

function stored(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Session | null;
  } catch {
    return null;
  }
}

function change(next: State): void {
  state = next;
  if (next.session) sessionStorage.setItem(KEY, JSON.stringify(next.session));
  else sessionStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

export const session = {
  token: () => state.session?.token ?? null,
  name: () => state.session?.name ?? "",
  signIn: ({ access_token: token, name, role }: Login) => change({ session: { token, name, role }, expired: false }),
  signOut: () => change({ session: null, expired: false }),
  expire: () => change({ session: null, expired: true }),
};

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSession(): State {
  return useSyncExternalStore(subscribe, () => state);
}
