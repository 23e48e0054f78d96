// Takes a story, gives what is shared of it: its words, its Markdown, the addresses where one writes of it. Nothing is sent
// from here: an address opens in the reader's browser, and they send it, or not.

import type { PostLine } from "../backend/contract";

/** What a post on Bluesky holds, in letters as a reader counts them. */
const BLUESKY_LETTERS = 300;
/** What a toot holds on the most servers; a link counts 23 there, less than any has. */
const MASTODON_LETTERS = 500;

/** "The title", its link on the next line: what fits into so many letters, by shortening the title. */
export function words({ title, link }: Pick<PostLine, "title" | "link">, most = Infinity): string {
  if (link === null) return shortened(title, most);
  const room = most - letters(link).length - 1;
  return room > 0 ? `${shortened(title, room)}\n${link}` : link;
}

export function blueskyLink(line: Pick<PostLine, "title" | "link">): string {
  return `https://bsky.app/intent/compose?text=${encodeURIComponent(words(line, BLUESKY_LETTERS))}`;
}

/** Where one writes on Mastodon and its kin; `server` as `serverOf` gives it. */
export function mastodonLink(line: Pick<PostLine, "title" | "link">, server: string): string {
  return `https://${server}/share?text=${encodeURIComponent(words(line, MASTODON_LETTERS))}`;
}

/** The server that was meant by "social.example", "https://social.example/@me" or "@me@social.example"; null for none. */
export function serverOf(typed: string): string | null {
  const name = typed.trim().replace(/^https?:\/\//i, "").replace(/^@?[^@/\s]*@/, "").replace(/[/?#].*$/, "");
  // Letters of any script: the browser writes them as the net does.
  if (!/^[\p{L}\p{N}.-]+(?::\d{1,5})?$/u.test(name) || !name.includes(".") || /^\.|\.\.|\.$/.test(name)) return null;
  try {
    return new URL(`https://${name}`).host;
  } catch {
    return null;
  }
}

/** A name for its file: the title in letters that every system takes. */
export function fileName(title: string): string {
  const plain = title.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${letters(plain).slice(0, 60).join("").replace(/-+$/, "") || "pepites"}.md`;
}

/** The story in Markdown: its title as a link, where from and when, its text. `html` went through the engine's sanitiser. */
export async function markdown(line: PostLine, origin: string, html: string): Promise<string> {
  // Only who shares needs it: it is fetched from beside the page then, and the start is none the longer for it.
  const { default: Turndown } = await import("turndown");
  const down = new Turndown({ headingStyle: "atx", codeBlockStyle: "fenced", bulletListMarker: "-", emDelimiter: "*" });
  // Markdown has no table of its own; as HTML it is legible in what shows Markdown.
  down.keep(["table"]);
  const title = down.escape(line.title);
  // Parsed apart: nothing in it is fetched or run.
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const head = line.link === null ? `# ${title}` : `# [${title}](<${line.link.replace(/[<>]/g, encodeURIComponent)}>)`;
  return `${head}\n\n${down.escape(origin)}\n\n${down.turndown(body).trim()}\n`;
}

/** Puts words on the system's clipboard; false when it does not take them. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A webview may have no clipboard of the new kind.
    return copyOld(text);
  }
}

function copyOld(text: string): boolean {
  let taken = false;
  const heard = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    taken = event.clipboardData !== null;
  };
  document.addEventListener("copy", heard);
  try {
    return document.execCommand("copy") && taken;
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", heard);
  }
}

function shortened(title: string, most: number): string {
  const all = letters(title);
  return all.length <= most ? title : `${all.slice(0, most - 1).join("").trimEnd()}…`;
}

/** The letters of a text as a reader counts them. */
function letters(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}
