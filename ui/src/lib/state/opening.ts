// Takes the story that the reader opens, gives its view and has it marked as read. What they may open next is asked for while
// they read, and is there at once; it is never given once it may have changed.

import type { PostId, PostView } from "../backend/contract";
import { asProblem, type App } from "./app.svelte";
import { moment } from "./asked";
import { soon } from "./soon";
import type { Unkept } from "./unkept";

/** A story whose mark is not kept by then (the library writes, a disk is slow) is shown without waiting for it. */
const SOON_MS = 200;
/** What may be opened next is asked for once the open story has been drawn. */
const DRAWN_MS = 40;

/** A view, and when it was asked for: it says nothing of marks that were settled later. */
type Had = { view: PostView; asked: number };

export class Opening {
  #app: App;
  #unkept: Unkept;
  /** The story that is open. */
  #open: () => PostId | null;
  #had = new Map<PostId, Had>();
  /** Grows when what is on its way may not be kept. */
  #turn = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, unkept: Unkept, open: () => PostId | null) {
    this.#app = app;
    this.#unkept = unkept;
    this.#open = open;
    app.whenChanged(["posts", "sources", "settings"], () => this.#forget());
  }

  /** The story; with `read`, it is marked as read, and is there before its mark is where that takes long, or where it was asked
   *  for ahead. `another` hears what it says now where that is not what was given. */
  async of(post: PostId, read: boolean, another: (view: PostView) => void): Promise<Had> {
    const had = this.#had.get(post);
    this.#had.delete(post);
    // No more than what may be opened next is asked for ahead, and never two stories that are passed by.
    this.#leaveOff();
    const { backend } = this.#app;
    const at = moment();
    if (!read) return had ?? { view: await backend.call("post", post), asked: at };
    const asked = this.#unkept.asking();
    let now: PostView | null = null;
    const opened = backend.call("open_post", post).then((view) => {
      this.#unkept.opened(view, asked);
      // What could not be marked before can be now.
      if (!view.unmarked) void this.#unkept.keep(this.#open);
      if (had && says(view) !== says(had.view)) another((now = view));
      return view;
    });
    const meanwhile = () => (had ? Promise.resolve(had.view) : backend.call("post", post));
    const view = await soon(opened, had ? 0 : SOON_MS, meanwhile, (view, thrown) => {
      // What cannot be marked is shown nevertheless, and says so.
      const shown = { ...view, unmarked: asProblem(thrown) };
      this.#unkept.opened(shown, asked);
      return shown;
    });
    return { view: now ?? view, asked: had?.asked ?? at };
  }

  /** Asks for what may be opened next; what else was asked for is let go. */
  ahead(posts: (PostId | undefined)[]): void {
    this.#leaveOff();
    const turn = this.#turn;
    const wanted = posts.filter((post) => post !== undefined);
    for (const post of [...this.#had.keys()]) if (!wanted.includes(post)) this.#had.delete(post);
    this.#waiting = setTimeout(() => {
      for (const post of wanted) if (!this.#had.has(post)) void this.#ask(post, turn);
    }, DRAWN_MS);
  }

  async #ask(post: PostId, turn: number): Promise<void> {
    const asked = moment();
    // What does not come is asked for when it is opened, and why it did not come is said then.
    const view = await this.#app.backend.call("post", post).catch(() => null);
    if (view && turn === this.#turn) this.#had.set(post, { view, asked });
  }

  #leaveOff(): void {
    clearTimeout(this.#waiting);
    this.#turn += 1;
  }

  #forget(): void {
    this.#leaveOff();
    this.#had.clear();
  }
}

/** What a view says beside its marks, which are known by themselves. */
function says({ line, relays, ...view }: PostView): string {
  const bare = (one: typeof line) => ({ ...one, marks: null });
  return JSON.stringify({ ...view, line: bare(line), relays: relays.map(bare) });
}
