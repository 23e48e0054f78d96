// The small pure parts: snippets, the tree, the route, keys, bodies, and the catalogue itself.

import { expect, test } from "vitest";
import type { SourceView } from "../lib/backend/contract";
import { golden } from "../lib/backend/fake";
import en from "../lib/i18n/en.json";
import fr from "../lib/i18n/fr.json";
import { speech, t } from "../lib/i18n/t.svelte";
import { age } from "../lib/i18n/when";
import { Keys } from "../lib/state/keys";
import { format, parse } from "../lib/state/route.svelte";
import { rows } from "../lib/state/tree";
import { dress, picture } from "../parts/dress";
import { pieces, runs } from "../parts/found";
import { steps, unbroken } from "../parts/unbroken";
import { beyond } from "../parts/words";

test.each([
  ["a \uE000b\uE001 c", "a |[b]| c"],
  ["\uE000b\uE001\uE000c\uE001", "[b]|[c]"],
  ["never shut \uE000b", "never shut |[b]"],
  ["stray \uE001 mark", "stray | mark"],
  ["", ""],
])("the snippet %j is shown as %j", (snippet, shown) => {
  expect(pieces(snippet).map(({ text, found }) => (found ? `[${text}]` : text)).join("|")).toBe(shown);
});

test.each([
  ["Thé : ce qui change", "Th[é :] ce qui change"],
  ["Vraiment ?! (déjà ?)", "Vraimen[t ?!] (déj[à ?])"],
  ["Il dit : « Non ; jamais ! »", "Il di[t :] [« N]o[n ;] jamai[s ! »]"],
  ["« Un », « deux ».", "[« Un »], [« d]eu[x »]."],
  ["Tea: what changes? \u201cNo!\u201d", "Tea: what changes? \u201cNo!\u201d"],
  ["Der Text »Wort« steht", "Der Text »Wort« steht"],
  ["a !important b ::before ?x=1", "a !important b ::before ?x=1"],
  ["Pluie à mi-ombre, dit-il : « Est-ce long ? »", "Pluie à mi[-o]mbre, dit[-il :] [« E]st[-c]e lon[g ? »]"],
  ["Rhône-Alpes, a - b, 2-3", "Rhône-Alpes, a - b, 2[-3]"],
  ["à partir du 2026-11-01", "à partir du 2026[-1]1[-0]1"],
  ["Vive la France 🇫🇷 ! Bravo 👍🏽 ! ❤️ !", "Vive la France 🇫🇷[ !] Bravo 👍🏽[ !] ❤️[ !]"],
  ["مرحبا ! 1️⃣ !", "مرحبا[ !] [1️⃣ !]"],
  ["un e\u0301te\u0301 : mi-e\u0301te\u0301, « e\u0301te\u0301 »", "un e\u0301t[e\u0301 :] mi[-e\u0301]te\u0301, [« e\u0301]t[e\u0301 »]"],
  ["W-I-N-N-E-R-T-A-K-E-S-A-L-L", "W-I-N-N-E-R-T-A-K-E-S-A-L-L"],
  [`a ${"! ".repeat(100)}b`, `a ${"! ".repeat(100)}b`],
  ["", ""],
])("no line of %j begins with a mark, nor ends with half of a short word", (given, shown) => {
  const cut = unbroken(given);
  expect(cut.map(({ text, whole }) => (whole ? `[${text}]` : text)).join("")).toBe(shown);
  expect(cut.map(({ text }) => text).join("")).toBe(given);
});

test.each([
  ["pluie à mi-\uE000ombre\uE001 : fin", "pluie à mi[-<ombre>][ :] fin"],
  ["\uE000dit\uE001-il", "<dit>[-i]l"],
  ["\uE000mi-ombre\uE001 ou soleil", "[<mi-ombre>] ou soleil"],
  ["« \uE000Un\uE001 » et \uE000deux\uE001", "[« <Un> »] et <deux>"],
  ["à mi-\uE000ombre dans un petit jardin de ville\uE001 : fin", "à mi-<ombre dans un petit jardin de ville> : fin"],
  ["a \uE000b\uE001", "a <b>"],
  ["", ""],
])("what was found in %j is marked, and breaks where any text may", (snippet, shown) => {
  const said = ({ text, found }: { text: string; found: boolean }) => (found ? `<${text}>` : text);
  expect(runs(snippet).map((run) => (run.whole ? `[${run.pieces.map(said).join("")}]` : run.pieces.map(said).join(""))).join("")).toBe(shown);
});

