import { Component } from "react";
import type { ReactNode } from "react";

type Says = () => { t: (key: "broken.heading" | "broken.text" | "broken.reload") => string };

/** A boundary that speaks by the page's own hook: a fault of the page must not leave it blank. */
export function createErrorBoundary(useI18n: Says) {
  /** In the page's place when it broke: says what to do. */
  function Broken() {
    const { t } = useI18n();
    return (
      <main>
        <div className="card stack" role="alert">
          <h1>{t("broken.heading")}</h1>
          <p>{t("broken.text")}</p>
          <div>
            <button type="button" className="button primary" onClick={() => location.reload()}>
              {t("broken.reload")}
            </button>
          </div>
        </div>
      </main>
    );
  }

  return class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
    override state = { broken: false };

    static getDerivedStateFromError() {
      return { broken: true };
    }

    override render() {
      return this.state.broken ? <Broken /> : this.props.children;
    }
  };
}
