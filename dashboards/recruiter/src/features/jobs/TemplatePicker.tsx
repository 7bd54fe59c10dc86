import type { JobTemplate } from "@interview/api-client";
import { useQuery } from "@tanstack/react-query";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { queries } from "../../shared/queries";

interface Props {
  onChoose: (template: JobTemplate) => void;
}

const idOf = (template: JobTemplate) => `${template.id}.${template.language}`;

/** Plans shipped with the product; choosing one fills the form below, where all of it can be changed. */
export function TemplatePicker({ onChoose }: Props) {
  const { t } = useI18n();
  const templates = useQuery(queries.jobTemplates).data ?? [];
  if (templates.length === 0) return null;
  const choose = (id: string) => {
    const chosen = templates.find((template) => idOf(template) === id);
    if (chosen) onChoose(chosen);
  };
  return (
    <div className="card field">
      <label htmlFor="template">{t("jobs.template")}</label>
      <select id="template" className="input" defaultValue="" onChange={(event) => choose(event.target.value)}>
        <option value="">{t("jobs.templateNone")}</option>
        {templates.map((template) => (
          <option key={idOf(template)} value={idOf(template)} lang={template.language}>
            {template.name} ({knownText(t, "language", template.language)})
          </option>
        ))}
      </select>
      <p className="hint">{t("jobs.templateHint")}</p>
    </div>
  );
}
