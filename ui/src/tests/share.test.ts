// Sharing a story: what is copied, what is written, where one writes of it, and that it is noted once it was done.

import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import type { PostLine } from "../lib/backend/contract";
import { golden, opened, printed } from "../lib/backend/fake";
import { blueskyLink, fileName, markdown, mastodonLink, serverOf, words } from "../lib/state/share";
import { open, press, settle } from "./window";

const READY = golden.today.entries[0]?.face.title ?? "";
const line = { ...(golden.today.entries[0]?.face as PostLine), title: "Tide [late]", link: "https://a.example/x?y=1&z=(2)" };

let copied: string[] = [];
const clipboard = (takes: boolean) =>
  Object.defineProperty(navigator, "clipboard", {
    configurable: true,
    value: { writeText: (text: string) => (takes ? (copied.push(text), Promise.resolve()) : Promise.reject(new Error("no"))) },
  });
afterEach(() => {
  copied = [];
  Reflect.deleteProperty(navigator, "clipboard");
});

test.each([
  ["social.example", "social.example"],
  ["  https://Social.Example/@me?x ", "social.example"],
  ["@me@social.example", "social.example"],
  ["me@social.example", "social.example"],
  ["social.example:8443", "social.example:8443"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["localhost", null],
  ["social..example", null],
  ["javascript:alert(1).x", null],
  ["a b.example", null],
  ["", null],
])("the server meant by %j is %j", (typed, server) => expect(serverOf(typed)).toBe(server));

test("a title is shortened so that its link always fits", () => {
  const long = { title: "é".repeat(400), link: "https://a.example/one" };
  const text = new URL(blueskyLink(long)).searchParams.get("text") ?? "";
  expect([...text]).toHaveLength(300);
  expect(text.endsWith("…\nhttps://a.example/one")).toBe(true);
  expect(words({ title: "Short", link: null })).toBe("Short");
  expect(words({ title: "Short", link: `https://a.example/${"x".repeat(400)}` }, 300)).toBe(`https://a.example/${"x".repeat(400)}`);
});

test("what is written of it goes as words, never as part of the address", () => {
  const url = new URL(mastodonLink({ title: "A & B #c?", link: "https://a.example/?d=e&f#g" }, "social.example"));
  expect([url.host, url.pathname, [...url.searchParams.keys()], url.hash]).toEqual(["social.example", "/share", ["text"], ""]);
  expect(url.searchParams.get("text")).toBe("A & B #c?\nhttps://a.example/?d=e&f#g");
});

test("a story becomes Markdown: title, origin, text; what is Markdown in its words is not taken for it", async () => {
  const text = await markdown(
    line,
    "The *Port* · 3 May",
    "<h2>Why</h2><p>It is <em>late</em>, see <a href=\"https://b.example\">b</a>.</p><pre><code>a *b*\n</code></pre><ul><li>one</li></ul>" +
      "<table><tbody><tr><td>1</td></tr></tbody></table>",
  );
  expect(text.split("\n")[0]).toBe("# [Tide \\[late\\]](<https://a.example/x?y=1&z=(2)>)");
  expect(text).toContain("The \\*Port\\* · 3 May");
  expect(text).toContain("## Why\n\nIt is *late*, see [b](https://b.example).");
  expect(text).toContain("```\na *b*\n```");
  expect(text).toContain("-   one");
  expect(text).toContain("<table>");
});

test.each([
  ["L’été : déjà ? / 2", "L-été-déjà-2.md"],
  ["../../etc/passwd", "etc-passwd.md"],
  ["…", "pepites.md"],
  ["x".repeat(100), `${"x".repeat(60)}.md`],
])("the file of %j is %j", (title, name) => expect(fileName(title)).toBe(name));

test("Shift S opens the sheet; what was copied is said and noted", async () => {
  clipboard(true);
  const house = await open("language=en", "#/today", READY);
  const call = vi.spyOn(house.app.backend, "call");
  await press("n", "S");
  expect(screen.getByRole("dialog", { name: "Share" })).toBeTruthy();
  const link = house.reading.line?.link;
  await fireEvent.click(screen.getByRole("button", { name: "Copy the link" }));
  expect(await screen.findByText("Copied.")).toBeTruthy();
  expect(copied).toEqual([link]);
  expect(call).toHaveBeenCalledWith("note_acts", { posts: [house.reading.line?.post], act: "shared" });
  await fireEvent.click(screen.getByRole("button", { name: "Copy as Markdown" }));
  await waitFor(() => expect(copied).toHaveLength(2));
  expect(copied[1]).toMatch(/^# \[/);
  expect(copied[1]?.length).toBeGreaterThan(200);
});

test("words that the system does not take are shown, and nothing is noted", async () => {
  clipboard(false);
  const house = await open("language=en", "#/today", READY);
  const call = vi.spyOn(house.app.backend, "call");
  await press("n", "S");
  await fireEvent.click(screen.getByRole("button", { name: "Copy title and link" }));
  const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "What was to be copied" });
  expect(field.value).toBe(`${house.reading.line?.title}\n${house.reading.line?.link}`);
  expect(call.mock.calls.map(([name]) => name)).not.toContain("note_acts");
});

test("one writes of it in the browser, on a server that is remembered", async () => {
  const house = await open("language=en", "#/today", READY);
  await press("n", "S");
  const server = screen.getByLabelText("Your server on Mastodon or its kin");
  await fireEvent.input(server, { target: { value: "nowhere" } });
  await fireEvent.click(screen.getByRole("button", { name: "Write on Mastodon" }));
  expect(await screen.findByText(/has a dot/)).toBeTruthy();
  await fireEvent.input(server, { target: { value: "@me@social.example" } });
  await fireEvent.click(screen.getByRole("button", { name: "Write on Mastodon" }));
  await settle();
  expect(opened.at(-1)).toMatch(/^https:\/\/social\.example\/share\?text=/);
  expect(house.prefs.server).toBe("social.example");
  await fireEvent.click(screen.getByRole("button", { name: "Write on Bluesky" }));
  await settle();
  expect(opened.at(-1)).toMatch(/^https:\/\/bsky\.app\/intent\/compose\?text=/);
});

test("a story whose text cannot be read is not copied as if it were empty", async () => {
  clipboard(true);
  const house = await open("language=en&fail=post", "#/today", READY);
  const call = vi.spyOn(house.app.backend, "call");
  await press("n", "S");
  await fireEvent.click(screen.getByRole("button", { name: "Copy as Markdown" }));
  expect(await screen.findByText("Its text could not be read.")).toBeTruthy();
  expect(copied).toEqual([]);
  await fireEvent.click(screen.getByRole("button", { name: "Save as Markdown…" }));
  await settle();
  expect(screen.queryByText(/^Saved to/)).toBeNull();
  expect(call.mock.calls.map(([name]) => name)).not.toContain("note_acts");
});

test("what is open can be printed, with no sheet before it", async () => {
  await open("language=en", "#/today", READY);
  await press("n", "S");
  expect(screen.queryByRole("button", { name: /^Print/ })).toBeNull();
  await press("Escape");
  await fireEvent(screen.getByRole("dialog", { name: "Share" }), new Event("cancel"));
  await press("o", "S");
  await fireEvent.click(await screen.findByRole("button", { name: /^Print/ }));
  await settle();
  expect(printed).toHaveLength(1);
  expect(screen.queryByRole("dialog", { name: "Share" })).toBeNull();
});
