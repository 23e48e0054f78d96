// Takes the story that the reader opens, gives its view and has it marked as read. What they may open next is asked for while
// they read, and is there at once, as is the story that they come from; what it says by then is asked for all the same.

import type { PostId, PostView, Problem } from "../backend/contract";
import { asProblem, type App } from "./app.svelte";
import type { Marks } from "./marks.svelte";
import { soon } from "./soon";
import type { Asked, Unkept } from "./unkept";

/** A story whose mark is not kept by then (the library writes, a disk is slow) is shown without waiting for it. */
const SOON_MS = 200;
/** What may be opened next is asked for once the open story has been drawn. */
const DRAWN_MS = 40;

/** What is heard of a story after it was shown: what it says now, or that it is gone. */
export type Later = (now: PostView | null, gone: Problem | null) => void;

export class Opening {
  #app: App;
  #marks: Marks;
  #unkept: Unkept;
  /** The story that is open. */
  #open: () => PostId | null;
  /** What was asked for ahead, and what was open before. Of marks it says nothing: they may have changed since. */
  #had: PostView[] = [];
  /** What was given last: once another is open, it may be gone back to. */
  #given: PostView | null = null;
  /** Grows when what is on its way may not be kept. */
  #turn = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, marks: Marks, unkept: Unkept, open: () => PostId | null) {
    this.#app = app;
    this.#marks = marks;
    this.#unkept = unkept;
    this.#open = open;
    app.whenChanged(["posts", "sources", "settings"], () => this.forget());
  }

  /** The story; with `read`, it is marked as read. It is there before its mark is where that takes long, or where it was asked
   *  for ahead: `later` hears then whether it is another by now. */
  async of(post: PostId, read: boolean, later: Later): Promise<PostView> {
    const turn = this.#leaveOff();
    const before = this.#given;
    const view = await this.#get(post, read, (now, gone) => {
      if (this.#given?.line.post === post) this.#given = now;
      later(now, gone);
    });
    if (turn !== this.#turn) return view;
    // That its mark could not be kept then is said no more.
    if (before) this.#had = [...this.#had.filter(({ line }) => line.post !== before.line.post), { ...before, unmarked: null }];
    this.#given = view;
    return view;
  }

  async #get(post: PostId, read: boolean, later: Later): Promise<PostView> {
    const had = this.#had.find(({ line }) => line.post === post);
    const asked = this.#unkept.asking();
    const now = this.#ask(post, read, asked);
    if (had) {
      void this.#compare(had, now, read, asked, later);
      return had;
    }
    if (!read) return now;
    return soon(now, SOON_MS, () => this.#ask(post, false, asked), (view, thrown) => {
      // What cannot be marked is shown nevertheless, and says so.
      const unmarked = asProblem(thrown);
      this.#unkept.told(post, unmarked, asked);
      return { ...view, unmarked };
    });
  }

  /** Asks for what may be opened next; what else was asked for is let go. */
  ahead(posts: (PostId | undefined)[]): void {
    const turn = this.#leaveOff();
    const wanted = posts.filter((post) => post !== undefined);
    this.#had = this.#had.filter(({ line }) => wanted.includes(line.post));
    const missing = wanted.filter((post) => !this.#had.some(({ line }) => line.post === post));
    const { backend } = this.#app;
    this.#waiting = setTimeout(() => {
      for (const post of missing) {
        // What does not come is asked for when it is opened, and why it did not come is said then.
        void backend.call("post", post).then((view) => turn === this.#turn && this.#had.push(view), () => null);
      }
    }, DRAWN_MS);
  }

  /** What was asked for ahead may be another by now, or of another library. */
  forget(): void {
    this.#leaveOff();
    this.#had = [];
    this.#given = null;
  }

  async #ask(post: PostId, read: boolean, asked: Asked): Promise<PostView> {
    const view = await this.#app.backend.call(read ? "open_post" : "post", post);
    if (read) {
      this.#unkept.opened(view, asked);
      // What could not be marked before can be now.
      if (!view.unmarked) void this.#unkept.keep(this.#open);
    } else if (asked.library === this.#app.library) {
      this.#marks.learn([view.line, ...view.relays], asked.at);
    }
    return view;
  }

  async #compare(had: PostView, coming: Promise<PostView>, read: boolean, asked: Asked, later: Later): Promise<void> {
    try {
      const now = await coming;
      if (says(now) !== says(had)) later(now, null);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code === "missing") later(null, problem);
      else if (read) this.#unkept.told(had.line.post, problem, asked);
    }
  }

  /** What is on its way is not kept; gives the turn of what comes. */
  #leaveOff(): number {
    clearTimeout(this.#waiting);
    return (this.#turn += 1);
  }
}

/** What a view says beside its marks, which are known by themselves. */
function says({ line, relays, ...view }: PostView): string {
  const bare = (one: typeof line) => ({ ...one, marks: null });
  return JSON.stringify({ ...view, line: bare(line), relays: relays.map(bare) });
}
