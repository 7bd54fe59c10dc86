import { useAsked } from "@interview/design";
import { useState } from "react";
import { Confirm } from "../../shared/Confirm";
import { codeOf, errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { kiosk } from "../../shared/kiosk";

interface Props {
  token: string;
  onDeclined: () => void;
}

/** The way out for who does not want an AI interview; asked twice, because it cannot be undone. */
export function Decline({ token, onDeclined }: Props) {
  const { t } = useI18n();
  const { asked, setAsked, opener } = useAsked();
  const [failure, setFailure] = useState<string | null>(null);

  async function decline() {
    try {
      await kiosk.decline(token);
      onDeclined();
    } catch (error) {
      setFailure(codeOf(error));
    }
  }

  if (!asked) {
    return (
      <div>
        <button ref={opener} type="button" className="button plain" onClick={() => setAsked(true)}>
          {t("consent.decline")}
        </button>
      </div>
    );
  }
  return (
    <Confirm
      question={t("consent.declineConfirm")}
      yes={t("consent.declineYes")}
      no={t("consent.back")}
      failure={failure && errorText(t, failure)}
      onYes={() => void decline()}
      onNo={() => setAsked(false)}
    />
  );
}
