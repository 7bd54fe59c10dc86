import type { Exchange, Interview, Turn, TurnGap } from "@interview/api-client";
import { useEffect, useRef } from "react";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { useFormat } from "../../shared/use-format";
import { spansOfTurn } from "./evidence-id";
import { segments } from "./highlight";
import type { Span } from "./highlight";
import { Gap } from "./Gap";
import { PlayButton } from "./PlayButton";
import { RecordingFacts } from "./RecordingFacts";
import { Sources } from "./Sources";
import { Trace } from "./Trace";
import styles from "./Transcript.module.css";

const KIND_LOOKS: Record<string, string> = { planned: "", follow_up: "info", fallback: "warn", closing: "" };

/** A new object for every click, so that the same quote can be shown again. */
export interface QuoteChoice {
  id: string;
}

interface Props {
  interview: Interview;
  selected: QuoteChoice | null;
}

export function Transcript({ interview, selected }: Props) {
  const { t } = useI18n();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const mark = selected === null ? null : list.current?.querySelector<HTMLElement>('mark[data-selected="true"]');
    mark?.scrollIntoView({ block: "center", behavior: "smooth" });
    mark?.focus({ preventScroll: true });
  }, [selected]);

  return (
    <section className="stack" aria-labelledby="transcript">
      <h2 id="transcript">{t("transcript.title")}</h2>
      <RecordingFacts interview={interview} />
      {interview.transcript.length === 0 ? (
        <div className="card quiet">{t(interview.closed_at ? "transcript.nothing" : "transcript.empty")}</div>
      ) : (
        <ol ref={list} className="stack">
          {interview.transcript.map((exchange) => (
            <li key={exchange.question.id} className="card stack">
              <Asked exchange={exchange} />
              {exchange.turns.map((turn) => (
                <Answer
                  key={turn.turn_id}
                  turn={turn}
                  gap={interview.turn_gaps.find((gap) => gap.turn_id === turn.turn_id)}
                  spans={spansOfTurn(interview, turn.turn_id)}
                  selected={selected?.id ?? null}
                />
              ))}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Asked({ exchange: { question } }: { exchange: Exchange }) {
  const { t } = useI18n();
  const format = useFormat();
  return (
    <div className="stack tight">
      <div className="row">
        <span className={`badge ${KIND_LOOKS[question.kind] ?? ""}`}>{knownText(t, "kind", question.kind)}</span>
        <span className="quiet small">{format.clock(question.asked_at_ms)}</span>
        {question.fallback_reason && (
          <span className="quiet small">{knownText(t, "fallback", question.fallback_reason)}</span>
        )}
      </div>
      {question.lead_in && <p className="quiet">{question.lead_in}</p>}
      <p className={styles.question}>{question.text}</p>
      <Sources sources={question.sources} />
      <Trace question={question} />
    </div>
  );
}

interface AnswerProps {
  turn: Turn;
  gap: TurnGap | undefined;
  spans: Span[];
  selected: string | null;
}

function Answer({ turn, gap, spans, selected }: AnswerProps) {
  const { t } = useI18n();
  const format = useFormat();
  return (
    <div className={styles.answer}>
      <div className="row">
        <p className="quiet small">
          {t(turn.mode === "typed" ? "transcript.typed" : "transcript.spoken")} · {format.clock(turn.start_ms)}
        </p>
        {!turn.heard_clearly && <span className="badge warn">{t("transcript.unclear")}</span>}
        <PlayButton turnId={turn.turn_id} />
      </div>
      {!turn.heard_clearly && <p className="quiet small">{t("transcript.unclearWhy")}</p>}
      <p className={styles.words}>
        {segments(turn.text, spans).map((segment, index) =>
          segment.ids.length === 0 ? (
            <span key={index}>{segment.text}</span>
          ) : (
            <mark
              key={index}
              className={styles.mark}
              data-selected={selected !== null && segment.ids.includes(selected)}
              tabIndex={-1}
            >
              {segment.text}
            </mark>
          ),
        )}
      </p>
      {gap && <Gap gap={gap} />}
    </div>
  );
}
