// Gives the fake's answers about the people of an address book: imported, looked for, followed, refused. In memory alone.

import type { Answer, Ask } from "./backend";
import type { Among, ContactView, ContactsReport, Event, MatchView, SourceView, Work } from "./contract";
import { fail, golden, missing, type Golden } from "./golden";

/** The commands that are answered here. */
type Known =
  | "contacts"
  | "contact"
  | "contacts_import"
  | "sample_contacts"
  | "contacts_report"
  | "find_contacts"
  | "give_up_search"
  | "follow_contacts"
  | "not_contact"
  | "change_contact"
  | "join_contacts"
  | "part_contact"
  | "remove_contacts"
  | "forget_contacts"
  | "export_contacts"
  | "export_found";

/** What these answers need of the rest of the fake. */
type Around = {
  world: Golden;
  /** `contacts`: the address book is in; `found`: it was searched too; `held`: a search stays in its middle. */
  wish: URLSearchParams;
  changed: (topics: Extract<Event, { changed: unknown }>["changed"]) => null;
  tell: (event: Event) => void;
  /** The work that was asked to stop. */
  stopped: Set<Work>;
};

/** Of 100, from here on a source is sure; below the second nothing is shown. */
const [SURE, LEAST] = [90, 30];
/** How long one round of a fake search takes. */
const A_ROUND_MS = 40;

const best = (person: ContactView): MatchView | undefined => person.matches.find((match) => !match.not && match.confidence >= LEAST);

function standing(person: ContactView): ContactView["standing"] {
  const found = best(person);
  if (!found) return "missing";
  return found.confidence >= SURE ? "found" : "unsure";
}

function isAmong(person: ContactView, among: Among): boolean {
  if (among === "followed") return person.matches.some((match) => match.followed && !match.not);
  if (among === "refused") return person.matches.some((match) => match.not);
  return person.standing === among;
}

