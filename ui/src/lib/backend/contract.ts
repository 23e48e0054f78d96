// What the engine and its windows say to each other.
// Generated from crates/pepites-engine: do not edit. To write it anew: PEPITES_BLESS=1 cargo test --workspace contract

/**
 * An address to follow.
 */
export type AddAsk = { 
/**
 * As it was typed or pasted.
 */
address: string, 
/**
 * Which of the things found there, as a place in `found` of the report that asked to choose.
 */
choice: number | null, 
/**
 * Folders to put it into, each a path.
 */
folders: Array<Array<string>>, };

/**
 * What adding an address did.
 */
export type AddReport = { 
/**
 * The source that is now followed; None when there are several to choose from.
 */
added: FoundSource | null, 
/**
 * Its row.
 */
source: SourceId | null, 
/**
 * It was followed already.
 */
already: boolean, 
/**
 * Everything found there.
 */
found: Array<FoundSource>, };

/**
 * How much the reader has time for.
 */
export type Budget = { "posts": number } | { "minutes": number };

/**
 * Someone in a circle: whom an account, a list or a file follows.
 */
export type CirclePerson = { 
/**
 * As it is typed to follow them.
 */
address: string, 
/**
 * The name they show.
 */
name: string, 
/**
 * They are followed already.
 */
followed: boolean, };

/**
 * A circle, to choose from.
 */
export type CircleReport = { 
/**
 * Everyone, in the order of the network or the file.
 */
people: Array<CirclePerson>, 
/**
 * How many the account says that it follows; more than are here when it hides some.
 */
total: number | null, 
/**
 * It was stopped before the end.
 */
cancelled: boolean, 
/**
 * Why it ended before its end.
 */
trouble: Phrase | null, 
/**
 * How many are followed from now on who were not before; null when nobody was chosen yet.
 */
added: number | null, };

/**
 * What an edge tells a person when something could not be done: one translated sentence (`problem.<code>`) and at
 * most one remedy (`problem.<code>.remedy`) each.
 */
export type Code = "library_busy" | "disk_full" | "library_read_only" | "library_damaged" | "library_newer" | "refresh_running" | "missing" | "file_unreadable" | "file_empty" | "file_unknown" | "file_too_large" | "address_unknown" | "nothing_found" | "no_answer" | "no_full_text" | "no_keychain" | "no_browser" | "bad_input" | "fault";

/**
 * A calendar day where the reader is, written `2026-11-23`. Days sort as text.
 */
export type Day = string;

/**
 * Which digest is asked for.
 */
export type DigestAsk = { 
/**
 * A budget other than the settings'. Differing from that of today's digest, it makes a new edition.
 */
budget: Budget | null, 
/**
 * Make a new edition from everything unread, even when today's is made.
 */
again: boolean, 
/**
 * Make the next edition from what today's editions left out, and then from the older posts that still wait.
 */
more: boolean, };

/**
 * A digest, kept once made.
 */
export type DigestId = number;

/**
 * A digest in a list. `id` is None (and nothing is kept) when there was nothing to put into it.
 */
export type DigestLineView = { 
/**
 * Its row.
 */
id: DigestId | null, 
/**
 * The reader's day.
 */
day: Day, 
/**
 * 1 for the first of the day.
 */
edition: number, 
/**
 * When it was made.
 */
made: Moment, 
/**
 * Where its window opens.
 */
since: Moment, 
/**
 * What it had to fit.
 */
budget: Budget, 
/**
 * Stories in it.
 */
stories: number, 
/**
 * Of these, nuggets.
 */
nuggets: number, 
/**
 * Reading time of its faces, in minutes, rounded up.
 */
minutes: number, 
/**
 * Stories of its window left out, when it was made.
 */
left_out: number, };

/**
 * A digest.
 */
