import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The letters of the first paint. */
const FIRST = [/^assets\/inter-latin-wght-normal-.*\.woff2$/, /^assets\/source-serif-4-latin-wght-normal-.*\.woff2$/];

const CATALOGUE = /\/i18n\/(\w+)\.json/;

/** What the window may say, as one line for each language: without what only the terminal says, and with English where a
 *  language lacks a sentence, or the form that stands for those that it lacks. */
const catalogues: Plugin = {
  name: "catalogues",
  enforce: "pre",
  async load(id) {
    if (!CATALOGUE.test(id) || !id.endsWith("?raw")) return null;
    const read = async (file: string) => JSON.parse(await this.fs.readFile(file, { encoding: "utf8" })) as Record<string, string>;
    const file = id.replace(/\?raw$/, "");
    const own = await read(file);
    const stem = (key: string) => key.replace(/\.(zero|one|two|few|many|other)$/, "");
    const said = new Set(Object.keys(own).map(stem));
    const lacking = Object.entries(await read(file.replace(CATALOGUE, "/i18n/en.json"))).filter(
      ([key]) => !said.has(stem(key)) || (key.endsWith(".other") && own[key] === undefined),
    );
    const shown = [...Object.entries(own), ...lacking].filter(([key]) => !key.startsWith("help."));
    return `export default ${JSON.stringify(JSON.stringify(Object.fromEntries(shown)))}`;
  },
};

/** Before the page reads its program: asks for what the first screen shows, and for the letters to show it in. What is not
 *  there when rows are laid out is laid out twice. */
const early: Plugin = {
  name: "early",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle }) => {
      if (!bundle) return [];
      const tags: HtmlTagDescriptor[] = [];
      const chunks = Object.values(bundle).filter((each) => each.type === "chunk");
      const words = chunks.flatMap((each) => {
        const language = CATALOGUE.exec(each.facadeModuleId ?? "")?.[1];
        return language === undefined ? [] : [[language, `/${each.fileName}`]];
      });
      for (const { fileName } of chunks.filter((each) => each.name === "early")) {
        const attrs = { type: "module", src: `/${fileName}`, "data-words": JSON.stringify(Object.fromEntries(words)) };
        tags.push({ tag: "script", attrs });
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
  plugins: [svelte(), catalogues, early],
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
  test: { environment: "jsdom", include: ["src/**/*.test.ts"], setupFiles: ["src/tests/setup.ts"], testTimeout: 60_000 },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
}));
