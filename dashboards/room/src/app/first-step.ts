import { openChosen } from "../shared/devices";
import { codeOf } from "../shared/error-text";
import { kiosk } from "../shared/kiosk";
import { clearSession, loadEnding, loadSession, saveEnding } from "../shared/session-store";
import type { Step } from "./step";

const TOKEN_LOST = new Set(["token_invalid", "token_expired"]);

/** After a page load: back into the interview when this tab was in one, the join form otherwise. */
export async function firstStep(signal: AbortSignal): Promise<Step> {
  const session = loadSession();
  if (!session) {
    const kind = loadEnding();
    return kind === null ? { name: "join", reason: null } : { name: "ended", kind };
  }
  const { joined, devices } = session;
  let recording = false;
  let observed = false;
  try {
    const { closed, consented, recording: agreed, purposes } = await kiosk.state(joined.token, signal);
    if (closed) {
      clearSession();
      saveEnding("closed");
      return { name: "ended", kind: "closed" };
    }
    if (!consented) return { name: "devices", joined };
    recording = agreed;
    observed = purposes.includes("observation");
  } catch (error) {
    const code = codeOf(error);
    if (TOKEN_LOST.has(code)) {
      clearSession();
      return { name: "join", reason: code };
    }
    if (signal.aborted) return { name: "join", reason: null };
  }
  return { name: "interview", joined, tracks: await openChosen(devices), recording, observed };
}