export type DigestView = { 
/**
 * Its line.
 */
line: DigestLineView, 
/**
 * Its stories in reading order.
 */
entries: Array<EntryView>, 
/**
 * Stories that it left out, as many as are neither read nor skipped by now.
 */
left_out: number, 
/**
 * Posts that arrived since it was made.
 */
arrived_since: number, 
/**
 * Unread posts from before its window, which no digest showed: `more` reaches back to them.
 */
older_unread: number, };

/**
 * A file attached to a post.
 */
export type Enclosure = { 
/**
 * Its absolute http or https address.
 */
url: string, 
/**
 * Its MIME type, as declared.
 */
media_type: string | null, 
/**
 * Its size in bytes, as declared.
 */
bytes: number | null, 
/**
 * Its length in seconds, as declared.
 */
seconds: number | null, };

/**
 * A story in a digest: as it was when made, but for its marks, which are as they are now.
 */
export type EntryView = { 
/**
 * Its story.
 */
story: StoryId, 
/**
 * Where it stands.
 */
section: Section, 
/**
 * The telling that stands for it.
 */
face: PostLine, 
/**
 * The other tellings, oldest first.
 */
relays: Array<PostLine>, 
/**
 * The sum of the parts' points.
 */
rank: number, 
/**
 * What each signal gave.
 */
parts: Array<Part>, 
/**
 * It is a nugget.
 */
nugget: boolean, 
/**
 * Why it is here, strongest first, at most three.
 */
reasons: Array<Phrase>, 
/**
 * Reading time of the face, in seconds.
 */
seconds: number, };

/**
 * What an engine tells its windows without being asked.
 */
export type Event = { "changed": Array<Topic> } | { "progress": Progress } | { "elsewhere": Progress | null };

/**
 * A flaw as it is shown.
 */
export type FlawView = { 
/**
 * The line of the file, from 1.
 */
line: number | null, 
/**
 * What it was about.
 */
subject: string, 
/**
 * What was wrong.
 */
why: Phrase, };

/**
 * Some of a circle, to follow.
 */
export type FollowAllAsk = { 
/**
 * Those who were chosen.
 */
people: Array<CirclePerson>, 
/**
 * Folders to put them into, each a path.
 */
folders: Array<Array<string>>, };

/**
 * Something found at an address, to choose from.
 */
export type FoundSource = { 
/**
 * The kind of source.
 */
kind: string, 
/**
 * The format that the page which offers it says it has: RSS, Atom, JSON Feed.
 */
format: string | null, 
/**
 * Where it is; a password in it is covered.
 */
address: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The address of a small picture that stands for it.
 */
portrait: string | null, 
/**
 * Posts that it shows now.
 */
posts: number, 
/**
 * Its newest post.
 */
last_post: Moment | null, 
/**
 * Posts a week, over what it shows.
 */
posts_a_week: number | null, 
/**
 * Its newest posts by title, to see what it is like.
 */
sample: Array<string>, 
/**
 * It is followed already.
 */
followed: boolean, };

/**
 * How the posts of a source are opened.
 */
export type FullTextAsk = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * With their full text.
 */
on: boolean, };

/**
 * The article on the page that a post links to.
 */
export type FullTextView = { 
/**
 * Its body.
 */
html: SafeHtml, 
/**
 * Words in it.
 */
words: number, };

/**
 * A search hit.
 */
export type HitView = { 
/**
 * The post (its lead is empty).
 */
line: PostLine, 
/**
 * Words around the match; matches stand between U+E000 and U+E001.
 */
snippet: string, };

/**
 * A file to follow the sources of.
 */
export type ImportAsk = { 
/**
 * Where the file is, on this machine.
 */
path: string, 
/**
 * Take what could be read of a damaged file.
 */
even_partial: boolean, };

/**
 * What an import did. What the file lists is `added`, `already`, `repeated` and `skipped` together.
 */
