import type { JobTemplate } from "@interview/api-client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "../../shared/Confirm";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { queries } from "../../shared/queries";

interface Props {
  /** Something was typed that a template would take the place of. */
  typed: boolean;
  onChoose: (template: JobTemplate) => void;
}

const idOf = (template: JobTemplate) => `${template.id}.${template.language}`;

/** Plans shipped with the product; choosing one fills the form below, where all of it can be changed. */
export function TemplatePicker({ typed, onChoose }: Props) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState("");
  const [asked, setAsked] = useState<JobTemplate | null>(null);
  const templates = useQuery(queries.jobTemplates).data ?? [];
  if (templates.length === 0) return null;
  const fill = (template: JobTemplate) => {
    setChosen(idOf(template));
    setAsked(null);
    onChoose(template);
  };
  const choose = (id: string) => {
    const template = templates.find((each) => idOf(each) === id);
    if (!template) setChosen("");
    else if (typed) setAsked(template);
    else fill(template);
  };
  return (
    <div className="card field">
      <label htmlFor="template">{t("jobs.template")}</label>
      <select id="template" className="input" value={asked ? idOf(asked) : chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">{t("jobs.templateNone")}</option>
        {templates.map((template) => (
          <option key={idOf(template)} value={idOf(template)} lang={template.language}>
            {template.name} ({knownText(t, "language", template.language)})
          </option>
        ))}
      </select>
      <p className="hint">{t("jobs.templateHint")}</p>
      {asked && (
        <Confirm
          label={t("jobs.template")}
          question={t("jobs.templateAsk")}
          yes={t("jobs.templateYes")}
          action={{ isPending: false, error: null, mutate: () => fill(asked) }}
          onCancel={() => setAsked(null)}
        />
      )}
    </div>
  );
}
