// Gives the demo world's golden answers (a Rust test writes them) with their types, and what both halves of the fake share.

import type {
  AddReport,
  CircleReport,
  ContactsImport,
  ContactsReport,
  ContactView,
  Counted,
  DigestLineView,
  DigestView,
  HitView,
  ImportReport,
  LeftOutSum,
  LibraryView,
  OperatorView,
  Phrase,
  PostId,
  PostLine,
  PostView,
  Problem,
  Range,
  RefreshReport,
  RelaysView,
  RisingView,
  RoomView,
  RulePreview,
  RuleView,
  SavedSearch,
  Settings,
  SourceView,
  StoryView,
  TasteView,
  TrendsView,
  UnderstoodView,
  WeighReport,
  WeightsView,
  WhyView,
} from "./contract";
import written from "./golden.json";

/** What the demo world answers. Every post that an answer names is in `posts`. */
export type Golden = {
  now: number;
  /** Sources that pictures and tests go to: one whose posts are all here, one in trouble, someone on a microblog. */
  places: { whole: number; trouble: number; notes: number };
  today: DigestView;
  sources: SourceView[];
  posts: Record<string, PostView>;
  /** The stories that more than one tells, by each of their posts that is here. */
  stories: Record<string, StoryView>;
  /** Why two of them are one story. */
  why: WhyView;
  digests: DigestLineView[];
  /** Digests of other days, by id. */
  past: Record<string, DigestView>;
  left_out: { post: PostId; why: Phrase | null }[];
  left_out_why: LeftOutSum;
  /** Hits by the words that were typed. */
  search: Record<string, HitView[]>;
  /** What is understood of searches as they are typed, the operators of each language, and the searches that are kept. */
  searches: { understood: Record<string, UnderstoodView>; operators: Record<string, OperatorView[]>; saved: SavedSearch[] };
  settings: Settings;
  library: LibraryView;
  /** A site that offers several feeds; someone on a microblog; whom they follow. */
  add: AddReport;
  look: AddReport;
  circle: CircleReport;
  import: ImportReport;
  refresh: RefreshReport;
  /** What the reader asked for, what other weights would change, and what a dozen stars taught. */
  wishes: { rules: RuleView[]; tried: RulePreview; weights: WeightsView; weigh: WeighReport; taste: TasteView };
  /** Some of the made-up address book: brought in, before and after the search, who is in it; a table that nobody knows. */
  contacts: { import: ContactsImport; offered: ContactsImport; before: ContactsReport; after: ContactsReport; people: ContactView[] };
  /** Of each range; the lists behind its figures; who relays whom; what rose; the room for 120 posts a week. */
  trends: {
    pages: Record<Range, TrendsView>;
    counted: Record<Counted, PostLine[]>;
    relays: RelaysView;
    rising: RisingView;
    room: RoomView;
  };
};

export const golden = written as unknown as Golden;

/** The moment of the golden answers: ages must not grow with the calendar. */
export const clock = (): number => golden.now;

export function fail(problem: Problem): never {
  // The engine rejects with a problem, which is no Error: a plain value crosses to the window.
  throw problem as unknown as Error;
}

export function missing(id: number): never {
  return fail({ code: "missing", detail: { key: "problem.missing", values: { id } } });
}