export type ImportReport = { 
/**
 * The file's name.
 */
file: string, 
/**
 * The dialect that read it.
 */
dialect: string, 
/**
 * The program that wrote it, when it says so.
 */
origin: string | null, 
/**
 * Sources added.
 */
added: Array<ImportedSource>, 
/**
 * Sources that were followed already (perhaps put into more folders).
 */
already: Array<ImportedSource>, 
/**
 * Lines that name a source which the file had named before, perhaps by http where it was https.
 */
repeated: number, 
/**
 * Lines skipped and why; the last may say how many more there are (`flaw.more`).
 */
skipped: Array<FlawView>, 
/**
 * Passwords in addresses that were left out, as no keychain took them.
 */
passwords_lost: number, 
/**
 * The file ends early or is damaged: what could be read was taken (or is offered, when asked first), the rest is named here.
 */
partial: Phrase | null, 
/**
 * The sources were only counted, not added: the file is damaged and the reader was not asked yet.
 */
offered: boolean, };

/**
 * A source in an import report.
 */
export type ImportedSource = { 
/**
 * The line it stands on.
 */
line: number, 
/**
 * What it is called.
 */
title: string, 
/**
 * Where it is; a password in it is covered.
 */
address: string, 
/**
 * Its folders, each a path.
 */
folders: Array<Array<string>>, };

/**
 * What a trait is.
 */
export type Kind = "word" | "person" | "source" | "tag";

/**
 * One thing that was learned of the reader's taste, or taken out of it.
 */
export type LearnedView = { 
/**
 * What it is.
 */
kind: Kind, 
/**
 * Its name, as it is taken out.
 */
name: string, 
/**
 * Its name, as it is shown; of a source, its title.
 */
shown: string, 
/**
 * From -1 (speaks most against a post) to 1 (speaks most for it); 0 for what was taken out.
 */
weight: number, };

/**
 * A piece of what a digest left out.
 */
export type LeftOutAsk = { 
/**
 * Which.
 */
digest: DigestId, 
/**
 * So many at most.
 */
limit: number, 
/**
 * After so many.
 */
offset: number, };

/**
 * The library, weighed.
 */
export type LibraryView = { 
/**
 * Its folder.
 */
folder: string, 
/**
 * Bytes on the disk.
 */
bytes: number, 
/**
 * Posts kept.
 */
posts: number, 
/**
 * Sources followed.
 */
sources: number, 
/**
 * Posts starred.
 */
starred: number, };

/**
 * Posts to mark.
 */
export type MarkAsk = { 
/**
 * Which.
 */
posts: Array<PostId>, 
/**
 * As what.
 */
mark: MarkView, 
/**
 * Mark, or take the mark off.
 */
on: boolean, };

/**
 * What a marking did.
 */
export type MarkReport = { 
/**
 * Posts whose mark changed.
 */
changed: Array<PostId>, 
/**
 * Ids that are not in the library.
 */
missing: Array<PostId>, };

/**
 * What a post can be marked as.
 */
export type MarkView = "read" | "starred" | "skipped";

/**
 * Marks as they are now.
 */
export type MarksView = { 
/**
 * It was read.
 */
read: boolean, 
/**
 * It is starred.
 */
starred: boolean, 
/**
 * It was let go.
 */
skipped: boolean, };

/**
 * An instant, in milliseconds since 1970-01-01T00:00:00Z. What SQLite, JSON and TypeScript hold as a whole number.
 */
export type Moment = number;

/**
 * New folders for a source.
 */
export type MoveAsk = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * Exactly these, each a path.
 */
folders: Array<Array<string>>, };

/**
 * A piece of a list.
 */
export type PageAsk = { 
/**
 * So many at most.
 */
limit: number, 
/**
 * After so many.
 */
offset: number, };

/**
 * Two posts.
 */
export type PairAsk = { 
/**
 * The one.
 */
one: PostId, 
/**
 * The other.
 */
other: PostId, };

/**
 * What one signal gave.
 */
