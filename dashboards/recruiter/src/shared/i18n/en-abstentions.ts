/** Why a competency has no rating. */
export const enAbstentions = {
  "abstention.not_answered": "There is no answer on this competency: it was not asked about, or not answered.",
  "abstention.no_evidence": "No passage of the answers was found that shows this competency.",
  "abstention.too_little_evidence": "Too few passages of the answers were found that show this competency.",
  "abstention.model_unavailable": "The model was not available when the review was written.",
  "abstention.unstable": "Repeated ratings of the same answers lay too far apart.",
};
