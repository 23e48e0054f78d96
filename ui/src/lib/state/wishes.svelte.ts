// Gives what the reader asked for: rules, weights and what was learned of their taste. Changes each with undo.
// Never ranks: what other weights would change, the engine says.

import type { LearnedView, PresetView, Problem, RuleAsk, RulePreview, RuleView, TasteView, WeighReport, WeightsView, Wish } from "../backend/contract";
import { t, told } from "../i18n/t.svelte";
import type { Answer } from "../backend/backend";
import { asProblem, type App } from "./app.svelte";
import { moment } from "./asked";

/** How long a slider rests before the preview is asked for. */
const REST_MS = 180;

/** Something that a rule can be about. */
export type Subject = { kind: RuleAsk["kind"]; name: string; shown: string };

/** A rule without its row: what is made, and made again by undo. */
export const bare = ({ wish, kind, name, folder, into, until }: RuleView | RuleAsk): RuleAsk => ({ id: null, wish, kind, name, folder, into, until });

/** What stands beside the one wish about a thing that speaks in digests, and beside each other. */
const BESIDE: readonly Wish[] = ["notify", "star", "file"];

/** What a rule is about, in words: what only relays is called by what it is. */
export function shownOf(rule: RuleView): string {
  return rule.kind === "relay" ? t("ui.wish.kind.relay") : rule.shown;
}

export class Wishes {
  rules: RuleView[] | null = $state.raw(null);
  /** The wish that a rule is begun with from elsewhere; null: the page has it already. */
  begun: Wish | null = $state(null);
  /** What the rule that is being made would have spoken of; null while there is none, or it is asked for. */
  tried: RulePreview | null = $state.raw(null);
  taste: TasteView | null = $state.raw(null);
  weights: WeightsView | null = $state.raw(null);
  /** The weights that are tried, by signal; null: those that are kept. */
  draft: Record<string, number> | null = $state.raw(null);
  /** What the draft would change in today's digest; null while it is asked for. */
  report: WeighReport | null = $state.raw(null);
  /** Why there is none. */
  unweighed: Problem | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  #app: App;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #trying: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  /** When what was heard last of each was asked for. */
  readonly #asked = { rules: 0, taste: 0, weights: 0 };

  constructor(app: App) {
    this.#app = app;
    app.whenChanged(["wishes", "sources"], () => {
      if (this.rules) void this.loadRules();
    });
    app.whenChanged(["wishes", "marks"], () => {
      if (this.taste) void this.loadTaste();
    });
    app.whenChanged(["wishes", "digests"], () => {
      if (this.weights) void this.loadWeights();
    });
  }

  loadRules(): Promise<void> {
    return this.#hear("rules", (rules) => (this.rules = rules));
  }

  loadTaste(): Promise<void> {
    return this.#hear("taste", (taste) => (this.taste = taste));
  }

  loadWeights(): Promise<void> {
    return this.#hear("weights", (weights) => (this.weights = weights));
  }

  forget(): void {
    this.rules = null;
    this.taste = null;
    this.weights = null;
    this.draft = null;
    this.report = null;
    this.problem = null;
  }

  /** The rule about one thing everywhere that holds and speaks in digests, when there is one. */
  of(kind: RuleAsk["kind"], name: string): RuleView | null {
    const about = (rule: RuleView) => rule.kind === kind && rule.folder === null && same(rule.name, name) && !BESIDE.includes(rule.wish);
    return this.rules?.find((rule) => about(rule) && !rule.over) ?? null;
  }

