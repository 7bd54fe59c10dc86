import type { PlaybookDesk } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";

interface Props {
  offered: NonNullable<PlaybookDesk["offers"]["machines"]>;
  /** Names of machines and groups; null: all of the inventory. */
  chosen: string[] | null;
  onChange: (chosen: string[] | null) => void;
  disabled: boolean;
}

/** All of the inventory, or some groups and machines of it. */
export function ChooseMachines({ offered, chosen, onChange, disabled }: Props) {
  const { t } = useI18n();
  const groups = [...new Set(offered.flatMap((machine) => machine.groups))].sort();
  const names = [...groups.map((name) => ({ name, group: true })), ...offered.map(({ name }) => ({ name, group: false }))];
  const toggle = (name: string, on: boolean) => {
    const others = (chosen ?? []).filter((one) => one !== name);
    onChange(on ? [...others, name] : others);
  };
  return (
    <fieldset className="stack tight" disabled={disabled}>
      <legend>{t("playbooks.where")}</legend>
      <label className="row">
        <input type="radio" name="where" checked={chosen === null} onChange={() => onChange(null)} />
        {t("playbooks.all")}
      </label>
      <label className="row">
        <input type="radio" name="where" checked={chosen !== null} onChange={() => onChange([])} />
        {t("playbooks.some")}
      </label>
      {chosen !== null &&
        names.map(({ name, group }) => (
          <label key={`${group ? "group" : "machine"} ${name}`} className="row">
            <input type="checkbox" checked={chosen.includes(name)} onChange={(event) => toggle(name, event.target.checked)} />
            {name} {group && <span className="quiet small">{t("playbooks.group")}</span>}
          </label>
        ))}
    </fieldset>
  );
}