export type Part = { 
/**
 * The signal's name: borrowed where it was just ranked, so that a hundred thousand stories copy none.
 */
signal: string, 
/**
 * What it said, 0..=1.
 */
value: number, 
/**
 * The weight that it had.
 */
weight: number, 
/**
 * `value × weight`: the parts' points sum to the rank, to the last bit.
 */
points: number, 
/**
 * Why, in words, when it was worth a word.
 */
reason: Phrase | null, };

/**
 * A key of the catalogue (`ui/src/lib/i18n/en.json`) and the values that its sentence names in braces.
 */
export type Phrase = { 
/**
 * The key, for example `reason.rare_voice`.
 */
key: string, 
/**
 * What the sentence's `{names}` stand for. `count`, where there is one, chooses between `.one` and `.other`.
 */
values?: { [key in string]: Value }, };

/**
 * A post in this library.
 */
export type PostId = number;

/**
 * A post in a list.
 */
export type PostLine = { 
/**
 * Its row.
 */
post: PostId, 
/**
 * Its source.
 */
source: SourceId, 
/**
 * What the reader calls the source.
 */
source_title: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The title was made from its first words.
 */
untitled: boolean, 
/**
 * Its address.
 */
link: string | null, 
/**
 * Who wrote it.
 */
author: string | null, 
/**
 * Who passed it on, when that is why its source has it.
 */
boosted_by: string | null, 
/**
 * Its first words.
 */
lead: string, 
/**
 * Words in it.
 */
words: number, 
/**
 * When it was published.
 */
published: Moment, 
/**
 * Its marks.
 */
marks: MarksView, };

/**
 * A post, whole. Only ever given: its body is safe because nobody can send one in.
 */
export type PostView = { 
/**
 * Its line.
 */
line: PostLine, 
/**
 * The address of a small picture that stands for its author.
 */
portrait: string | null, 
/**
 * Its body.
 */
html: SafeHtml, 
/**
 * Its language.
 */
language: string | null, 
/**
 * Its tags.
 */
tags: Array<string>, 
/**
 * Its attachments.
 */
enclosures: Array<Enclosure>, 
/**
 * Other tellings of its story.
 */
relays: Array<PostLine>, 
/**
 * Why opening it could not mark it read.
 */
unmarked: Problem | null, 
/**
 * Its source asks for its full text at once.
 */
wants_full: boolean, 
/**
 * Its body is the full text, not what its source gave.
 */
is_full: boolean, };

/**
 * A piece of a source's posts.
 */
export type PostsOfAsk = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * So many at most.
 */
limit: number, 
/**
 * After so many.
 */
offset: number, };

/**
 * A set of weights to choose.
 */
export type PresetView = { 
/**
 * Its name: its label is `preset.<name>` in the catalogue.
 */
name: string, 
/**
 * Its weight of every signal.
 */
weights: { [key in string]: number }, };

/**
 * What CSS selectors give of a page, before it is followed.
 */
export type Preview = { 
/**
 * The address that follows the page by these selectors.
 */
address: string, 
/**
 * The page's own title.
 */
title: string | null, 
/**
 * What was selected, in the order of the page.
 */
entries: Array<PreviewLine>, };

/**
 * A page without a feed, and what to select of it.
 */
export type PreviewAsk = { 
/**
 * As it was typed or pasted.
 */
address: string, 
/**
 * By which its entries are found.
 */
selectors: Selectors, };

/**
 * One entry of a preview.
 */
export type PreviewLine = { 
/**
 * Its title.
 */
title: string, 
/**
 * Its address.
 */
link: string | null, 
/**
 * Its date, where the page gives one.
 */
published: Moment | null, 
/**
 * Its first words.
 */
lead: string, };

/**
 * A problem: the code and its sentence.
 */
export type Problem = { 
/**
 * Which.
 */
code: Code, 
/**
 * Its sentence: the key is [`Code::key`], or a more precise one under it (`problem.no_answer.slow`).
 */
detail: Phrase, };

/**
 * What long work says while it runs.
 */
