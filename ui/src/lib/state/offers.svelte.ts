// Gives what the screen can do beyond what is always there, while it is shown: keys and palette find it here.

import { SvelteMap } from "svelte/reactivity";
import type { Act } from "./keys";

type Doing = () => unknown;

export class Offers {
  #doings = new SvelteMap<Act, Doing>();

  /** Offers what a screen can do now (null: not now), until the returned function is called. For an effect. */
  offer(acts: Partial<Record<Act, Doing | null>>): () => void {
    const given = Object.entries(acts) as [Act, Doing | null][];
    for (const [act, doing] of given) if (doing) this.#doings.set(act, doing);
    return () => {
      // Another screen may have put its own in its place.
      for (const [act, doing] of given) if (doing && this.#doings.get(act) === doing) this.#doings.delete(act);
    };
  }

  has(act: Act): boolean {
    return this.#doings.has(act);
  }

  run(act: Act): unknown {
    return this.#doings.get(act)?.();
  }
}
