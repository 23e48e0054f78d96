import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The letters of the first paint. */
const FIRST = [/^assets\/inter-latin-wght-normal-.*\.woff2$/, /^assets\/source-serif-4-latin-wght-normal-.*\.woff2$/];

/** Before the page reads its program: asks for what the first screen shows, and for the letters to show it in. What is not
 *  there when rows are laid out is laid out twice. */
const early: Plugin = {
  name: "early",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle }) => {
      if (!bundle) return [];
      const tags: HtmlTagDescriptor[] = [];
      for (const { fileName } of Object.values(bundle).filter((each) => each.type === "chunk" && each.name === "early")) {
        tags.push({ tag: "script", attrs: { type: "module", src: `/${fileName}` } });
      }
      for (const letters of FIRST) {
        const file = Object.keys(bundle).find((name) => letters.test(name));
        if (file === undefined) throw new Error(`no letters are named ${letters.source}`);
        tags.push({ tag: "link", attrs: { rel: "preload", as: "font", type: "font/woff2", crossorigin: "", href: `/${file}` } });
      }
      return tags.map((tag) => ({ ...tag, injectTo: "head-prepend" }));
    },
  },
};

// `--mode fake` builds the same window on the fake backend, for pictures and accessibility checks in a browser.
export default defineConfig(({ mode }) => ({
  plugins: [svelte(), early],
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: {
    target: "es2022",
    outDir: mode === "fake" ? "dist-fake" : "dist",
    emptyOutDir: true,
    // Fonts and pictures stay files: the window's policy lets no data: address in.
    assetsInlineLimit: 0,
    rollupOptions: { input: ["index.html", "src/early.ts"] },
  },
  // Roles are computed slowly without a browser; a busy machine is no failure.
  test: { environment: "jsdom", include: ["src/**/*.test.ts"], testTimeout: 60_000 },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
}));
