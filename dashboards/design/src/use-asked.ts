import { useEffect, useRef, useState } from "react";

/** Whether a question is open; once it is closed, the focus is back on the button that opened it. */
export function useAsked() {
  const [asked, setAsked] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const before = useRef(false);
  useEffect(() => {
    if (before.current && !asked) opener.current?.focus();
    before.current = asked;
  }, [asked]);
  return { asked, setAsked, opener };
}
