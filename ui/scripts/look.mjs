// Takes a folder, puts pictures of every screen into it (widths, languages, themes, zoom) and lets axe look at each.
// Fails when axe finds a violation, when the page scrolls sideways, or when it says an error. Needs dist-fake and Chromium.
//
//   node scripts/look.mjs FOLDER [SCREEN…]      CHROMIUM=path for another browser than /usr/bin/chromium

import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { SCREENS } from "./screens.mjs";
import { serve } from "./serve.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [folder, ...only] = process.argv.slice(2);
if (!folder) throw new Error("Where to? node scripts/look.mjs FOLDER [SCREEN…]");
mkdirSync(folder, { recursive: true });

const AXE = readFileSync(join(here, "../node_modules/axe-core/axe.min.js"), "utf8");

/** 640 at double density is what 1280 shows at 200 % zoom. */
const SHAPES = [
  { name: "1280", width: 1280, height: 800 },
  { name: "1920", width: 1920, height: 1080 },
  { name: "800", width: 800, height: 900 },
  { name: "480", width: 480, height: 900 },
  { name: "zoom", width: 640, height: 400, density: 2 },
  { name: "3840", width: 3840, height: 1600 },
];
/** Every screen at 1280 in all of them; at the other shapes in one of the first two, by turns. */
const VOICES = [
  { language: "en", theme: "light" },
  { language: "fr", theme: "dark" },
  { language: "fr", theme: "light" },
  { language: "en", theme: "dark" },
];

/** Colours that are not ours: what has the focus and what is chosen must be seen in them too. */
const MANNERS = [
  { name: "forced", forcedColors: "active" },
  { name: "contrast", contrast: "more" },
];
/** Where the focus is put in forced colours, and what must then have a line around it. */
const FOCUSED = {
  story: ".story .text",
  sources: "[role=separator]",
  today: "[data-post] .headline",
};

const site = await serve(join(here, "../dist-fake"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const offences = new Set();
const offend = (said) => {
  if (!offences.has(said)) console.error(said);
  offences.add(said);
};
/** Longer than any screen takes, even on a busy machine. */
const PATIENCE_MS = 8000;
let looked = 0;

for (const shape of SHAPES) {
  for (const [at, { language, theme }] of VOICES.entries()) {
    if (shape.name !== "1280" && at > 1) continue;
    const context = await browser.newContext({
      viewport: { width: shape.width, height: shape.height },
      deviceScaleFactor: shape.density ?? 1,
      colorScheme: theme,
      locale: language,
      timezoneId: "Europe/Paris",
      reducedMotion: "reduce",
      bypassCSP: false,
    });
    for (const [turn, screen] of SCREENS.entries()) {
      if (shape.name !== "1280" && turn % 2 !== at) continue;
      if (only.length > 0 && !only.includes(screen.name)) continue;
      const name = `${screen.name}-${shape.name}-${language}-${theme}`;
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      page.on("pageerror", (error) => offend(`${name}: ${error.message}`));
      page.on("console", (said) => said.type() === "error" && offend(`${name}: ${said.text()}`));
      try {
        await page.goto(`${site.address}/?${screen.query ?? ""}${screen.hash ?? "#/today"}`);
        await page.locator(screen.ready).first().waitFor();
        await screen.act?.(page);
        await page.evaluate(() => document.fonts.ready);
        await page.waitForTimeout(60);
        await page.screenshot({ path: join(folder, `${name}.png`) });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) offend(`${name}: the page is ${wide} px wider than the window`);
        const cut = await page.evaluate(() => Math.max(0, ...[...document.querySelectorAll("dialog[open]")].map((sheet) => sheet.scrollWidth - sheet.clientWidth)));
        if (cut > 0) offend(`${name}: what the sheet shows is ${cut} px wider than it`);
        for (const found of await axe(page)) offend(`${name}: ${found}`);
        looked += 1;
      } catch (error) {
        offend(`${name}: ${error.message.split("\n")[0]}`);
      }
      await page.close();
    }
    await context.close();
  }
}
for (const { name: manner, ...colours } of MANNERS) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en", timezoneId: "Europe/Paris", ...colours });
  for (const screen of SCREENS) {
    if (only.length > 0 && !only.includes(screen.name)) continue;
    const name = `${screen.name}-${manner}`;
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    try {
      await page.goto(`${site.address}/?${screen.query ?? ""}${screen.hash ?? "#/today"}`);
      await page.locator(screen.ready).first().waitFor();
      await screen.act?.(page);
      const place = FOCUSED[screen.name];
      if (place && manner === "forced") {
        // By key, so that the ring is one of the keyboard's.
        await page.keyboard.press("Tab");
        await page.locator(place).first().focus();
        const ring = await page.evaluate((css) => {
          const at = document.querySelector(css);
          return [getComputedStyle(at), getComputedStyle(at, "::after")].map(({ outlineStyle, outlineWidth }) => `${outlineStyle} ${outlineWidth}`);
        }, place);
        if (!ring.some((line) => /^solid [1-9]/.test(line))) offend(`${name}: ${place} shows no focus (${ring.join(", ")})`);
      }
      await page.screenshot({ path: join(folder, `${name}.png`) });
      if (manner === "contrast") for (const found of await axe(page)) offend(`${name}: ${found}`);
      looked += 1;
    } catch (error) {
      offend(`${name}: ${error.message.split("\n")[0]}`);
    }
    await page.close();
  }
  await context.close();
}
await browser.close();
site.close();
console.log(`${looked} screens looked at, pictures in ${folder}`);
if (offences.size > 0) process.exit(1);

/** What axe finds, one line for each rule, with the first place it was found in. */
async function axe(page) {
  // Evaluated by the driver, which the page's policy does not concern.
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map(
    ({ id, nodes }) => `axe ${id}: ${nodes[0].html.slice(0, 140)} (${nodes.length}) ${nodes[0].any[0]?.message ?? ""}`,
  );
}
