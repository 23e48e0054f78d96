// Holds the directions of the window's folders and the few things that must never be written here.
//
//   design, i18n < parts < views        contract < backend < state < views

import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import config from "./svelte.config.js";

/** Files of a folder may import nothing of these; types of the contract are words, and everyone's. */
function never(folder, ...names) {
  const group = names.map((name) => `**/${name}/*`);
  return {
    files: [`src/${folder}/**/*.ts`, `src/${folder}/**/*.svelte`],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-imports": "off",
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ group: [...group, "!**/backend/contract"], message: `${folder} must not know ${names.join(", ")}.` }] },
      ],
    },
  };
}

export default ts.config(
  { ignores: ["dist/", "dist-fake/", "node_modules/", "src/lib/backend/contract.ts"] },
  ts.configs.strict,
  svelte.configs.recommended,
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig: config } },
  },
  {
    rules: {
      // One place inserts HTML: parts/Body.svelte says so itself, and a test counts it.
      "svelte/no-at-html-tags": "error",
      // The window's policy refuses style attributes; `style:` directives set properties, and pass.
      "no-restricted-syntax": [
        "error",
        { selector: "SvelteAttribute[key.name='style']", message: "The window's policy refuses style attributes." },
      ],
      "svelte/no-target-blank": "error",
      "svelte/prefer-svelte-reactivity": "off",
      "svelte/no-navigation-without-resolve": "off",
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-console": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  { files: ["scripts/**", "*.config.*"], rules: { "no-console": "off" } },
  never("lib/design", "backend", "state", "parts", "views"),
  never("lib/i18n", "backend", "state", "parts", "views"),
  never("lib/backend", "state", "parts", "views"),
  never("lib/state", "parts", "views"),
  never("parts", "backend", "state", "views"),
  {
    files: ["src/**/*.ts", "src/**/*.svelte"],
    ignores: ["src/lib/backend/tauri.ts", "src/tests/tauri.test.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group: ["@tauri-apps/*"], message: "Only tauri.ts knows Tauri." }] }] },
  },
);
