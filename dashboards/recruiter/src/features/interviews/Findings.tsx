import type { Finding } from "@interview/api-client";
import { Quotes } from "./Quotes";

interface Props {
  title: string;
  findings: readonly Finding[];
  selected: string | null;
  onQuote: (id: string) => void;
}

/** Strengths or improvements, each with the quotes it rests on. */
export function Findings({ title, findings, selected, onQuote }: Props) {
  if (findings.length === 0) return null;
  return (
    <section className="stack tight" aria-label={title}>
      <h4>{title}</h4>
      <ul className="stack tight">
        {findings.map((finding) => (
          <li key={finding.competency_id} className="stack tight">
            <p>{finding.text}</p>
            <Quotes evidence={finding.evidence} selected={selected} onQuote={onQuote} />
          </li>
        ))}
      </ul>
    </section>
  );
}