test.each([
  ["autodesk.com/products/fusion-360/feed", "autodesk.com/|products/|fusion-360/|feed"],
  ["http://a.example/?a=1&b=2", "http://|a.example/?|a=1&|b=2"],
  ["News / Analysis", "News / Analysis"],
  ["", ""],
])("a name like %j breaks behind its strokes", (name, shown) => {
  expect(steps(name).join("|")).toBe(shown);
});

test.each([
  ["Tides", "Tides are late. More tomorrow.", false, "Tides are late. More tomorrow."],
  ["The lamp burns again", "The lamp burns again", true, ""],
  ["The tide was late.", "The tide was late. More tomorrow.", true, "More tomorrow."],
  ["A wreck", "A wreck · They cut the chain", true, "They cut the chain"],
  ["A wreck They cut it", "A wreck · They cut it", true, ""],
  ["A long way round the…", "A long way round the harbour", true, "A long way round the harbour"],
])("beyond the headline %j of %j comes what is new", (title, lead, untitled, shown) => {
  expect(beyond({ title, lead, untitled })).toBe(shown);
});

const source = (id: number, title: string, ...folders: string[][]): SourceView => ({
  ...(golden.sources[0] as SourceView),
  id,
  title,
  address: `https://${id}.example`,
  folders,
  unread: id,
  trouble: null,
});
const drawn = (filter: string, closed: string[] = []) =>
  rows([source(1, "Zeta", ["A", "B"]), source(2, "alpha"), source(3, "Élan", ["A"], ["C"])], filter, closed, "fr")
    .map((row) => `${"-".repeat(row.depth)}${"folder" in row ? `${row.folder.at(-1)}/${row.unread}` : row.source.title}`)
    .join(" ");

test("the tree nests folders, sorts by name, and shows a source in each of its folders", () => {
  expect(drawn("")).toBe("A/4 -B/1 --Zeta -Élan C/3 -Élan alpha");
  expect(drawn("", ['["A"]'])).toBe("A/4 C/3 -Élan alpha");
  expect(drawn("ZET", ['["A"]'])).toBe("A/1 -B/1 --Zeta");
});

test.each(["#/today", "#/today/post/31", "#/sources/4/post/31", "#/search?q=deux+mots", "#/left_out/12", "#/people/7"])(
  "the place %s is read as it is written",
  (hash) => expect(format(parse(hash))).toBe(hash),
);

test.each(["", "#/nowhere", "#/today/post/x", "#content"])("the place %j leads to Today", (hash) => {
  expect(parse(hash)).toMatchObject({ view: "today", post: null });
});

test("g waits for its second key, and not for ever", () => {
  const keys = new Keys();
  const act = (key: string, at: number) => keys.act({ key, ctrlKey: false, metaKey: false, altKey: false }, at);
  expect([act("g", 0), act("s", 400)]).toEqual([null, "sources"]);
  expect([act("g", 1000), act("s", 9000)]).toEqual([null, "star"]);
  expect([act("e", 9100), act("x", 9200), act("z", 9300)]).toEqual(["skip", "pick", null]);
});

test("a body asks nothing of the network: pictures go through the app, nothing else is left", () => {
  const given = dress(
    '<p style="color:red" id="x">a</p><img src="https://p.example/a.png?x=1&y=2" srcset="https://p.example/b.png 2x">' +
      '<img src="data:image/png;base64,AA"><link rel="preconnect" href="https://evil.example"><iframe src="https://e.example"></iframe>' +
      '<video src="https://v.example/v.mp4"></video><pre>x</pre>',
  );
  expect(given).toContain(`src="${picture("https://p.example/a.png?x=1&y=2")}"`);
  for (const word of ["srcset", "data:", "preconnect", "iframe", "video", "style", 'id="x"']) expect(given).not.toContain(word);
  expect(given).toContain('<div class="wide" tabindex="0"><pre>x</pre></div>');
});

test("a film is its picture, which leads to it, and a recording a link", () => {
  speech.speak("en");
  const given = dress('<video poster="https://p.example/p.png"><source src="https://v.example/v.mp4"></video><audio src="https://v.example/a.mp3"></audio>');
  expect(given).toContain(`<a href="https://v.example/v.mp4" rel="noreferrer"><img src="${picture("https://p.example/p.png")}"`);
  expect(given).toContain("▶ Watch</a>");
  expect(given).toContain('<a href="https://v.example/a.mp3" rel="noreferrer">▶ Listen</a>');
  expect(dress('<video src="javascript:alert(1)"></video>')).toBe("");
});

test("a still of a film is the head of its link, and places in a post keep their names", () => {
  const given = dress('<a href="https://www.youtube.com/watch?v=a"><img src="https://i.ytimg.com/vi/a/hqdefault.jpg" alt="">A film</a><b id="n-x">y</b><b id="content">z</b>');
  expect(given).toContain('class="film" rel="noreferrer"');
  expect(given).toContain("▶ A film</a>");
  expect(given).toContain('<b id="n-x">y</b><b>z</b>');
});

