import { ApiError, uploadResume } from "@interview/api-client";
import type { KnownCandidate } from "@interview/api-client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { queries } from "../../shared/queries";
import { session } from "../../shared/session";
import { KnownCandidates } from "./KnownCandidates";
import styles from "./NewInterview.module.css";

type Decision = Parameters<typeof uploadResume>[0]["decision"];

export function UploadResume({ onUploaded }: { onUploaded: (candidateId: string) => void }) {
  const { t, language: pageLanguage } = useI18n();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [language, setLanguage] = useState<string>(pageLanguage);
  const [sent, setSent] = useState(0);
  const upload = useMutation({
    mutationFn: ({ resume, decision }: { resume: File; decision?: Decision }) =>
      uploadResume(
        { file: resume, name: name.trim(), email: email.trim(), language, ...(decision && { decision }) },
        { token: session.token(), onProgress: setSent, onUnauthorized: session.expire },
      ),
    onSuccess: async ({ candidate_id }) => {
      await client.invalidateQueries({ queryKey: queries.candidates.queryKey });
      onUploaded(candidate_id);
    },
  });

  const send = (decision?: Decision) => {
    if (!file || upload.isPending) return;
    setSent(0);
    upload.mutate({ resume: file, ...(decision && { decision }) });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  const known =
    upload.error instanceof ApiError && upload.error.code === "candidate_known"
      ? (upload.error.details as unknown as KnownCandidate[])
      : null;
  return (
    <form className="stack" onSubmit={submit}>
      <div className="field">
        <label htmlFor="resume">{t("upload.file")}</label>
        <input
          id="resume"
          className="input"
          type="file"
          accept="application/pdf,.pdf"
          required
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
        <p className="hint">{t("upload.limits")}</p>
      </div>
      <div className={styles.fields}>
        <div className="field">
          <label htmlFor="candidate-name">{t("candidates.name")}</label>
          <input id="candidate-name" className="input" required value={name} onChange={(event) => setName(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="candidate-email">{t("upload.email")}</label>
          <input
            id="candidate-email"
            className="input"
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="resume-language">{t("upload.language")}</label>
          <select id="resume-language" className="input" value={language} onChange={(event) => setLanguage(event.target.value)}>
            <option value="en">{t("language.en")}</option>
            <option value="ko">{t("language.ko")}</option>
          </select>
        </div>
      </div>
      <div>
        <button type="submit" className="button" aria-disabled={upload.isPending}>
          {t("upload.submit")}
        </button>
      </div>
      {upload.isPending && (
        <div role="status" className="stack tight">
          <progress className={styles.progress} value={sent} max={1} aria-label={t("upload.progress")} />
          <p>{t(sent < 1 ? "upload.sending" : "upload.reading")}</p>
        </div>
      )}
      {known && (
        <KnownCandidates
          known={known}
          busy={upload.isPending}
          onAdd={(candidate_id) => send({ if_known: "add", candidate_id })}
          onNew={() => send({ if_known: "new" })}
          onCancel={upload.reset}
        />
      )}
      <div role="alert">{upload.isError && known === null && <p className="message bad">{errorText(t, upload.error)}</p>}</div>
      {upload.data && (
        <div role="status" className="message good">
          <p>{t("upload.done", { pages: upload.data.pages, sections: upload.data.sections.length })}</p>
          <p className="quiet small">{upload.data.sections.map(({ title }) => title).join(" · ")}</p>
        </div>
      )}
    </form>
  );
}
