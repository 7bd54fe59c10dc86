import { useState } from "react";
import { type Action, Confirm } from "./Confirm";

interface Props {
  /** On the button, and the name of the question it opens. */
  label: string;
  question: string;
  yes: string;
  action: Action;
  danger?: boolean;
}

/** A button for what cannot be taken back: it only asks. */
export function AskTwice({ label, danger = false, ...rest }: Props) {
  const [asked, setAsked] = useState(false);
  if (asked) return <Confirm label={label} danger={danger} {...rest} onCancel={() => setAsked(false)} />;
  return (
    <div>
      <button type="button" className={`button small${danger ? " danger" : ""}`} onClick={() => setAsked(true)}>
        {label}
      </button>
    </div>
  );
}