  /** Asks what a rule would have spoken of in the last 30 days, once it is whole and typing rests; null: none is made. */
  preview(ask: RuleAsk | null): void {
    const turn = ++this.#tries;
    clearTimeout(this.#trying);
    if (ask === null || ask.name.trim() === "") {
      this.tried = null;
      return;
    }
    this.#trying = setTimeout(async () => {
      try {
        const tried = await this.#app.backend.call("try_rule", ask);
        if (turn === this.#tries) this.tried = tried;
      } catch {
        // What makes no rule yet has nothing to show; keeping it says why.
        if (turn === this.#tries) this.tried = null;
      }
    }, REST_MS);
  }

  /** Makes a rule, or changes one; true when it was kept. */
  async set(ask: RuleAsk): Promise<boolean> {
    const kept = await this.make([ask]);
    if (kept) this.#app.did({ said: told(`ui.undo.${ask.wish}`, { name: kept.shown.join(", ") }), undo: kept.undo });
    return kept !== null;
  }

  /** Makes rules, or changes them, all or none; what they are about, and the way back, for who says what was done. */
  async make(asks: RuleAsk[]): Promise<{ shown: string[]; undo: () => Promise<unknown> } | null> {
    const shown: string[] = [];
    const back: (() => Promise<unknown>)[] = [];
    const undo = async () => {
      try {
        // Tried again, it goes on where it stopped.
        for (let step = back.at(-1); step; step = back.at(-1)) {
          await step();
          back.pop();
        }
      } finally {
        await this.loadRules();
      }
    };
    if (this.rules === null) await this.loadRules();
    const known = this.rules;
    for (const asked of asks) {
      const ask = asked.wish === "file" ? asked : { ...asked, into: null };
      const made = await this.#app.ask("set_rule", ask);
      if (made === null) {
        // Why not is said already.
        await undo().catch(() => null);
        return null;
      }
      shown.push(shownOf(made));
      // The library knows which rule this one changed: it folds words further than the page does.
      const before = known?.find((rule) => rule.id === made.id) ?? null;
      const { backend } = this.#app;
      const take = made.wish === "star" ? "undo_rule" : "drop_rule";
      back.push(() => (before ? backend.call("set_rule", { ...bare(before), id: made.id }) : backend.call(take, made.id)));
    }
    await this.loadRules();
    return { shown, undo };
  }

  /** More or less of all that a story is made of, at once; pressed again, that is taken back. */
  async ofAll(subjects: Subject[], wish: "like" | "dislike"): Promise<void> {
    const there = subjects.map(({ kind, name }) => this.of(kind, name)).filter((rule) => rule?.wish === wish);
    if (there.length === subjects.length) {
      for (const rule of there) if (rule) await this.#app.ask("drop_rule", rule.id);
      await this.loadRules();
      const names = there.flatMap((rule) => (rule ? [shownOf(rule)] : [])).join(", ");
      const undo = async () => (await this.make(there.flatMap((rule) => (rule ? [bare(rule)] : [])))) !== null;
      this.#app.did({ said: told("ui.undo.rule", { name: names }), undo });
      return;
    }
    const kept = await this.make(subjects.map(({ kind, name }) => this.ask(kind, name, wish)));
    if (kept) this.#app.did({ said: told(`ui.undo.${wish}`, { name: kept.shown.join(", ") }), undo: kept.undo });
  }

  /** A rule about one thing everywhere, in the place of the one that is there. */
  ask(kind: RuleAsk["kind"], name: string, wish: RuleAsk["wish"]): RuleAsk {
    const rule = this.of(kind, name);
    return { id: rule?.id ?? null, wish, kind, name, folder: null, into: null, until: rule?.until ?? null };
  }

  async drop(rule: RuleView): Promise<void> {
    if ((await this.#app.ask("drop_rule", rule.id)) === null && this.#app.problem) return;
    await this.loadRules();
    const stars = rule.wish === "star" && rule.done > 0;
    this.#app.did({
      said: stars ? told("ui.undo.rule_stars", { name: shownOf(rule), count: rule.done }) : told("ui.undo.rule", { name: shownOf(rule) }),
      undo: async () => {
        await this.#app.backend.call("set_rule", bare(rule));
        await this.loadRules();
      },
    });
  }

  /** Takes something out of what was learned, or lets it in again. */
  async remove(one: LearnedView, out: boolean): Promise<void> {
    const put = async (out: boolean) => {
      const done = await this.#app.done("remove_trait", { kind: one.kind, name: one.name, out });
      await this.loadTaste();
      return done;
    };
    if (!(await put(out))) return;
    this.#app.did({ said: t(out ? "ui.undo.trait_out" : "ui.undo.trait_in", { name: one.shown }), undo: () => put(!out) });
  }

  async forgetTaste(): Promise<void> {
    const before = this.taste?.since ?? 0;
    if (!(await this.#app.done("forget_taste", null))) return;
    await this.loadTaste();
    this.#app.did({
      said: told("ui.undo.taste"),
      undo: async () => {
        await this.#app.backend.call("forget_taste", before);
        await this.loadTaste();
      },
    });
  }

  /** What a signal weighs in the draft. */
  weight(signal: string): number {
    return this.draft?.[signal] ?? this.weights?.weights.find((one) => one.signal === signal)?.weight ?? 0;
  }

  /** The name of the preset that the draft is; null: the reader's own. */
  get preset(): string | null {
    if (this.draft === null) return this.weights?.preset ?? null;
    const is = ({ weights }: PresetView) =>
      this.weights?.weights.every(({ signal }) => weights[signal] === this.weight(signal));
    return this.weights?.presets.find(is)?.name ?? null;
  }

  try(weights: Record<string, number>): void {
    const kept = this.weights?.weights ?? [];
    const all = Object.fromEntries(kept.map(({ signal }) => [signal, weights[signal] ?? this.weight(signal)]));
    this.draft = kept.every(({ signal, weight }) => all[signal] === weight) ? null : all;
    this.report = null;
    this.unweighed = null;
    clearTimeout(this.#timer);
    if (this.draft) this.#timer = setTimeout(() => void this.#weigh(), REST_MS);
  }

  dropDraft(): void {
    clearTimeout(this.#timer);
    this.draft = null;
    this.report = null;
  }

  async keepDraft(): Promise<void> {
    const { draft, weights } = this;
    if (!draft || !weights) return;
    const before = Object.fromEntries(weights.weights.map(({ signal, weight }) => [signal, weight]));
    const put = async (weights: Record<string, number>) => {
      const done = await this.#app.done("set_weights", weights);
      await this.loadWeights();
      return done;
    };
    // What could not be kept is not thrown away.
    if (!(await put(draft))) return;
    this.dropDraft();
    this.#app.did({ said: told("ui.undo.weights"), undo: () => put(before) });
  }

  async #weigh(): Promise<void> {
    const turn = ++this.#turn;
    const { draft } = this;
    if (!draft) return;
    try {
      const report = await this.#app.backend.call("weigh", draft);
      if (turn !== this.#turn || this.draft !== draft) return;
      [this.report, this.unweighed] = [report, null];
    } catch (thrown) {
      if (turn === this.#turn) this.unweighed = asProblem(thrown);
    }
  }

  /** An answer that comes late says nothing where a later question has its own, as of a rule that was taken back, nor where
   *  another library is open. */
  async #hear<C extends "rules" | "taste" | "weights">(name: C, put: (answer: Answer<C>) => void): Promise<void> {
    const { library } = this.#app;
    const at = moment();
    const late = () => library !== this.#app.library || at < this.#asked[name];
    try {
      const answer = await this.#app.backend.call<"rules" | "taste" | "weights">(name, null);
      if (late()) return;
      this.#asked[name] = at;
      put(answer as Answer<C>);
      this.problem = null;
    } catch (thrown) {
      if (!late()) this.problem = asProblem(thrown);
    }
  }
}

/** As the engine compares: without case and accents. What it folds further, it says by giving the rule that it kept. */
function same(one: string, other: string): boolean {
  return one.trim().localeCompare(other.trim(), undefined, { sensitivity: "base" }) === 0;
}
