import { useAsked } from "@interview/design";
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
  const { asked, setAsked, opener } = useAsked();
  if (asked) return <Confirm label={label} danger={danger} {...rest} onCancel={() => setAsked(false)} />;
  return (
    <div>
      <button ref={opener} type="button" className={`button small${danger ? " danger" : ""}`} onClick={() => setAsked(true)}>
        {label}
      </button>
    </div>
  );
}
