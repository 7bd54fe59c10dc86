import { useEscape } from "@interview/design";
import { useEffect, useId, useRef } from "react";

interface Props {
  question: string;
  yes: string;
  no: string;
  /** What went wrong with a yes. */
  failure?: string | null;
  onYes: () => void;
  onNo: () => void;
}

/** Asked before what cannot be undone; the focus is on what changes nothing. */
export function Confirm({ question, yes, no, failure = null, onYes, onNo }: Props) {
  const id = useId();
  const safe = useRef<HTMLButtonElement>(null);
  useEscape(onNo);
  useEffect(() => safe.current?.focus(), []);
  return (
    <div role="alertdialog" aria-labelledby={id} className="message warn stack">
      <p id={id}>{question}</p>
      <div role="alert">{failure !== null && <p>{failure}</p>}</div>
      <div className="row">
        <button ref={safe} type="button" className="button" onClick={onNo}>
          {no}
        </button>
        <button type="button" className="button danger" onClick={onYes}>
          {yes}
        </button>
      </div>
    </div>
  );
}
