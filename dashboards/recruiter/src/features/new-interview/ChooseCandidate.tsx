import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useI18n } from "../../shared/i18n";
import { Loaded } from "../../shared/Loaded";
import { queries } from "../../shared/queries";
import { Step } from "./Step";
import { UploadResume } from "./UploadResume";

interface Props {
  value: string;
  onChoose: (id: string) => void;
}

export function ChooseCandidate({ value, onChoose }: Props) {
  const { t } = useI18n();
  const query = useQuery(queries.candidates);
  const [uploading, setUploading] = useState(false);
  return (
    <Step id="choose-candidate" number={2} title={t("create.candidate")}>
      <Loaded query={query}>
        {(candidates) => (
          <div className="field">
            <label htmlFor="candidate">{t("create.existing")}</label>
            <select
              id="candidate"
              className="input"
              value={value}
              disabled={candidates.length === 0}
              onChange={(event) => onChoose(event.target.value)}
            >
              <option value="">{t(candidates.length === 0 ? "candidates.empty" : "create.choose")}</option>
              {candidates.map((candidate) => (
                <option key={candidate.id} value={candidate.id}>
                  {candidate.name}
                  {candidate.email ? ` – ${candidate.email}` : ""}
                </option>
              ))}
            </select>
          </div>
        )}
      </Loaded>
      <div>
        <button type="button" className="button small" aria-expanded={uploading} onClick={() => setUploading(!uploading)}>
          {t("upload.open")}
        </button>
      </div>
      {uploading && <UploadResume onUploaded={onChoose} />}
    </Step>
  );
}
