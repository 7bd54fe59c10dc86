import type { Tracks } from "../shared/devices";
import type { Joined } from "../shared/kiosk";
import type { EndingKind } from "../shared/session-store";

/** Where the candidate is. Each step carries what it needs and nothing else. */
export type Step =
  | { name: "loading" }
  | { name: "join"; reason: string | null }
  | { name: "devices"; joined: Joined }
  | { name: "consent"; joined: Joined; tracks: Tracks }
  | { name: "interview"; joined: Joined; tracks: Tracks; recording: boolean; observed: boolean }
  | { name: "ended"; kind: EndingKind };