export type Progress = { 
/**
 * Sources done.
 */
done: number, 
/**
 * Sources in all.
 */
total: number, 
/**
 * The source that was just finished.
 */
current: string | null, 
/**
 * New posts so far.
 */
new_posts: number, 
/**
 * Sources in trouble so far.
 */
failed: number, };

/**
 * Which sources to ask.
 */
export type RefreshAsk = { 
/**
 * Only those whose time has come.
 */
due: boolean, 
/**
 * Only these; null: all.
 */
only: Array<SourceId> | null, };

/**
 * What a refresh did.
 */
export type RefreshReport = { 
/**
 * Sources that were to be asked.
 */
total: number, 
/**
 * Sources that answered with what could be read, new or not.
 */
answered: number, 
/**
 * Of these, with nothing new since last time.
 */
unchanged: number, 
/**
 * Sources left alone: gone, on hold (perhaps since their host said so in this refresh), or (with `due`) not due.
 */
left_alone: number, 
/**
 * New posts.
 */
new_posts: number, 
/**
 * Posts that changed.
 */
edited_posts: number, 
/**
 * Sources in trouble, each with why.
 */
failed: Array<SourceTrouble>, 
/**
 * It was stopped before the end.
 */
cancelled: boolean, 
/**
 * There was no network: nothing was heard from anywhere, and nothing is held against the sources.
 */
offline: boolean, 
/**
 * Posts dropped by the keep rule afterwards.
 */
dropped_posts: number, };

/**
 * A new name for a source.
 */
export type RenameAsk = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * The reader's name for it; null gives its own title back.
 */
name: string | null, };

/**
 * A rule to make, or to change.
 */
export type RuleAsk = { 
/**
 * The rule to change; null makes one. One about the same thing in the same folder is changed, not doubled.
 */
id: RuleId | null, 
/**
 * What is asked.
 */
wish: Wish, 
/**
 * What it is about: a word or several in a row, a person, a source, a tag.
 */
kind: Kind, 
/**
 * As it was typed; of a source, its number.
 */
name: string, 
/**
 * The folder that it is for, as its path, and those within; null: everywhere.
 */
folder: Array<string> | null, 
/**
 * The last day that it holds; null: for ever.
 */
until: Day | null, };

/**
 * A rule of the reader's in this library.
 */
export type RuleId = number;

/**
 * A rule.
 */
export type RuleView = { 
/**
 * Its row.
 */
id: RuleId, 
/**
 * What is asked.
 */
wish: Wish, 
/**
 * What it is about.
 */
kind: Kind, 
/**
 * What it is about, as it is asked for again; of a source, its number.
 */
name: string, 
/**
 * What it is about, as it is shown; of a source, its title.
 */
shown: string, 
/**
 * The folder that it is for; null: everywhere.
 */
folder: Array<string> | null, 
/**
 * The last day that it holds; null: for ever.
 */
until: Day | null, 
/**
 * Its last day is over.
 */
over: boolean, 
/**
 * Posts of the last 30 days that it speaks of.
 */
posts_30d: number, };

/**
 * HTML that went through the sanitiser. Only `normalise` makes it, and the library gives back what `normalise` made:
 * it goes out as JSON and never comes in.
 */
export type SafeHtml = string;

/**
 * Words to look for.
 */
export type SearchAsk = { 
/**
 * As they were typed.
 */
words: string, 
/**
 * So many hits at most.
 */
limit: number, 
/**
 * After so many.
 */
offset: number, };

/**
 * Where a story stands in the digest, in reading order.
 */
export type Section = "nuggets" | "covered" | "people" | "others";

/**
 * What is selected of a page, each by a CSS selector.
 */
export type Selectors = { 
/**
 * One entry.
 */
item: string, 
/**
 * Inside it, its title; else the text of its link.
 */
title: string | null, 
/**
 * Its link; else the first that it holds.
 */
link: string | null, 
/**
 * Its date.
 */
date: string | null, 
/**
 * Its text.
 */
text: string | null, };

