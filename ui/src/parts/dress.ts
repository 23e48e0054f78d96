// Takes a post's sanitised body, gives it as the window may show it: pictures through the app's own scheme, links
// without a life of their own. Never sanitises: the engine did.

import { t } from "../lib/i18n/t.svelte";

/** The one way to a picture: the app fetches it, the window never does. */
export function picture(url: string): string {
  const address = encodeURIComponent(url);
  if (import.meta.env.MODE === "fake") return `/picture/${address}`;
  // Windows serves an app's scheme as a host.
  return navigator.userAgent.includes("Windows") ? `http://img.localhost/${address}` : `img://localhost/${address}`;
}

/** What would ask the network or open a frame of its own. The engine lets none through; the window does not rely on it. */
const FOREIGN = 
  "script, style, link, iframe, object, embed, form, base, meta, video, audio, source, track, svg, input, button, select, textarea";

/** Before the names of places in a post, which the engine gave; no name of the window's own begins so. */
export const PLACE = "n-";
/** Above pictures whose author hides them without saying why: the engine's own mark. */
const HIDDEN = "⚠";
/** Where stills of films come from. */
const STILLS = "https://i.ytimg.com/vi/";

/** What is done with pictures that are not for everybody, and whether all of a body are none. */
export type How = { veil: "ask" | "show" | "hide"; veiled: boolean };

/** Nothing plays in the window: a film is its picture, which leads to it, and a recording a link. */
function stillOf(media: Element): void {
  const at = media.getAttribute("src") ?? media.querySelector("source")?.getAttribute("src") ?? "";
  if (!/^https?:/i.test(at)) return;
  const link = media.ownerDocument.createElement("a");
  link.href = at;
  const poster = media.getAttribute("poster");
  if (poster !== null) {
    const image = media.ownerDocument.createElement("img");
    image.setAttribute("src", poster);
    image.toggleAttribute("data-sensitive", media.hasAttribute("data-sensitive"));
    link.append(image);
  }
  link.append(`▶ ${t(media.localName === "audio" ? "ui.post.listen" : "ui.post.watch")}`);
  media.replaceWith(link);
}

/** A picture that is not for everybody is behind a button that shows it, or its place says that it was left out. */
function veil(image: HTMLImageElement, veil: How["veil"]): void {
  image.removeAttribute("data-sensitive");
  if (veil === "show") return;
  const { ownerDocument } = image;
  // A button in a link would be two things at once; who looks at the original finds where it led.
  const placed = image.closest("a") ?? image;
  if (veil === "hide") {
    const words = ownerDocument.createElement("em");
    words.textContent = t("ui.post.veiled");
    placed.replaceWith(words);
    return;
  }
  const button = ownerDocument.createElement("button");
  button.type = "button";
  button.className = "veil";
  const words = ownerDocument.createElement("span");
  words.textContent = t("ui.post.unveil");
  placed.replaceWith(button);
  image.setAttribute("aria-hidden", "true");
  button.append(image, words);
}

/** What was folded because its pictures are not for everybody, as the reader wants it. */
function unfold(body: HTMLElement, veil: How["veil"]): void {
  for (const fold of body.querySelectorAll("details")) {
    if (fold.firstElementChild?.localName !== "summary" || fold.firstElementChild.textContent.trim() !== HIDDEN) continue;
    if (veil === "show") fold.open = true;
    else if (veil === "hide") fold.replaceWith(t("ui.post.veiled"));
  }
}

export function dress(html: string, how: How = { veil: "ask", veiled: false }): string {
  // A parsed document is inert: nothing in it is fetched or run.
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const media of body.querySelectorAll("video, audio")) stillOf(media);
  for (const element of body.querySelectorAll(FOREIGN)) element.remove();
  for (const image of body.querySelectorAll("img")) {
    const url = image.getAttribute("src") ?? "";
    image.removeAttribute("srcset");
    image.removeAttribute("sizes");
    if (/^https?:/i.test(url)) image.src = picture(url);
    else image.remove();
    image.loading = "lazy";
    image.decoding = "async";
    if (!image.hasAttribute("alt")) image.alt = "";
    // What it shows can be read by who sees it too.
    if (image.alt && !image.title) image.title = image.alt;
    const film = url.startsWith(STILLS) ? image.closest("a") : null;
    if (film?.firstElementChild === image) {
      film.classList.add("film");
      image.after("▶ ");
    }
  }
  for (const image of body.querySelectorAll("img")) if (how.veiled || image.hasAttribute("data-sensitive")) veil(image, how.veil);
  unfold(body, how.veil);
  for (const link of body.querySelectorAll("a")) {
    link.removeAttribute("target");
    link.rel = "noreferrer";
  }
  for (const element of body.querySelectorAll("[style], [id]")) {
    element.removeAttribute("style");
    if (!element.id.startsWith(PLACE)) element.removeAttribute("id");
  }
  // Wide tables and code scroll in a box of their own, which the keyboard can reach.
  for (const wide of body.querySelectorAll("pre, table")) {
    const box = wide.ownerDocument.createElement("div");
    box.className = "wide";
    box.tabIndex = 0;
    wide.replaceWith(box);
    box.append(wide);
  }
  return body.innerHTML;
}
