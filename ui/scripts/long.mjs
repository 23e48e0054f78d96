// Takes nothing, measures a list of 100,000 posts in Chromium, on the fake backend: frames while it scrolls, key press to
// paint, what is drawn; the same in a short list, which is drawn whole, beside it. Fails when the reader loses their place. Needs dist-fake.
//
//   node scripts/long.mjs [ROWS]      CHROMIUM=path for another browser than /usr/bin/chromium

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const rows = Number(process.argv[2] ?? 100_000);
const site = await serve(join(here, "../dist-fake"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
/** As long as a list is drawn whole: what a plain list costs in this browser, on this machine, now. */
const FEW = 190;
const wrong = [];
const few = await measured(FEW);
const many = await measured(rows);
await browser.close();
site.close();
for (const [name, found] of [[`${FEW} rows`, few], [`${rows} rows`, many]]) console.log(name.padStart(12), JSON.stringify(found));
console.log(`key to paint, ratio of the medians: ${(many.key_ms.median / few.key_ms.median).toFixed(2)}`);
for (const said of wrong) console.error(said);
if (wrong.length > 0) process.exit(1);

async function measured(count) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("pageerror", (error) => wrong.push(`${count}: ${error.message}`));
  // As the window does: what assigns a name that everything inherits breaks here too.
  await page.addInitScript("Object.freeze(Object.prototype)");
  await page.goto(`${site.address}/?many=${count}&language=en#/sources/1`);
  await page.locator(".list [data-post]").first().waitFor();
  const loaded = await page.evaluate(async () => {
    const list = document.querySelector("section.list");
    const began = performance.now();
    while (!document.querySelector(".list .end")) {
      list.scrollTop = list.scrollHeight;
      await new Promise((go) => setTimeout(go, 4));
      if (performance.now() - began > 120_000) break;
    }
    list.scrollTop = list.scrollHeight;
    await new Promise((go) => setTimeout(go, 300));
    return { ms: Math.round(performance.now() - began), last: document.querySelector(".list ol > li:last-of-type")?.getAttribute("aria-posinset") };
  });
  if (Number(loaded.last) !== count) wrong.push(`${count}: the last row is ${loaded.last}`);
  const frames = await page.evaluate(async () => {
    const list = document.querySelector("section.list");
    const gaps = [];
    let way = 1;
    list.scrollTop = list.scrollHeight / 2;
    await new Promise((go) => setTimeout(go, 300));
    let before = await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < 400; frame += 1) {
      // 2,400 pixels a second, then 24,000; back where the list ends.
      const step = frame < 200 ? 40 : 400;
      if (list.scrollTop + step * way > list.scrollHeight - list.clientHeight || list.scrollTop + step * way < 0) way = -way;
      list.scrollTop += step * way;
      const now = await new Promise(requestAnimationFrame);
      gaps.push(now - before);
      before = now;
    }
    return gaps;
  });
  // What is in sight must stay there by itself while rows above it turn out higher or lower.
  const drift = await page.evaluate(async () => {
    const list = document.querySelector("section.list");
    list.scrollTop = list.scrollHeight / 3;
    let worst = 0;
    for (let turn = 0; turn < 20; turn += 1) {
      list.scrollTop -= 300;
      await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
      const row = [...list.querySelectorAll("li")].find((each) => each.getBoundingClientRect().top > 200);
      const at = row?.getBoundingClientRect().top ?? 0;
      await new Promise((go) => setTimeout(go, 50));
      if (row?.isConnected) worst = Math.max(worst, Math.abs(row.getBoundingClientRect().top - at));
    }
    return worst;
  });
  if (drift > 2) wrong.push(`${count}: what is in sight moved by ${drift} px by itself`);
  await page.evaluate(() => (document.querySelector("section.list").scrollTop = 0));
  await page.waitForTimeout(200);
  const keys = await page.evaluate(async () => {
    const took = [];
    for (let turn = 0; turn < 60; turn += 1) {
      const key = turn % 5 === 4 ? "p" : "n";
      const began = performance.now();
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      // The task after a frame begins when the frame is drawn.
      await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
      took.push(performance.now() - began);
    }
    const stood = document.querySelector("[aria-current=true]");
    const box = stood?.getBoundingClientRect();
    return { took, focused: document.activeElement === stood, seen: box ? box.top >= 0 && box.bottom <= innerHeight : false };
  });
  if (!keys.focused || !keys.seen) wrong.push(`${count}: the reader stands on nothing (${JSON.stringify({ ...keys, took: 0 })})`);
  // Scrolled far away, the row that is stood on keeps the focus, and the next key goes on from there.
  const place = await page.evaluate(async () => {
    const list = document.querySelector("section.list");
    const stood = Number(document.querySelector("[aria-current=true]").closest("li").getAttribute("aria-posinset"));
    list.scrollTop = list.scrollHeight;
    await new Promise((go) => setTimeout(go, 300));
    const kept = document.activeElement?.closest("li")?.getAttribute("aria-posinset");
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true, cancelable: true }));
    await new Promise((go) => setTimeout(go, 300));
    const box = document.activeElement.getBoundingClientRect();
    return { stood, kept: Number(kept), next: Number(document.activeElement.closest("li")?.getAttribute("aria-posinset")), seen: box.top >= 0 && box.bottom <= innerHeight };
  });
  if (place.kept !== place.stood || place.next !== Math.min(count, place.stood + 1) || !place.seen) wrong.push(`${count}: the place was lost: ${JSON.stringify(place)}`);
  const drawn = await page.evaluate(() => document.querySelectorAll(".list [data-post]").length);
  const memory = await page.evaluate(() => Math.round((performance.memory?.usedJSHeapSize ?? 0) / 1e6));
  await page.close();
  return { all_loaded_ms: loaded.ms, frame_ms: shares(frames.slice(0, 200)), fast_frame_ms: shares(frames.slice(200)), key_ms: shares(keys.took), drift, drawn, heap_mb: memory };
}

function shares(all) {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (share) => Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}