/**
 * What the reader can set.
 */
export type Settings = { 
/**
 * The budget of a day's digest.
 */
budget: Budget, 
/**
 * Days that read or skipped posts are kept; None: for ever.
 */
keep_read_days: number | null, 
/**
 * Days that unread posts are kept; None: for ever.
 */
keep_unread_days: number | null, 
/**
 * Where a bridge shows the posts of an account of X, whose name stands for `USER` in it.
 */
x_bridge: string | null, };

/**
 * A story that would enter, leave or move.
 */
export type ShiftView = { 
/**
 * Its face.
 */
line: PostLine, 
/**
 * It is a nugget.
 */
nugget: boolean, 
/**
 * Its place now, 1 being the first; null: it enters.
 */
from: number | null, 
/**
 * Its place then; null: it leaves.
 */
to: number | null, };

/**
 * A source in this library.
 */
export type SourceId = number;

/**
 * A source in trouble.
 */
export type SourceTrouble = { 
/**
 * Its row.
 */
source: SourceId, 
/**
 * What the reader calls it.
 */
title: string, 
/**
 * Where it is; a password in it is covered.
 */
address: string, 
/**
 * Why.
 */
trouble: Phrase, };

/**
 * A source as it is shown.
 */
export type SourceView = { 
/**
 * Its row.
 */
id: SourceId, 
/**
 * Its kind.
 */
kind: string, 
/**
 * Where it is; a password in it is covered.
 */
address: string, 
/**
 * What the reader calls it.
 */
title: string, 
/**
 * Their own name for it; null when it goes by its title.
 */
name: string | null, 
/**
 * Its page for people.
 */
site: string | null, 
/**
 * The address of a small picture that stands for it.
 */
portrait: string | null, 
/**
 * Its folders, each a path.
 */
folders: Array<Array<string>>, 
/**
 * Posts kept.
 */
posts: number, 
/**
 * Of these, neither read nor skipped.
 */
unread: number, 
/**
 * Of these, starred.
 */
starred: number, 
/**
 * Posts of the last 30 days.
 */
posts_30d: number, 
/**
 * When it was last asked.
 */
visited: Moment | null, 
/**
 * When it was last to be asked and there was no network; null once it was asked since.
 */
unreached: Moment | null, 
/**
 * When it last brought something new.
 */
last_new: Moment | null, 
/**
 * When the schedule will ask it.
 */
next_visit: Moment | null, 
/**
 * Why then, or why not at all, in plain words.
 */
next_why: Phrase, 
/**
 * Until when it asked to be left alone.
 */
hold_until: Moment | null, 
/**
 * Its posts are opened with their full text.
 */
full_text: boolean, 
/**
 * It has gone for good (410).
 */
gone: boolean, 
/**
 * Failed visits in a row.
 */
failures: number, 
/**
 * What is wrong, in plain words.
 */
trouble: Phrase | null, 
/**
 * How one logs in there (`basic`, `bearer`, `headers`); null where nothing is needed.
 */
login: string | null, 
/**
 * The address of its small picture, if it may have one.
 */
icon: string | null, };

/**
 * A story in this library.
 */
export type StoryId = number;

/**
 * What was learned of the reader's taste.
 */
export type TasteView = { 
/**
 * Posts starred that it could learn from.
 */
starred: number, 
/**
 * As many are needed before it says anything.
 */
needed: number, 
/**
 * Nothing from before is learned from; null: everything is.
 */
since: Moment | null, 
/**
 * What was learned, the heaviest first.
 */
learned: Array<LearnedView>, 
/**
 * What was taken out.
 */
removed: Array<LearnedView>, };

/**
 * Topics of the library that changed: the states concerned ask again.
 */
export type Topic = "sources" | "posts" | "marks" | "digests" | "settings" | "wishes";

/**
 * A trait to take out of the taste, or to let in again.
 */
