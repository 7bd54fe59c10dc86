import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";

const NEEDS_CODE = new Set(["token_invalid", "token_expired", "consent_missing"]);

interface Props {
  code: string;
  onRetry: () => void;
  onNewCode: () => void;
}

export function Failed({ code, onRetry, onNewCode }: Props) {
  const { t } = useI18n();
  const needsCode = NEEDS_CODE.has(code);
  return (
    <div role="alert" className="message bad stack tight">
      <h2>{t("room.failed")}</h2>
      <p>{errorText(t, code)}</p>
      <div>
        <button type="button" className="button" onClick={needsCode ? onNewCode : onRetry}>
          {needsCode ? t("room.newCode") : t("room.tryAgain")}
        </button>
      </div>
    </div>
  );
}
