// Takes the demo world's golden answers (a Rust test writes them), plays them to the window in a browser and in tests.
// Marks, names, folders and leaving work in memory; nothing else is computed here: this is no second backend.

import type { Answer, Ask, Backend, Command, Manners } from "./backend";
import type {
  DigestView,
  Event,
  PostId,
  PostLine,
  PostView,
  Problem,
  SourceView,
  StoryView,
  Work,
} from "./contract";
import { fail, golden, missing } from "./golden";
import { manyLines, manyView } from "./many";
import { keeping, kept } from "./kept";
import { acquainted } from "./people";
import { searched } from "./searched";
import { listed } from "./listed";
import { told } from "./told";

export { clock, golden } from "./golden";

/** What no page asks: the terminal's alone. A page that begins to needs an answer here. */
type Unasked = "contact_columns";
type Asked = Exclude<Command, Unasked>;

/** How long one source takes in a fake refresh. */
const A_SOURCE_MS = 120;

/**
 * What can be asked of it, as an address's query: `own` starts outside the sample library, `empty` without sources,
 * `quiet` with a day without news, `damaged` offers half a file, `touched` has a star given since an import, `held` keeps a refresh, or an import, in its middle, `offline` has
 * no network, `cut-off` has it switched off, `trayless` has no tray, `many=100000` gives each source so many posts, `slow` never answers, `contacts` has an address book, `found`
 * one that was searched, `strange` picks a table that nobody knows, `fail=today` fails that command, `language=fr`.
 */