export type TraitAsk = { 
/**
 * What it is.
 */
kind: Kind, 
/**
 * Its name.
 */
name: string, 
/**
 * Out, or in again.
 */
out: boolean, };

/**
 * One value of a phrase.
 */
export type Value = number | string;

/**
 * What the reader says of two posts, or takes back.
 */
export type VerdictAsk = { 
/**
 * The one: it stays where it is.
 */
one: PostId, 
/**
 * The other.
 */
other: PostId, 
/**
 * It no longer holds.
 */
undo: boolean, };

/**
 * What a verdict did.
 */
export type VerdictReport = { 
/**
 * Posts that went to another story.
 */
moved: Array<PostId>, 
/**
 * False when there was nothing to take back.
 */
found: boolean, };

/**
 * What other weights would change in today's digest.
 */
export type WeighReport = { 
/**
 * Stories that it has, and would have.
 */
stories: number, 
/**
 * What would enter, then what would leave, then what would move, the farthest first.
 */
shifts: Array<ShiftView>, };

/**
 * The weight of one signal.
 */
export type WeightView = { 
/**
 * The signal's name.
 */
signal: string, 
/**
 * What it weighs; below 0, it speaks against.
 */
weight: number, 
/**
 * What it weighs by itself.
 */
usual: number, };

/**
 * The weights of all signals.
 */
export type WeightsView = { 
/**
 * As they are kept.
 */
weights: Array<WeightView>, 
/**
 * The preset that they are; null: the reader's own.
 */
preset: string | null, 
/**
 * Every preset, the usual one first.
 */
presets: Array<PresetView>, };

/**
 * Why two posts are one story, or are not.
 */
export type WhyView = { 
/**
 * They are.
 */
together: boolean, 
/**
 * What they share and what bars them, strongest first; never empty.
 */
reasons: Array<Phrase>, };

/**
 * What the reader asks for.
 */
export type Wish = "mute" | "like" | "dislike";

/** Every command: what it is asked with, what it answers. */
export type Commands = {
    sources: [null, Array<SourceView>],
    rename: [RenameAsk, null],
    move: [MoveAsk, null],
    unfollow: [SourceId, null],
    follow_again: [SourceId, null],
    import: [ImportAsk, ImportReport],
    export: [null, string],
    add: [AddAsk, AddReport],
    look: [string, AddReport],
    circle: [string, CircleReport],
    circle_of_file: [string, CircleReport],
    follow_all: [FollowAllAsk, Array<SourceId>],
    export_accounts: [null, string],
    preview: [PreviewAsk, Preview],
    refresh: [RefreshAsk, RefreshReport],
    stop: [null, null],
    today: [DigestAsk, DigestView],
    digest_of: [Day, DigestView],
    digest: [DigestId, DigestView],
    digests: [PageAsk, Array<DigestLineView>],
    left_out: [LeftOutAsk, Array<PostLine>],
    posts_of: [PostsOfAsk, Array<PostLine>],
    unread: [PageAsk, Array<PostLine>],
    starred: [PageAsk, Array<PostLine>],
    search: [SearchAsk, Array<HitView>],
    post: [PostId, PostView],
    open_post: [PostId, PostView],
    full_text: [PostId, FullTextView],
    full_texts: [null, number],
    set_full_text: [FullTextAsk, null],
    mark: [MarkAsk, MarkReport],
    why: [PairAsk, WhyView],
    together: [VerdictAsk, VerdictReport],
    apart: [VerdictAsk, VerdictReport],
    rules: [null, Array<RuleView>],
    set_rule: [RuleAsk, RuleView],
    drop_rule: [RuleId, null],
    taste: [null, TasteView],
    remove_trait: [TraitAsk, null],
    forget_taste: [Moment | null, Moment | null],
    weights: [null, WeightsView],
    weigh: [{ [key in string]: number }, WeighReport],
    set_weights: [{ [key in string]: number }, null],
    settings: [null, Settings],
    change_settings: [Settings, null],
    library: [null, LibraryView],
};
