// Gives the story of each post that was looked at; takes the reader's word on which posts are one story, with undo.
// Never decides what belongs together: the engine does, and the reader after it.

import type { Phrase, PostId, PostLine, Problem, StoryView, WhyView } from "../backend/contract";
import { phrase, t, told } from "../i18n/t.svelte";
import type { App } from "./app.svelte";
import { moment } from "./asked";
import type { Marks } from "./marks.svelte";

/** Stories that are kept up to date: more than can be unfolded on one page. */
const MOST_SHOWN = 40;

export class Stories {
  /** Stories by the post that they were asked for. */
  #known: Record<PostId, StoryView> = $state.raw({});
  /** Posts whose stories are on screen: they are asked for again when something changed. */
  #shown = new Set<PostId>();
  /** The post that the sheet "belongs with" is open for. */
  joining: PostLine | null = $state.raw(null);
  #app: App;
  #marks: Marks;

  constructor(app: App, marks: Marks) {
    this.#app = app;
    this.#marks = marks;
    app.whenChanged(["posts", "sources"], () => void this.#again());
  }

  /** The story of a post; null until it was asked for, and heard. */
  of(post: PostId): StoryView | null {
    return this.#known[post] ?? null;
  }

  /** Asks for the story of a post. Who only looks is not told when it cannot be had: the post itself is there. */
  async ask(post: PostId): Promise<void> {
    this.#keep(post);
    const asked = moment();
    try {
      const story = await this.#app.backend.call("story", post);
      this.#marks.learn([...story.earlier, ...story.later, ...story.tellings.flatMap(({ line, also }) => [line, ...also])], asked);
      this.#known = { ...this.#known, [post]: story };
    } catch {
      this.#known = Object.fromEntries(Object.entries(this.#known).filter(([known]) => Number(known) !== post));
    }
  }

  /** The last ones are those on screen: of a long sitting not every story is asked for again with every change. */
  #keep(post: PostId): void {
    this.#shown.delete(post);
    this.#shown.add(post);
    for (const first of this.#shown) {
      if (this.#shown.size <= MOST_SHOWN) break;
      this.#shown.delete(first);
      this.#known = Object.fromEntries(Object.entries(this.#known).filter(([known]) => Number(known) !== first));
    }
  }

  /** Nothing of it is on screen any more. */
  forget(): void {
    this.#known = {};
    this.#shown.clear();
    this.joining = null;
  }

  async why(one: PostId, other: PostId): Promise<WhyView | null> {
    return this.#app.ask("why", { one, other });
  }

  /** Why two posts are one story, or two, in words. */
  async said(one: PostId, other: PostId): Promise<string | null> {
    const view = await this.why(one, other);
    return view && reasons(view, phrase);
  }

  /** A post is none of the story that it stands in: it leaves, and its copies with it. */
  async leave(line: PostLine): Promise<void> {
    const story = this.of(line.post);
    if (!story) return;
    const texts = story.tellings.map(({ line, also }) => [line, ...also]);
    const others = texts.filter((text) => !text.some(({ post }) => post === line.post)).flat();
    // Those of another text stay together; where there is none, the copies do.
    const stay = [...others, ...texts.flat()].filter(({ post }) => post !== line.post);
    const one = stay.find(({ post }) => post === story.face) ?? stay[0];
    if (one) await this.apart(one.post, line);
  }

  /** "These are not the same": `other` leaves the story of `one`. */
  async apart(one: PostId, other: PostLine): Promise<void> {
    await this.#say("apart", one, other);
  }

  /** "These belong together." */
  async together(one: PostId, other: PostLine): Promise<void> {
    await this.#say("together", one, other);
  }

  async #say(what: "apart" | "together", one: PostId, { post: other, title }: PostLine): Promise<void> {
    const said = await this.#app.ask(what, { one, other, undo: false });
    if (!said) return;
    await this.#again();
    this.#app.did({
      said: told(`ui.undo.${what}`, { title }),
      undo: async () => {
        const back = await this.#app.backend.call(what, { one, other, undo: true });
        await this.#again();
        // What moved was moved again since, by the reader elsewhere or by its source.
        if (said.moved.length > 0 && back.moved.length === 0) throw elsewhere(title) as unknown as Error;
      },
    });
  }

  async #again(): Promise<void> {
    await Promise.all([...this.#shown].map((post) => this.ask(post)));
  }
}

/** That nothing of what was said of a post can be taken back any more. */
function elsewhere(title: string): Problem {
  return { code: "missing", detail: { key: "problem.missing.moved", values: { title } } };
}

/** Reasons that two posts share, as one sentence of the window. */
export function reasons(view: WhyView, said: (phrase: Phrase) => string): string {
  return t(view.together ? "ui.story.why_together" : "ui.story.why_apart", { reasons: view.reasons.map(said).join(", ") });
}
