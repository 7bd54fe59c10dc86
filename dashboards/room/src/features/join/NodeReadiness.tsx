import { useEffect, useState } from "react";
import { useI18n } from "../../shared/i18n";
import type { Key } from "../../shared/i18n";
import { en } from "../../shared/i18n/en";
import { kiosk } from "../../shared/kiosk";
import type { NodeState } from "../../shared/kiosk";

const CHECK_MS = 5_000;

function explanation(problems: string[]): Key {
  const known = problems.map((code) => `node.${code}`).find((key) => key in en);
  return (known ?? "node.notReady") as Key;
}

function state(node: NodeState | null): Key | null {
  if (!node?.ready) return explanation(node?.problems ?? []);
  return node.rooms_free > 0 ? null : "node.roomsFull";
}

/** Says why while the room cannot open an interview; silent otherwise. */
export function NodeReadiness() {
  const { t } = useI18n();
  const [problem, setProblem] = useState<Key | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const check = async () => {
      const node = await kiosk.node(stop.signal).catch(() => null);
      if (!stop.signal.aborted) setProblem(state(node));
    };
    void check();
    const timer = setInterval(() => void check(), CHECK_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, []);
  return <div role="status">{problem !== null && <p className="message warn">{t(problem)}</p>}</div>;
}
