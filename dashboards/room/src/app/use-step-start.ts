import { useEffect, useRef } from "react";
import type { Step } from "./step";

/** Each step after the first begins at its top, with its heading focused; a page load is left to the browser. */
export function useStepStart(name: Step["name"]): void {
  const last = useRef(name);
  useEffect(() => {
    const before = last.current;
    last.current = name;
    if (before === name || before === "loading") return;
    const heading = document.querySelector<HTMLElement>("main h1");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    window.scrollTo(0, 0);
  }, [name]);
}
