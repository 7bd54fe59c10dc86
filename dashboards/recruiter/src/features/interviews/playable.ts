import type { Interview } from "@interview/api-client";
import { createContext, useContext } from "react";

/** What of an interview can be listened to. */
export interface Playable {
  interviewId: string;
  turns: ReadonlySet<string>;
}

export const PlayableContext = createContext<Playable>({ interviewId: "", turns: new Set() });

export const usePlayable = () => useContext(PlayableContext);

export function playableOf(interview: Interview): Playable {
  const turns = interview.transcript.flatMap((exchange) => exchange.turns);
  return { interviewId: interview.interview_id, turns: new Set(turns.filter((turn) => turn.has_audio).map((turn) => turn.turn_id)) };
}
