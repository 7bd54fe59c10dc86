interface Props {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  hint?: string;
  /** More than one makes it a text area. */
  rows?: number;
}

export function TextField({ id, label, value, onChange, required = false, hint, rows = 1 }: Props) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows > 1 ? (
        <textarea id={id} className="input" rows={rows} required={required} value={value} onChange={(e) => onChange(e.target.value)} />
      ) : (
        <input id={id} className="input" required={required} value={value} onChange={(e) => onChange(e.target.value)} />
      )}
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  );
}
