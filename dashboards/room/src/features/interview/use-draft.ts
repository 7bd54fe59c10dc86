import { useEffect, useState } from "react";
import { clearDraft, loadDraft, saveDraft } from "../../shared/session-store";

/** The answer being typed; a reload brings back what was typed to the same question. */
export function useDraft(interview: string, question: string | null): [string, (text: string) => void] {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  if (question !== null && question !== asked) {
    setAsked(question);
    if (text === "") setText(loadDraft(interview, question));
  }
  useEffect(() => {
    if (question !== null && text !== "") saveDraft({ interview, question, text });
  }, [interview, question, text]);
  const write = (next: string) => {
    if (next === "") clearDraft();
    setText(next);
  };
  return [text, write];
}
