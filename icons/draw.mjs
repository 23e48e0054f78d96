// Takes icon.svg, gives every icon that a system asks for. Draws with a browser, found as for the UI's pictures:
// node icons/draw.mjs (after `npm ci` in ui/; CHROMIUM names another browser than /usr/bin/chromium).

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

const here = new URL(".", import.meta.url);
const { chromium } = createRequire(new URL("../ui/package.json", here))("playwright-core");
const svg = await readFile(new URL("icon.svg", here), "utf8");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage();

async function draw(size) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>* { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

/** Windows: a directory of pictures, each a whole PNG. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(([size, png], place) => {
    const at = 6 + 16 * place;
    // 256 is written as 0.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(([, png]) => png)]);
}

/** macOS: a list of named chunks, each a whole PNG. */
function icns(pictures) {
  const chunks = pictures.map(([name, png]) => {
    const head = Buffer.alloc(8);
    head.write(name, "ascii");
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const head = Buffer.alloc(8);
  head.write("icns", "ascii");
  head.writeUInt32BE(8 + chunks.reduce((sum, chunk) => sum + chunk.length, 0), 4);
  return Buffer.concat([head, ...chunks]);
}

const drawn = new Map();
for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) drawn.set(size, await draw(size));
await browser.close();

const write = (name, bytes) => writeFile(new URL(name, here), bytes);
await write("32x32.png", drawn.get(32));
await write("128x128.png", drawn.get(128));
await write("128x128@2x.png", drawn.get(256));
await write("icon.png", drawn.get(512));
await write("icon.ico", ico([16, 32, 48, 64, 256].map((size) => [size, drawn.get(size)])));
await write("icon.icns", icns([["ic07", drawn.get(128)], ["ic08", drawn.get(256)], ["ic09", drawn.get(512)], ["ic10", drawn.get(1024)]]));
