import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const otherApp = { regex: "(^|/)(room|recruiter)/src|^@interview/(room|recruiter)", message: "Apps never import each other." };
const otherFeature = { regex: "^\\.\\./(?!\\.\\./)", message: "Features never import each other; share through src/shared." };
const upward = { regex: "(^|/)(features|app)/", message: "Shared code knows no feature and no app." };

const restrict = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });

export default tseslint.config(
  { ignores: ["**/dist/", "**/*.gen.ts", "node_modules/"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", { max: 250 }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      eqeqeq: "error",
      "no-console": "error",
      ...restrict(otherApp),
    },
  },
  {
    files: ["**/*.tsx"],
    ...jsxA11y.flatConfigs.strict,
    plugins: { ...jsxA11y.flatConfigs.strict.plugins, "react-hooks": reactHooks },
    rules: { ...jsxA11y.flatConfigs.strict.rules, ...reactHooks.configs.recommended.rules },
  },
  { files: ["*/src/features/*/**"], rules: restrict(otherApp, otherFeature) },
  { files: ["*/src/shared/**"], rules: restrict(otherApp, upward) },
  { files: ["design/**", "api-client/**"], rules: restrict(otherApp, upward) },
);
