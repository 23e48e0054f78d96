// Gives the fake's answers about what the reader asks for: wishes, accounts, people, modes, trends, room. In memory alone.

import type { Answer, Ask } from "./backend";
import type {
  AccountView,
  Event,
  PlaceView,
  PostLine,
  Problem,
  RuleView,
  SourceView,
  TieView,
} from "./contract";
import { fail, golden, missing, type Golden } from "./golden";

/** The commands that are answered here. */
type Told =
  | "rules"
  | "try_rule"
  | "set_rule"
  | "drop_rule"
  | "undo_rule"
  | "folder_order"
  | "places"
  | "keep_place"
  | "erase_places"
  | "order_folders"
  | "made_folders"
  | "make_folders"
  | "taste"
  | "remove_trait"
  | "forget_taste"
  | "weights"
  | "weigh"
  | "set_weights"
  | "accounts"
  | "sign_in"
  | "signed_in"
  | "sign_in_code"
  | "sign_in_cancel"
  | "sign_out"
  | "timelines"
  | "people"
  | "tie"
  | "log_in"
  | "log_out"
  | "set_mode"
  | "trends"
  | "counted"
  | "lines"
  | "relays"
  | "rising"
  | "note_acts"
  | "erase_trends"
  | "room"
  | "apply_room"
  | "undo_room"
  | "room_notes"
  | "room_told";

/** What these answers need of the rest of the fake. */
type Around = {
  world: Golden;
  signedIn: boolean;
  source: (id: number) => SourceView;
  page: <Row>(rows: Row[], at: { limit: number; offset: number }) => Row[];
  fresh: (line: PostLine) => PostLine;
  changed: (topics: Extract<Event, { changed: unknown }>["changed"]) => null;
};

/** An account of the reader's own; `account` has it signed in from the start. */
const MINE: AccountView = {
  handle: "@ada@quay.example",
  server: "https://quay.example",
  name: "Ada of the quay",
  portrait: null,
  since: golden.now,
  follows: 0,
};

