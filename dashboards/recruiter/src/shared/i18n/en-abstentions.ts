/** Why a competency has no rating. */
export const enAbstentions = {
  "abstention.not_answered": "There is no answer on this competency: it was not asked about, or not answered.",
  "abstention.no_evidence": "No passage of the answers was found that shows this competency.",
  "abstention.too_little_evidence": "Too few passages of the answers were found that show this competency.",
  "abstention.not_heard_clearly":
    "Most of what was said on this competency was not heard clearly. This says nothing about the candidate: the answers have to be listened to, or asked for again.",
  "abstention.other_language":
    "Most of what was said on this competency was in another language than the interview’s, so it could not be read. A person has to read it.",
  "abstention.model_unavailable": "The model was not available when the review was written.",
  "abstention.unstable": "Repeated ratings of the same answers lay too far apart.",
};
