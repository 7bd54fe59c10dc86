import { createErrorBoundary } from "@interview/design";
import "@interview/design/tokens.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { LanguageProvider, useI18n } from "./shared/i18n";

const ErrorBoundary = createErrorBoundary(useI18n);
const root = document.getElementById("root");
if (!root) throw new Error("no #root in the page");
createRoot(root).render(
  <LanguageProvider>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </LanguageProvider>,
);
