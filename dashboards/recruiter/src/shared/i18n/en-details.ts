/** Of an interview's page: codes that were used, and what stands behind a question. */
export const enDetails = {
  "code.used": "The candidate has come in since, so the code is no longer shown.",
  "details.technical": "Technical details",
  "trace.worded": "How it was worded",
  "trace.chosen": "The model chose a part of the answer and one of the prepared questions.",
  "trace.written": "The model chose a part of the answer and wrote the question.",
  "trace.byModel": "The model was asked for it.",
  "facts.node": "Name of the node in the system",
};