export function told({ world, signedIn, source, page, fresh, changed }: Around): { [C in Told]: (ask: Ask<C>) => Answer<C> | Promise<Answer<C>> } {
  /** What sources were before each plan. */
  const plans: { source: number; mode: SourceView["mode"] }[][] = [];
  let accounts: AccountView[] = signedIn ? [MINE] : [];
  let leaving: (() => void) | null = null;
  let said: TieView | null = null;
  let order: string[][] = [];
  let made: string[][] = [];
  let places: PlaceView[] = [];
  return {
    rules: () => world.wishes.rules,
    try_rule: () => world.wishes.tried,
    set_rule: ({ id, ...ask }) => {
      const { rules } = world.wishes;
      const beside = (wish: RuleView["wish"]) => (["notify", "star", "file"].includes(wish) ? wish : "digest");
      const place = ({ folder, into }: Pick<RuleView, "folder" | "into">) => JSON.stringify([folder, into]);
      const about = (rule: RuleView) => beside(rule.wish) === beside(ask.wish) && rule.kind === ask.kind && rule.name === ask.name && place(rule) === place(ask);
      const kept = rules.find((rule) => (id === null ? about(rule) : rule.id === id));
      const title = world.sources.find((each) => each.id === Number(ask.name))?.title;
      const shown = (ask.kind === "source" ? title : null) ?? (ask.kind === "longer" ? `> ${ask.name} min` : ask.name);
      const made = { ...ask, id: kept?.id ?? rules.length + 1e6, shown, over: false, posts_30d: kept?.posts_30d ?? 3, done: ask.wish === "file" ? 3 : 0 };
      world.wishes.rules = kept ? rules.map((rule) => (rule === kept ? made : rule)) : [...rules, made];
      changed(["wishes"]);
      return made;
    },
    drop_rule: (id) => {
      world.wishes.rules = world.wishes.rules.filter((rule) => rule.id !== id);
      return changed(["wishes"]);
    },
    undo_rule: (id) => {
      world.wishes.rules = world.wishes.rules.filter((rule) => rule.id !== id);
      return changed(["wishes", "marks"]);
    },
    folder_order: () => order,
    order_folders: (paths) => {
      order = paths;
      return changed(["sources"]);
    },
    made_folders: () => made,
    make_folders: (paths) => {
      made = paths;
      return changed(["sources"]);
    },
    places: () => places,
    keep_place: (place) => {
      places = [...places.filter(({ post }) => post !== place.post), place].filter(({ share }) => share > 0 && share < 1);
      return null;
    },
    erase_places: () => {
      places = [];
      return null;
    },
    taste: () => world.wishes.taste,
    remove_trait: ({ kind, name, out }) => {
      const { taste } = world.wishes;
      const is = (one: { kind: string; name: string }) => one.kind === kind && one.name === name;
      const whole = golden.wishes.taste;
      const one = [...whole.learned, ...whole.removed].find(is);
      if (one && out) world.wishes.taste = { ...taste, learned: taste.learned.filter((each) => !is(each)), removed: [...taste.removed, { ...one, weight: 0 }] };
      if (one && !out) world.wishes.taste = { ...taste, learned: whole.learned.filter((each) => is(each) || taste.learned.some((own) => own.name === each.name)), removed: taste.removed.filter((each) => !is(each)) };
      return changed(["wishes"]);
    },
    forget_taste: (since) => {
      const before = world.wishes.taste.since;
      const { taste } = golden.wishes;
      world.wishes.taste = since === null ? { ...taste, starred: 0, since: golden.now, learned: [] } : structuredClone(taste);
      changed(["wishes"]);
      return before;
    },
    weights: () => world.wishes.weights,
    weigh: () => world.wishes.weigh,
    set_weights: (weights) => {
      const kept = world.wishes.weights;
      const all = kept.weights.map((one) => ({ ...one, weight: weights[one.signal] ?? one.usual }));
      const preset = kept.presets.find((each) => all.every((one) => each.weights[one.signal] === one.weight))?.name ?? null;
      world.wishes.weights = { ...kept, weights: all, preset };
      return changed(["wishes"]);
    },
    accounts: () => accounts,
    sign_in: ({ server }) => {
      if (!server.includes(".")) fail({ code: "address_unknown", detail: { key: "problem.address_unknown", values: { input: server } } });
      const page = "https://quay.example/oauth/authorize?state=made-up";
      return { server: "quay.example", url: page, copy_url: `${page}&redirect_uri=oob` };
    },
    // Nobody comes back by themselves here: a code ends it, or who leaves.
    signed_in: () => new Promise((_, reject) => (leaving = () => reject({ code: "sign_in", detail: { key: "problem.sign_in.cancelled", values: { server: "quay.example" } } } satisfies Problem))),
    sign_in_code: (code) => {
      if (code !== "1234") fail({ code: "sign_in", detail: { key: "problem.sign_in.expired", values: { server: "quay.example" } } });
      accounts = [MINE];
      leaving?.();
      changed(["sources"]);
      return MINE;
    },
    sign_in_cancel: () => {
      leaving?.();
      return null;
    },
    sign_out: (handle) => {
      accounts = accounts.filter((account) => account.handle !== handle);
      changed(["sources"]);
      return { handle, revoked: true };
    },
    timelines: () => [
      { address: "https://quay.example/api/v1/timelines/home?of=ada", name: null, followed: false },
      { address: "https://quay.example/api/v1/timelines/list/7?of=ada", name: "The sea", followed: false },
    ],
    people: () => ({ together: said?.together ? [[said.one, said.other]] : [], said: said ? [said] : [] }),
    tie: ({ one, other, together }) => {
      const before = said?.together ?? null;
      const named = (id: number) => ({ source: id, title: source(id).title, address: source(id).address });
      said = together === null ? null : { one: named(one), other: named(other), together };
      return { before, together: together ?? false };
    },
    log_in: ({ source: id, login }) => {
      if (login.secret !== "right") fail({ code: "no_answer", detail: { key: "problem.no_answer.login_refused", values: { input: source(id).address } } });
      Object.assign(source(id), { login: login.user === null ? "bearer" : "basic", trouble: null, failures: 0 });
      return changed(["sources"]);
    },
    log_out: (id) => {
      source(id).login = null;
      return changed(["sources"]);
    },
    set_mode: ({ source: id, mode }) => {
      const before = source(id).mode;
      source(id).mode = mode;
      changed(["sources"]);
      return before;
    },
    trends: (range) => ({
      ...world.trends.pages[range],
      rows: world.trends.pages[range].rows.map((row) => ({ ...row, mode: world.sources.find(({ id }) => id === row.source)?.mode ?? row.mode })),
    }),
    counted: (ask) => page(world.trends.counted[ask.counted], ask).map(fresh),
    lines: (posts) => posts.flatMap((id) => world.posts[id]?.line ?? []).map(fresh),
    relays: () => world.trends.relays,
    rising: () => world.trends.rising,
    note_acts: ({ posts }) => posts.length,
    erase_trends: () => {
      for (const range of Object.values(world.trends.pages)) {
        for (const figures of [range.figures, range.ever]) Object.assign(figures, { opened: 0, read: 0, skipped: 0, starred: 0, shared: 0 });
        for (const bar of range.bars) Object.assign(bar, { opened: 0, read: 0, read_seconds: 0 });
      }
      changed(["marks"]);
      return 42;
    },
    room: ({ goal }) => ({ ...world.trends.room, goal }),
    apply_room: ({ changes }) => {
      plans.push(changes.map((each) => ({ source: each.source, mode: source(each.source).mode })));
      for (const { source: id, change } of changes) if (typeof change === "object" && "thin" in change) source(id).mode = change.thin;
      changed(["sources"]);
      return { plan: plans.length, changed: changes.length };
    },
    undo_room: (plan) => {
      const before = plans[plan - 1] ?? missing(plan);
      for (const { source: id, mode } of before) source(id).mode = mode;
      changed(["sources"]);
      return { plan, changed: before.length };
    },
    room_notes: () => [],
    room_told: () => null,
  };
}
