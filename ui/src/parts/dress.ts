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
    link.append(image);
  }
  link.append(`▶ ${t(media.localName === "audio" ? "ui.post.listen" : "ui.post.watch")}`);
  media.replaceWith(link);
}

export function dress(html: string): string {
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
  }
  for (const link of body.querySelectorAll("a")) {
    link.removeAttribute("target");
    link.rel = "noreferrer";
  }
  for (const element of body.querySelectorAll("[style], [id]")) {
    element.removeAttribute("style");
    element.removeAttribute("id");
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