export function acquainted({ world, wish, changed, tell, stopped }: Around): { [C in Known]: (ask: Ask<C>) => Answer<C> | Promise<Answer<C>> } {
  let searched = wish.has("found");
  let unfinished = false;
  let people: ContactView[] = [];
  const removed = new Map<number, ContactView>();
  /** People as they were before each change. */
  const changes = new Map<number, ContactView[]>();
  /** Who was joined to somebody, as they were. */
  const joined = new Map<number, ContactView>();

  const bring = () => {
    people = structuredClone(world.contacts.people);
    if (!searched) for (const person of people) [person.matches, person.standing] = [[], "missing"];
  };
  if (wish.has("contacts") || searched) bring();

  const of = (id: number): ContactView => people.find((person) => person.id === id) ?? missing(id);
  const put = (person: ContactView): ContactView => {
    person.standing = standing(person);
    changed(["contacts"]);
    return person;
  };
  const report = (): ContactsReport => {
    const kept = searched ? world.contacts.after : world.contacts.before;
    const count = (among: Among) => people.filter((person) => isAmong(person, among)).length;
    const counts = { found: count("found"), unsure: count("unsure"), missing: count("missing"), followed: count("followed"), refused: count("refused") };
    return { ...kept, ...counts, people: people.length, unfinished, sent: null, why: null };
  };
  const rest = () => new Promise((go) => setTimeout(go, A_ROUND_MS));

  return {
    contacts: ({ only, words, limit, offset }) => {
      const typed = words?.toLowerCase() ?? "";
      const has = (person: ContactView) => [person.name, person.organisation ?? "", ...person.emails, ...person.addresses, ...person.groups].some((text) => text.toLowerCase().includes(typed));
      const listed = people.filter((person) => (only === null || isAmong(person, only)) && has(person));
      const rank = { found: 0, unsure: 1, missing: 2 };
      listed.sort((one, other) => rank[one.standing] - rank[other.standing] || one.name.localeCompare(other.name));
      return listed.slice(offset, offset + limit);
    },
    contact: (id) => of(id),
    contacts_import: ({ path, columns }) => {
      if (columns === null && path.includes("strange")) return world.contacts.offered;
      bring();
      changed(["contacts"]);
      return world.contacts.import;
    },
    sample_contacts: () => {
      bring();
      changed(["contacts"]);
      return world.contacts.import;
    },
    contacts_report: () => report(),
    find_contacts: async ({ stages }) => {
      stopped.delete("contacts");
      unfinished = true;
      const on = world.contacts.before.stages.filter(({ stage }) => stages?.includes(stage) ?? true);
      const total = on.reduce((sum, stage) => sum + stage.due, 0);
      let done = 0;
      for (const { stage, due } of on) {
        do {
          tell({ search: { work: "contacts", done, total, current: stage, new_posts: 0, failed: 0, silent: false } });
          await rest();
        } while (wish.has("held") && done > 0 && !stopped.has("contacts"));
        if (stopped.has("contacts")) return { ...report(), sent: done, unfinished, why: { key: "find.stopped" } };
        done += due;
      }
      searched = true;
      unfinished = false;
      bring();
      changed(["contacts"]);
      return { ...report(), sent: world.contacts.after.sent };
    },
    give_up_search: () => {
      unfinished = false;
      return changed(["contacts"]);
    },
    follow_contacts: ({ people: ids, address, confidence }) => {
      const added: number[] = [];
      let who = 0;
      for (const person of people.filter(({ id }) => ids.length === 0 || ids.includes(id))) {
        const wanted = person.matches.filter((match) => !match.not && match.confidence > 0 && (address === null ? match.confidence >= confidence : match.address === address));
        if (wanted.length > 0) who += 1;
        for (const match of wanted) {
          if (match.followed) continue;
          match.followed = true;
          const id = 2e6 + person.id * 10 + person.matches.indexOf(match);
          added.push(id);
          const like = world.sources[0] ?? golden.sources[0];
          if (like) world.sources = [...world.sources, { ...like, id, title: match.title ?? person.name, address: match.address, kind: match.kind, folders: [], trouble: null } satisfies SourceView];
        }
      }
      if (who === 0) fail({ code: "nothing_found", detail: { key: "problem.nothing_found.contacts", values: { confidence } } });
      changed(["sources", "contacts"]);
      return { people: who, added, already: 0 };
    },
    not_contact: ({ contact, address, undo }) => {
      const person = of(contact);
      for (const match of person.matches) if (match.address === address) match.not = !undo;
      return put(person);
    },
    change_contact: ({ contact, change }) => {
      const person = of(contact);
      if (change.add.some((text) => !/[.@]/.test(text))) fail({ code: "address_unknown", detail: { key: "problem.address_unknown", values: { input: change.add[0] ?? "" } } });
      if (change.back) {
        const before = changes.get(contact)?.pop();
        if (before) people = people.map((each) => (each.id === contact ? before : each));
        return put(of(contact));
      }
      changes.set(contact, [...(changes.get(contact) ?? []), structuredClone(person)]);
      const kept = (texts: string[]) => texts.filter((text) => !change.strike.includes(text));
      person.name = change.name ?? person.name;
      person.organisation = change.organisation ?? person.organisation;
      person.emails = kept(person.emails);
      person.addresses = [...kept(person.addresses), ...change.add];
      return put(person);
    },
    join_contacts: ({ one, other }) => {
      const [stays, goes] = [of(one), of(other)];
      joined.set(other, structuredClone(goes));
      stays.rows = [...stays.rows, ...goes.rows];
      stays.emails = [...stays.emails, ...goes.emails];
      people = people.filter(({ id }) => id !== other);
      return put(stays);
    },
    part_contact: ({ contact, cards, to }) => {
      const person = of(contact);
      const before = (to === null ? null : joined.get(to)) ?? { ...structuredClone(person), id: Math.max(...people.map(({ id }) => id)) + 1, matches: [] };
      person.rows = person.rows.filter(({ card }) => !cards.includes(card));
      person.emails = person.emails.filter((email) => !joined.get(to ?? -1)?.emails.includes(email));
      people = [...people, before];
      return put(before);
    },
    remove_contacts: ({ contacts, undo }) => {
      for (const id of contacts) {
        const back = removed.get(id);
        if (undo && back) people = [...people, back];
        if (undo) continue;
        removed.set(id, of(id));
        people = people.filter((person) => person.id !== id);
      }
      return changed(["contacts"]);
    },
    forget_contacts: () => {
      people = [];
      searched = false;
      return changed(["contacts"]);
    },
    export_contacts: () => "Name\r\n",
    export_found: () => "<opml/>",
  };
}