export function fake(query = ""): Backend {
  const wish = new URLSearchParams(query);
  const world = structuredClone(golden);
  const gone = new Map<number, SourceView>();
  const listeners = new Set<(event: Event) => void>();
  const tell = (event: Event) => listeners.forEach((listener) => listener(event));
  /** What was asked to stop. */
  const stopped = new Set<Work>();
  let quiet = wish.has("quiet");
  let manners: Manners = { tray: false, tray_possible: !wish.has("trayless"), at_login: false };
  if (wish.has("empty")) world.sources = [];
  if (wish.has("cut-off")) world.settings.net.offline = true;

  const many = Number(wish.get("many") ?? 0);
  const like = Object.values(golden.posts)[0];
  const post = (id: PostId): PostView => world.posts[id] ?? (like && manyView(like, id)) ?? missing(id);
  const fresh = (line: PostLine): PostLine => ({ ...line, marks: { ...(world.posts[line.post]?.line.marks ?? line.marks) } });
  const freshDigest = (view: DigestView): DigestView => ({
    ...view,
    entries: view.entries.map((entry) => ({ ...entry, face: fresh(entry.face), relays: entry.relays.map(fresh) })),
  });
  const story = (id: PostId): StoryView =>
    world.stories[id] ?? { face: id, tellings: [{ line: post(id).line, also: [], adds: null, is_new: false }], earlier: [], later: [] };
  const freshStory = ({ tellings, ...rest }: StoryView): StoryView => ({
    ...rest,
    tellings: tellings.map((telling) => ({ ...telling, line: fresh(telling.line) })),
  });
  /** The stories as they were before each word of the reader's on them. */
  const before: (typeof world.stories)[] = [];
  const page = <Row>(rows: Row[], { limit, offset }: { limit: number; offset: number }) => rows.slice(offset, offset + limit);
  const lines = () => Object.values(world.posts).map((each) => each.line);
  const source = (id: number): SourceView => world.sources.find((each) => each.id === id) ?? missing(id);

  const answers: { [C in Asked]: (ask: Ask<C>) => Answer<C> | Promise<Answer<C>> } = {
    sources: () => world.sources,
    rename: ({ source: id, name }) => {
      source(id).title = name ?? golden.sources.find((each) => each.id === id)?.title ?? "";
      return changed(["sources"]);
    },
    move_many: (moves) => {
      for (const { source: id, folders } of moves) source(id).folders = folders;
      return changed(["sources"]);
    },
    unfollow_many: (ids) => {
      for (const id of ids) gone.set(id, source(id));
      world.sources = world.sources.filter((each) => !ids.includes(each.id));
      return changed(["sources"]);
    },
    follow_many_again: (ids) => {
      world.sources = [...world.sources, ...ids.flatMap((id) => gone.get(id) ?? [])];
      return changed(["sources"]);
    },
    unfollow: (id) => {
      gone.set(id, source(id));
      world.sources = world.sources.filter((each) => each.id !== id);
      return changed(["sources"]);
    },
    follow_again: (id) => {
      const back = gone.get(id);
      if (back) world.sources = [...world.sources, back];
      return changed(["sources"]);
    },
    import: async ({ even_partial }) => {
      stopped.delete("import");
      if (wish.has("held")) {
        tell({ progress: { work: "import", done: 62, total: 155, current: world.import.file, new_posts: 0, failed: 0, silent: false } });
        while (!stopped.has("import")) await rest(A_SOURCE_MS);
        fail({ code: "stopped", detail: { key: "problem.stopped" } });
      }
      if (wish.has("damaged") && !even_partial)
        return { ...world.import, offered: true, partial: { key: "flaw.file_cut_off", values: { file: world.import.file, line: 58 } } };
      world.sources = structuredClone(golden.sources);
      changed(["sources"]);
      return world.import;
    },
    undo_import: () => {
      const [kept, ...gone] = world.sources;
      world.sources = kept && wish.has("touched") ? [kept] : [];
      changed(["sources", "posts", "contacts"]);
      const why = { key: "kept.starred" };
      const theirs = kept && wish.has("touched") ? [{ source: kept.id, title: kept.title, why }] : [];
      return { sources: gone.length, folders: 0, people: 0, rows: 0, kept: theirs, kept_people: [], before: false };
    },
    export: () => "<opml/>",
    export_accounts: () => "Account address\n",
    look: (typed) => {
      if (!typed.includes(".") || typed.includes("feedless.")) fail({ code: "nothing_found", detail: { key: "problem.nothing_found", values: { input: typed } } });
      if (typed.includes("locked.")) fail(locked("problem.no_answer.login", typed));
      return typed.startsWith("@") ? world.look : world.add;
    },
    ...listed(world),
    circle: async () => {
      const { people } = world.circle;
      stopped.delete("circle");
      for (let at = 0; at < people.length && !stopped.has("circle"); at += 5) {
        tell({ progress: { work: "circle", done: at, total: people.length, current: people[at]?.name ?? null, new_posts: 0, failed: 0, silent: false } });
        do await rest(A_SOURCE_MS);
        while (wish.has("held") && at > 0 && !stopped.has("circle"));
      }
      return stopped.has("circle") ? { ...world.circle, people: people.slice(0, 5), cancelled: true } : world.circle;
    },
    circle_of_file: () => world.circle,
    follow_all: ({ people }) => {
      changed(["sources"]);
      return people.map((_, at) => at + 1e6);
    },
    add: ({ address, choice, login }) => {
      if (address.includes("locked.")) {
        if (login?.secret !== "right") fail(locked("problem.no_answer.login_refused", address));
        const only = world.look.found[0];
        return { ...world.look, added: only ?? null, source: world.sources[0]?.id ?? null };
      }
      const found = address.startsWith("@") ? world.look.found : world.add.found;
      const added = found[choice ?? 0];
      return added ? { ...world.add, added, source: world.sources[0]?.id ?? null } : world.add;
    },
    refresh: async ({ only }) => {
      if (wish.has("offline")) return { ...world.refresh, answered: 0, new_posts: 0, failed: [], offline: true };
      stopped.delete("refresh");
      if (wish.has("silent")) {
        tell({ progress: { work: "refresh", done: 10, total: 155, current: "Tide", new_posts: 0, failed: 0, silent: true } });
        await rest(1e8);
      }
      const asked = world.sources.filter((each) => only?.includes(each.id) ?? true);
      let at = 0;
      for (const each of asked) {
        if (stopped.has("refresh")) break;
        await rest(wish.has("held") && at === 9 ? 1e8 : A_SOURCE_MS);
        at += 1;
        tell({
          progress: { work: "refresh", done: at, total: asked.length, current: each.title, new_posts: at * 2, failed: at > 8 ? 1 : 0, silent: false },
        });
      }
      quiet = false;
      changed(["posts", "sources"]);
      return { ...world.refresh, total: asked.length, cancelled: stopped.has("refresh") };
    },
    stop: (work) => {
      for (const each of work ? [work] : (["refresh", "circle", "contacts", "import"] as const)) stopped.add(each);
      return null;
    },
    today: ({ more, again }) => {
      if (quiet) return { ...world.today, line: { ...world.today.line, id: null, stories: 0 }, entries: [], left_out: 0 };
      if (more || again) world.today = { ...world.today, line: { ...world.today.line, edition: 2 }, arrived_since: 0 };
      return freshDigest(world.today);
    },
    digest_of: (day) => freshDigest(Object.values(world.past).find((each) => each.line.day === day) ?? world.today),
    digest: (id) => freshDigest(world.past[id] ?? world.today),
    digests: (ask) => page(world.digests, ask),
    left_out: (ask) => page(world.left_out, ask).map(({ post: id, why }) => ({ line: fresh(post(id).line), why })),
    left_out_why: () => world.left_out_why,
    settle_left_out: ({ mark, on }) => {
      const open = world.left_out.map(({ post: id }) => post(id).line).filter(({ marks }) => !marks.read && !marks.skipped && !marks.put_off);
      for (const { marks } of open) marks[mark] = on;
      changed(["marks"]);
      return { changed: open.map((line) => line.post), relays: [], missing: [] };
    },
    // The first that fit, in the order of the digest: no second choice is made here.
    cut: ({ minutes }) => {
      let seconds = 0;
      const stories = world.today.entries.filter((entry) => {
        const fits = seconds + entry.seconds <= minutes * 60;
        if (fits) seconds += entry.seconds;
        return fits;
      });
      return { stories: stories.map(({ story }) => story), minutes: Math.ceil(seconds / 60) };
    },
    posts_of: (ask) =>
      many > 0 && like
        ? manyLines({ ...like.line, source: ask.source }, many, ask)
        : page(lines().filter((line) => line.source === ask.source).sort((a, b) => b.published - a.published), ask),
    starred: (ask) => page(lines().filter((line) => line.marks.starred), ask),
    unread: (ask) => page(lines().filter((line) => !line.marks.read && !line.marks.skipped), ask),
    ...searched({ world, page, changed }),
    post: (id) => structuredClone(post(id)),
    open_post: (id) => {
      const view = post(id);
      view.line.marks.read = true;
      const wants_full = world.sources.some((each) => each.id === view.line.source && each.full_text);
      return { ...view, wants_full, line: fresh(view.line), relays: view.relays.map(fresh) };
    },
    story: (id) => freshStory(story(id)),
    why: ({ one, other }) => {
      const together = story(one).tellings.some(({ line, also }) => [line, ...also].some(({ post }) => post === other));
      return { ...world.why, together };
    },
    apart: ({ one, other, undo }) => {
      if (undo) world.stories = before.pop() ?? world.stories;
      else {
        before.push(structuredClone(world.stories));
        const { tellings } = story(one);
        const shares = (each: StoryView) => each.tellings.some(({ line }) => tellings.some((mine) => mine.line.post === line.post));
        const without = (each: StoryView) =>
          each.tellings
            .filter(({ line }) => line.post !== other)
            .map((telling) => ({ ...telling, also: telling.also.filter(({ post }) => post !== other) }));
        const left = Object.entries(world.stories).filter(([id]) => Number(id) !== other);
        world.stories = Object.fromEntries(left.map(([id, each]) => [id, shares(each) ? { ...each, tellings: without(each) } : each]));
      }
      changed(["posts"]);
      return { moved: [other], found: true };
    },
    together: ({ one, other, undo }) => {
      if (undo) world.stories = before.pop() ?? world.stories;
      else {
        before.push(structuredClone(world.stories));
        const [mine, theirs] = [story(one), story(other)];
        world.stories = { ...world.stories, [one]: { ...mine, tellings: [...mine.tellings, ...theirs.tellings] } };
      }
      changed(["posts"]);
      return { moved: [other], found: true };
    },
    full_text: (id) => {
      if (wish.has("paywall")) fail({ code: "no_full_text", detail: { key: "problem.no_full_text.paywall", values: { input: "paper.example" } } });
      return { html: `<p>The whole story.</p>${post(id).html}`, words: 1840 };
    },
    full_texts: () => 0,
    prefer: ({ source: id, on }) => {
      source(id).preferred = on;
      return changed(["sources"]);
    },
    set_full_text: ({ source: id, on }) => {
      source(id).full_text = on;
      return changed(["sources"]);
    },
    set_unlimited: ({ source: id, on }) => {
      source(id).unlimited = on;
      return changed(["sources"]);
    },
    mark: ({ posts, mark, on }) => {
      const relays = new Set<PostId>();
      for (const id of posts) {
        post(id).line.marks[mark] = on;
        if (mark === "read") post(id).line.marks.relay = false;
        const others = mark === "read" && on ? story(id).tellings.map(({ line }) => line.post) : [];
        for (const other of others) if (other !== id && world.posts[other] && !post(other).line.marks.read) relays.add(other);
      }
      for (const id of relays) post(id).line.marks.relay = true;
      return { changed: posts, relays: [...relays], missing: [] };
    },
    ...keeping(wish, changed),
    ...acquainted({ world, wish, changed, tell, stopped }),
    ...told({ world, signedIn: wish.has("account"), source, page, fresh, changed }),
    settings: () => world.settings,
    change_settings: (settings) => {
      world.settings = settings;
      return changed(["settings"]);
    },
    library: () => world.library,
  };

  function changed(topics: Extract<Event, { changed: unknown }>["changed"]): null {
    queueMicrotask(() => tell({ changed: topics }));
    return null;
  }

  return {
    async call(name, ask) {
      if (wish.has("slow") && name !== "settings" && name !== "sources") await rest(1e8);
      if (wish.get("fail") === name)
        fail({ code: "library_busy", detail: { key: "problem.library_busy", values: { count: 5 } } });
      if (!(name in answers)) fail({ code: "bad_input", detail: { key: "problem.bad_input", values: { input: name } } });
      // What crosses to the engine is a copy, here as there.
      return structuredClone(await answers[name as Asked](structuredClone(ask) as never)) as Answer<typeof name>;
    },
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async desk() {
      const language = wish.get("language") ?? (typeof navigator === "undefined" ? "en" : navigator.language);
      return { sample: !(wish.has("own") || wish.has("empty")), language };
    },
    async enterSample() {
      world.sources = structuredClone(golden.sources);
    },
    async leaveSample() {
      world.sources = [];
    },
    pickFile: async () => (wish.has("strange") ? "/home/reader/strange.csv" : "/home/reader/abonnements.opml"),
    saveFile: async (name) => `/home/reader/${name}`,
    savePicture: async (name) => `/home/reader/${name}`,
    saveDigest: async (_digest, _format, _language, name) => `/home/reader/${name}`,
    saveBackup: async (name) => ({ ...kept, file: `/home/reader/${name}` }),
    saveWhole: async (_language, name) => ({ file: `/home/reader/${name}`, bytes: 41_000_000, rows: 120_000 }),
    async writeMail(subject, text) {
      opened.push(`mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`);
    },
    manners: async () => manners,
    setTray: async (tray) => (manners = { ...manners, tray }),
    setAtLogin: async (at_login) => (manners = { ...manners, at_login }),
    async zoom(factor) {
      opened.push(`zoom:${factor}`);
    },
    speak(language) {
      spoken.push(language);
    },
    hearCalls(today) {
      addEventListener("fake:today", today);
      return () => removeEventListener("fake:today", today);
    },
    async openLink(url) {
      opened.push(url);
    },
    async quit() {
      opened.push("quit");
    },
    async print() {
      printed.push(document.title);
    },
    hearDrops(over, dropped, asked) {
      const ask = () => asked("https://quay.example/feed");
      const drag = () => over(true);
      const drop = () => dropped(["/home/reader/abonnements.opml"]);
      addEventListener("fake:drag", drag);
      addEventListener("fake:drop", drop);
      addEventListener("fake:ask", ask);
      return () => {
        removeEventListener("fake:ask", ask);
        removeEventListener("fake:drag", drag);
        removeEventListener("fake:drop", drop);
      };
    },
  };
}

/** The languages that the shell was told of, for tests. */
export const spoken: string[] = [];

/** How often the page was printed, for tests. */
export const printed: string[] = [];

/** The links that were handed to the system's browser, for tests. */
export const opened: string[] = [];

/** What a server says that is not open to everybody. */
const locked = (key: string, input: string): Problem => ({ code: "no_answer", detail: { key, values: { input } } });

function rest(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms));
}
