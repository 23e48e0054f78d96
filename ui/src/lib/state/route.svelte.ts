// Gives where the reader is, as the address's hash says it: `#/today`, `#/sources/4/post/31`, `#/search/post/9?q=words`.
// Takes moves; the system's back and forward work. Never loads anything.

export const VIEWS = ["today", "starred", "sources", "people", "trends", "taste", "search"] as const;
/** The screens of the rail, and those that they lead to: the library has four, by its tabs. */
export type View = (typeof VIEWS)[number] | "shared" | "past" | "left_out" | "room";

export type Place = {
  view: View;
  /** A source (Sources), somebody (People), a digest (Past, Left out). */
  id: number | null;
  /** The post that is open. */
  post: number | null;
  /** What is searched. */
  words: string;
};

const ALL: readonly View[] = [...VIEWS, "shared", "past", "left_out", "room"];
const HOME: Place = { view: "today", id: null, post: null, words: "" };

export function parse(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/");
  const view = ALL.find((known) => known === name);
  if (!view) return { ...HOME };
  const at = rest.indexOf("post");
  const number = (text: string | undefined) => (text && /^\d+$/.test(text) ? Number(text) : null);
  return {
    view,
    id: at === 0 ? null : number(rest[0]),
    post: at < 0 ? null : number(rest[at + 1]),
    words: new URLSearchParams(query).get("q") ?? "",
  };
}

export function format(place: Place): string {
  const parts: (string | number)[] = [place.view];
  if (place.id !== null) parts.push(place.id);
  if (place.post !== null) parts.push("post", place.post);
  const query = place.words ? `?${new URLSearchParams({ q: place.words }).toString()}` : "";
  return `#/${parts.join("/")}${query}`;
}

/** A web view takes so many changes of its address at a time and then none for some seconds: who holds a key down makes more. */
const AGAIN_MS = 500;

export class Route {
  place: Place = $state.raw(parse(location.hash));
  /** The address lags behind the place: as a step of its own, or in the place of the last one. */
  #behind: "step" | "same" | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Told when the system's back or forward moved the reader, and from where. */
  onmoved: (from: Place) => void = () => {};

  constructor() {
    addEventListener("popstate", () => {
      this.#write(null);
      const from = this.place;
      this.place = parse(location.hash);
      this.onmoved(from);
    });
  }

  /** Goes there; what is not named is left behind. */
  go(place: Partial<Place> & { view: View }): void {
    this.#to({ ...HOME, ...place }, false);
  }

  /** Opens a post where the reader is (null closes it). Stepping from post to post is one step back, not thirty. */
  post(post: number | null): void {
    this.#to({ ...this.place, post }, this.place.post !== null && post !== null);
  }

  /** Says what is searched, without a step back for each letter. */
  words(words: string): void {
    this.#to({ ...this.place, words, post: null }, true);
  }

  #to(place: Place, replace: boolean): void {
    this.place = place;
    this.#write(replace && this.#behind !== "step" ? "same" : "step");
  }

  /** Writes the address of where the reader is; what the web view does not take now, it is given again later. */
  #write(behind: "step" | "same" | null): void {
    clearTimeout(this.#timer);
    this.#behind = null;
    const hash = format(this.place);
    if (behind === null || hash === location.hash) return;
    try {
      if (behind === "same") history.replaceState(null, "", hash);
      else history.pushState(null, "", hash);
    } catch {
      this.#behind = behind;
      this.#timer = setTimeout(() => this.#write(behind), AGAIN_MS);
    }
  }
}
