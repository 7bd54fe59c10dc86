import type { components } from "./schema.gen";

type Schemas = components["schemas"];

export type Login = Schemas["LoginReply"];
export type NodeFacts = Schemas["Node"];
export type PlaybookDesk = Schemas["PlaybookDesk"];
export type PlaybookRun = Schemas["Run"];
export type PlaybookRunSummary = Schemas["RunSummary"];
export type NewPlaybookRun = Schemas["NewRun"];
export type DeadLetter = Schemas["DeadLetter"];
export type Company = Schemas["Company"];
export type JobSummary = Schemas["JobSummary"];
export type NewEnrolment = Schemas["TokenRequest"];
export type EnrolmentToken = Schemas["TokenReply"];
export type Job = Schemas["Job"];
export type JobTemplate = Schemas["JobTemplate"];
export type NewJob = Schemas["NewJob"];
export type CandidateSummary = Schemas["CandidateSummary"];
export type Candidate = Schemas["Candidate"];
export type ResumeFact = NonNullable<Candidate["resume"]>["facts"][number];
export type UploadedResume = Schemas["UploadReply"];
/** One of the details of the error `candidate_known`. */
export interface KnownCandidate {
  candidate_id: string;
  name: string;
  email: string | null;
  created_at: string;
  same: ("email" | "file")[];
}
export type InterviewSummary = Schemas["InterviewSummary"];
export type Interview = Schemas["Interview"];
export type Integrity = Schemas["Integrity"];
export type Observation = Integrity["observations"][number];
export type NewInterview = Schemas["NewInterview"];
export type CreatedInterview = Schemas["Created"];
export type JoinCode = Schemas["NewCode"];

export type InterviewStatus = Interview["status"];
export type Exchange = Interview["transcript"][number];
export type Question = Exchange["question"];
export type Turn = Exchange["turns"][number];
export type TurnGap = Interview["turn_gaps"][number];
export type AssessedCompetency = Interview["competencies"][number];
export type Rating = NonNullable<AssessedCompetency["rating"]>;
export type Evidence = Rating["evidence"][number];
export type Repeat = Rating["repeated"][number];
export type Finding = NonNullable<Interview["summary"]>["strengths"][number];