test("a picture that is not for everybody is veiled, shown or left out, as the reader wants", () => {
  speech.speak("en");
  const picture = '<p>a</p><img src="https://p.example/a.png" alt="b" data-sensitive="">';
  const how = (veil: "ask" | "show" | "hide", veiled = false, html = picture) => dress(html, { veil, veiled });
  expect(how("ask")).toMatch(/<button type="button" class="veil"><img src="img:[^>]* aria-hidden="true"><span>Show this picture/);
  expect(how("show")).toMatch(/<img src="img:[^>]*>$/);
  expect(how("hide")).toContain("<em>[A picture that is not for everybody was left out.]</em>");
  expect(how("hide")).not.toContain("<img");
  const plain = '<a href="https://p.example"><img src="https://p.example/a.png" alt=""></a>';
  expect(how("ask", true, plain)).toMatch(/^<button[^]*<\/button>$/);
  expect(how("ask", false, plain)).not.toContain("button");
  const folded = '<details><summary>⚠</summary><img src="https://p.example/a.png"></details><details><summary>Spiders</summary>b</details>';
  expect(how("show", false, folded).match(/<details open/g)).toHaveLength(1);
  expect(how("hide", false, folded)).toContain("Spiders");
  expect(how("hide", false, folded)).not.toContain("<img");
});

test("a picture's address on Linux is the app's own scheme", () => {
  expect(picture("https://p.example/a b.png")).toBe("img://localhost/https%3A%2F%2Fp.example%2Fa%20b.png");
});

test("ages are said in the reader's language", () => {
  const now = Date.UTC(2026, 10, 23, 12);
  const hours = (count: number) => age(now - count * 3_600_000, now).replaceAll(/\s/g, " ");
  speech.speak("fr");
  expect([hours(5), hours(30), hours(24 * 40)]).toEqual(["il y a 5 h", "hier", "14 octobre 2026"]);
  speech.speak("en");
  expect([hours(5), hours(30), hours(24 * 40)]).toEqual(["5h ago", "yesterday", "14 October 2026"]);
});

test("French counts nothing as one", () => {
  speech.speak("fr");
  expect([0, 1, 2].map((count) => t("ui.today.stories", { count }))).toEqual(["0 histoire", "1 histoire", "2 histoires"]);
  speech.speak("en");
  expect([0, 1, 2].map((count) => t("ui.today.stories", { count }))).toEqual(["0 stories", "1 story", "2 stories"]);
});

test("both catalogues hold the same keys, in order, with the same values to fill in", () => {
  const filled = (catalogue: Record<string, string>) =>
    Object.fromEntries(Object.entries(catalogue).map(([key, said]) => [key, [...said.matchAll(/\{\w+\}/g)].map(String).sort()]));
  expect(Object.keys(fr)).toEqual(Object.keys(en));
  expect(Object.keys(en)).toEqual(Object.keys(en).sort());
  expect(filled(fr)).toEqual(filled(en));
});

test("French puts a space that does not break before ; : ! ? and inside « »", () => {
  const wrong = Object.entries(fr).filter(([key, said]) => key.startsWith("ui.") && /[^\u00a0][;:!?»]|«[^\u00a0]|'/.test(said.replaceAll(/https?:/g, "")));
  expect(wrong).toEqual([]);
});

const files: Record<string, string> = import.meta.glob(["../parts/*", "../views/*", "../lib/**/*.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const written = Object.entries(files).map(([path, text]) => ({ path, text }));

test("HTML is inserted in one place", () => {
  expect(written.filter(({ text }) => text.includes("{@html")).map(({ path }) => path)).toEqual(["../parts/Body.svelte"]);
});

test("no colour and no size of type is named outside the tokens", () => {
  const offences = written.flatMap(({ path, text }) =>
    [...text.matchAll(/#[0-9a-f]{3,8}\b(?=[;\s)])|rgba?\(|hsl\(|font-size:\s*[\d.]+(?:px|rem)/g)].map((found) => `${path}: ${found[0]}`),
  );
  expect(offences).toEqual([]);
});

test("every file begins by saying what it is, and is short", () => {
  expect(written.length).toBeGreaterThan(60);
  for (const { path, text } of written) {
    if (path.endsWith("contract.ts")) continue;
    expect(text, path).toMatch(/^(?:\/\/|<!--|\/\*) /);
    expect(text.split("\n").length, path).toBeLessThan(400);
  }
});
