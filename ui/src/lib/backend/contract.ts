// What the engine and its windows say to each other.
// Generated from crates/pepites-engine: do not edit. To write it anew: PEPITES_BLESS=1 cargo test --workspace contract

/**
 * An account that is signed in.
 */
export type AccountView = { 
/**
 * `@ada@example.social`: what it is told apart by.
 */
handle: string, 
/**
 * Its server: scheme, host and port.
 */
server: string, 
/**
 * The name that it shows.
 */
name: string, 
/**
 * The address of a small picture.
 */
portrait: string | null, 
/**
 * Signed in since.
 */
since: Moment, 
/**
 * How many sources are followed with it.
 */
follows: number, };

/**
 * Something done with posts.
 */
export type ActAsk = { 
/**
 * Which.
 */
posts: Array<PostId>, 
/**
 * What.
 */
act: ActView, };

/**
 * What the reader did with a post beyond marking it.
 */
export type ActView = "finished" | "skimmed" | "shared";

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
folders: Array<Array<string>>, 
/**
 * What logs in there; null where nothing is needed.
 */
login: GivenLogin | null, };

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
 * Some of the people, as a list shows them.
 */
export type Among = "found" | "unsure" | "missing" | "followed" | "refused";

/**
 * What a plan did.
 */
export type AppliedView = { 
/**
 * Its row, by which it is taken back; null when all was so already.
 */
plan: PlanId | null, 
/**
 * Sources that changed.
 */
changed: number, };

/**
 * Changes to apply as one.
 */
export type ApplyAsk = { 
/**
 * Which.
 */
changes: Array<SourceChange>, 
/**
 * They make room: a note says thirty days later what came of it.
 */
noted: boolean, };

/**
 * What is in a backup, before or after it takes the library's place.
 */
export type BackupView = { 
/**
 * Its file.
 */
file: string, 
/**
 * Its bytes.
 */
bytes: number, 
/**
 * Posts in it.
 */
posts: number, 
/**
 * Sources that are followed in it.
 */
sources: number, 
/**
 * Posts that are starred in it.
 */
starred: number, 
/**
 * When its newest post arrived; None where it has none.
 */
newest: Moment | null, };

/**
 * A part of a bar.
 */
export type Band = { 
/**
 * The source, where it is one.
 */
source: SourceId | null, 
/**
 * Its name; null for all others.
 */
title: string | null, };

/**
 * A day or a month.
 */
export type Bar = { 
/**
 * `2026-11-23`, or `2026-11`.
 */
when: string, 
/**
 * Posts that came, for each of the bands.
 */
arrived: Array<number>, 
/**
 * Posts of that date that came with the backlog of a new source, for each of the bands.
 */
backlog: Array<number>, 
/**
 * What reading the posts of that date takes, in seconds, for each of the bands.
 */
seconds: Array<number>, 
/**
 * Posts that came or have that date as backlog, for each of the folders.
 */
folders: Array<number>, 
/**
 * What reading the posts of that date takes, in seconds, for each of the folders.
 */
folder_seconds: Array<number>, 
/**
 * Posts opened.
 */
opened: number, 
/**
 * Posts read.
 */
read: number, 
/**
 * What the posts opened or marked read one by one took, in seconds.
 */
read_seconds: number, };

/**
 * A person before a change, as they were shown.
 */
export type BeforeChange = { 
/**
 * What the reader had changed of them.
 */
own: OwnView, 
/**
 * Their rows. Others that the reader wrote since are taken away.
 */
cards: Array<number>, };

/**
 * How much the reader has time for.
 */
export type Budget = { "posts": number } | { "minutes": number };

/**
 * What is to become of a source.
 */
export type Change = { "thin": Mode } | { "replace": SourceId } | "leave";

/**
 * A change of one person.
 */
export type ChangeContactAsk = { 
/**
 * The person.
 */
contact: ContactId, 
/**
 * What.
 */
change: ContactChange, };

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
export type Code = "library_busy" | "disk_full" | "library_read_only" | "library_damaged" | "library_newer" | "refresh_running" | "search_running" | "missing" | "file_unreadable" | "file_empty" | "file_unknown" | "file_too_large" | "address_unknown" | "nothing_found" | "no_answer" | "no_full_text" | "no_keychain" | "sign_in" | "no_browser" | "stopped" | "bad_input" | "fault";

/**
 * What a column of a table holds. Its label is `column.<name>` in the catalogue.
 */
export type Column = "nothing" | "name" | "given" | "middle" | "family" | "nickname" | "email" | "website" | "account" | "mastodon" | "bluesky" | "x" | "organisation" | "notes" | "group" | "other";

/**
 * How a search may go on.
 */
export type CompletionView = { 
/**
 * The whole search then.
 */
words: string, 
/**
 * The piece that is offered.
 */
shown: string, 
/**
 * What its operator looks at.
 */
said: Phrase, };

/**
 * What to change of a person. What is null stays.
 */
export type ContactChange = { 
/**
 * Their name; empty for that of the files.
 */
name: string | null, 
/**
 * Whom they work for; empty for what the files say.
 */
organisation: string | null, 
/**
 * Mail addresses, sites and accounts to add.
 */
add: Array<string>, 
/**
 * Those to strike out, as they are shown.
 */
strike: Array<string>, 
/**
 * Puts back what was there before a change, whatever else is said here.
 */
back: BeforeChange | null, };

/**
 * A person of the reader’s contacts.
 */
export type ContactId = number;

/**
 * Somebody.
 */
export type ContactView = { 
/**
 * Their row.
 */
id: ContactId, 
/**
 * What they are called.
 */
name: string, 
/**
 * Whom they work for.
 */
organisation: string | null, 
/**
 * Mail addresses.
 */
emails: Array<string>, 
/**
 * Sites and accounts, as the files and the reader have them.
 */
addresses: Array<string>, 
/**
 * What the files note.
 */
notes: Array<string>, 
/**
 * Groups and folders of the files.
 */
groups: Array<string>, 
/**
 * Where they stand: file and line; no file is the reader's own hand.
 */
rows: Array<RowView>, 
/**
 * Whether they can be followed.
 */
standing: Standing, 
/**
 * What may be theirs, the surest first.
 */
matches: Array<MatchView>, 
/**
 * What the reader changed of them.
 */
own: OwnView, };

/**
 * Whom to list.
 */
export type ContactsAsk = { 
/**
 * Only those; null for everybody.
 */
only: Among | null, 
/**
 * Only those in whose name, addresses or groups this stands.
 */
words: string | null, 
/**
 * At most so many.
 */
limit: number, 
/**
 * After so many.
 */
offset: number, };

/**
 * A file of contacts to read.
 */
export type ContactsFileAsk = { 
/**
 * The file's path.
 */
path: string, 
/**
 * What each column holds, where the reader says it; null: as it is read, or as it seems to be where nobody knows.
 */
columns: Array<Column> | null, };

/**
 * What a file of contacts brought.
 */
export type ContactsImport = { 
/**
 * The file's name.
 */
file: string, 
/**
 * The dialect that read it.
 */
dialect: string, 
/**
 * Rows that say somebody.
 */
rows: number, 
/**
 * People who are new.
 */
added: number, 
/**
 * Rows that joined somebody who was known, by file or earlier in the same.
 */
joined: number, 
/**
 * Rows that said nothing new.
 */
repeated: number, 
/**
 * Rows and cells that were skipped, by line and why.
 */
skipped: Array<FlawView>, 
/**
 * The file ends early, or says more people than are read.
 */
partial: Phrase | null, 
/**
 * What the columns of a table seem to hold that no known program wrote: the reader says so first, and nobody was
 * taken in yet.
 */
columns: TablePreview | null, 
/**
 * Takes it back; null where nothing came.
 */
import: ImportId | null, };

/**
 * Of all people, who can be followed: by stage and by network.
 */
export type ContactsReport = { 
/**
 * People in all: the next three together.
 */
people: number, 
/**
 * Who can be followed.
 */
found: number, 
/**
 * Who is to be confirmed.
 */
unsure: number, 
/**
 * Who was not found.
 */
missing: number, 
/**
 * Of those found, who is followed.
 */
followed: number, 
/**
 * Of whom the reader said that something is not theirs.
 */
refused: number, 
/**
 * The funnel.
 */
stages: Array<StageView>, 
/**
 * By network.
 */
networks: Array<NetworkView>, 
/**
 * The reader's own server, where names are searched for.
 */
server: string | null, 
/**
 * Requests that one search sends at most.
 */
most: number, 
/**
 * A search was stopped before its end, and goes on when asked to.
 */
unfinished: boolean, 
/**
 * Requests of the search that was just made; null when none was.
 */
sent: number | null, 
/**
 * Why that search ended early, where it did.
 */
why: Phrase | null, };

/**
 * A copy of the library that is kept beside it.
 */
export type CopyView = { 
/**
 * The name of its file, by which it is erased.
 */
name: string, 
/**
 * Its whole path, by which it is restored.
 */
file: string, 
/**
 * Its bytes.
 */
bytes: number, 
/**
 * When it was made.
 */
made: Moment, };

/**
 * Which list a figure counts.
 */
export type Counted = "arrived" | "digested" | "nuggets" | "opened" | "read" | "skipped" | "starred" | "shared" | "skimmed" | "in_bulk";

/**
 * The list behind a figure.
 */
export type CountedAsk = { 
/**
 * Which figure.
 */
counted: Counted, 
/**
 * Of which range.
 */
range: Range, 
/**
 * Of its days, or others.
 */
within: CountedIn, 
/**
 * So many at most.
 */
limit: number, 
/**
 * After so many.
 */
offset: number, };

/**
 * Which days a figure is of.
 */
export type CountedIn = "range" | "before" | "ever";

/**
 * The minutes that there are for a digest.
 */
export type CutAsk = { 
/**
 * Which.
 */
digest: DigestId, 
/**
 * How many.
 */
minutes: number, };

/**
 * A shorter cut of a digest.
 */
export type CutView = { 
/**
 * Its stories, in the order of the digest.
 */
stories: Array<StoryId>, 
/**
 * What they take, in minutes, rounded up.
 */
minutes: number, };

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
left_out: number, 
/**
 * Days since the digest before it, when it is for a whole absence; else 0.
 */
away: number, 
/**
 * Posts that came in those days.
 */
posts: number, 
/**
 * Stories that the reader's rules kept out of it.
 */
muted: number, };

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
 * Stories that it left out, as many as are neither read, skipped nor put off by now.
 */
left_out: number, 
/**
 * Posts that arrived since it was made.
 */
arrived_since: number, 
/**
 * Unread posts from before its window, which no digest showed: `more` reaches back to them.
 */
older_unread: number, 
/**
 * When the next digest is due, in the answer to `today`; null where the reader set no hour.
 */
next: Moment | null, };

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
 * What the search is called whose section it stands in.
 */
search: string | null, 
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
 * What the face takes to read and to listen to, in seconds.
 */
seconds: number, 
/**
 * Its story was read already: what is new in it.
 */
news: Phrase | null, 
/**
 * Of these, for listening or watching.
 */
listening: number, 
/**
 * It has audio or video whose length nobody says, which is not counted.
 */
unmeasured: boolean, };

/**
 * What an engine tells its windows without being asked.
 */
export type Event = { "changed": Array<Topic> } | { "progress": Progress } | { "elsewhere": Progress | null } | { "search": Progress } | { "search_elsewhere": Progress | null };

/**
 * What came in some days, and what the reader did with it.
 */
export type Figures = { 
/**
 * Posts that came on these days, without backlogs of new sources.
 */
arrived: number, 
/**
 * Posts of these dates, backlogs included.
 */
published: number, 
/**
 * What reading these takes, in minutes.
 */
minutes: number, 
/**
 * Stories in the digests of these days.
 */
digested: number, 
/**
 * Of these, nuggets.
 */
nuggets: number, 
/**
 * Posts opened.
 */
opened: number, 
/**
 * Posts read to their end or long enough, or marked read one by one.
 */
read: number, 
/**
 * Posts marked read with many others: not read.
 */
in_bulk: number, 
/**
 * Posts seen in a list and passed by.
 */
skimmed: number, 
/**
 * Posts let go.
 */
skipped: number, 
/**
 * Posts starred.
 */
starred: number, 
/**
 * Posts shared.
 */
shared: number, };

/**
 * A filter of a search.
 */
export type FilterView = { 
/**
 * What it asks for. A value `day` is a date.
 */
said: Phrase, 
/**
 * It asks for all but that.
 */
not: boolean, 
/**
 * The search without it.
 */
without: string, };

/**
 * What to search for, how.
 */
export type FindAsk = { 
/**
 * The stages; null for those of the last time, else the usual ones.
 */
stages: Array<Stage> | null, 
/**
 * The reader's own server; null for that of the last time.
 */
server: string | null, 
/**
 * Requests at most; null for the usual number.
 */
most: number | null, };

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
 * What following did.
 */
export type FollowFound = { 
/**
 * People of whom something is now followed.
 */
people: number, 
/**
 * Sources that are new.
 */
added: Array<SourceId>, 
/**
 * Sources that were followed already.
 */
already: number, };

/**
 * Whom to follow.
 */
export type FollowFoundAsk = { 
/**
 * These people; empty for everybody.
 */
people: Array<ContactId>, 
/**
 * Only this address of theirs; null for what is sure enough.
 */
address: string | null, 
/**
 * Only what is at least so sure, of 100.
 */
confidence: number, 
/**
 * Every folder that they go into.
 */
folders: Array<Array<string>>, };

/**
 * Room that was to come of a plan in thirty days.
 */
export type Foreseen = { 
/**
 * Posts less.
 */
posts: number, 
/**
 * What reading them takes, in minutes.
 */
minutes: number, };

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
 * What logs in, as a person types it.
 */
export type GivenLogin = { 
/**
 * A name; null with a token.
 */
user: string | null, 
/**
 * The password of that name, or the token.
 */
secret: string, };

/**
 * Room to make.
 */
export type Goal = { "posts_a_week": number } | { "minutes_a_day": number } | { "in_all": number };

/**
 * A search hit.
 */
export type HitView = { 
/**
 * The post (its lead is empty).
 */
line: PostLine, 
/**
 * Its title, matches between the same two characters.
 */
title: string, 
/**
 * Words around the match; matches stand between U+E000 and U+E001.
 */
snippet: string, };

/**
 * A time of day where the reader is: `07:30`.
 */
export type Hour = string;

/**
 * An hour of a day of the week.
 */
export type HourCount = { 
/**
 * Posts that came.
 */
arrived: number, 
/**
 * Posts opened or marked read one by one.
 */
read: number, };

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
 * An import, kept as long as it can be taken back.
 */
export type ImportId = number;

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
offered: boolean, 
/**
 * Takes it back; null where nothing came that was not there.
 */
import: ImportId | null, 
/**
 * The file is of people, not of sources: what it brought. Then nothing above was added.
 */
contacts: ContactsImport | null, };

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
 * Two who are one person.
 */
export type JoinContactsAsk = { 
/**
 * Who stays.
 */
one: ContactId, 
/**
 * Whose rows become theirs.
 */
other: ContactId, };

/**
 * A search to keep, or to change.
 */
export type KeepSearchAsk = { 
/**
 * The one to change; null makes one.
 */
id: SearchId | null, 
/**
 * What it is called; empty: as it was typed.
 */
name: string, 
/**
 * As it was typed.
 */
words: string, 
/**
 * What it finds has a section of its own in digests.
 */
section: boolean, };

/**
 * A source that stays when its import is taken back.
 */
export type KeptSource = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * What it is called.
 */
title: string, 
/**
 * What the reader did with it since.
 */
why: Phrase, };

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
 * Which limits left out how much of a digest.
 */
export type LeftOutSum = { 
/**
 * The digest.
 */
line: DigestLineView, 
/**
 * Each limit with how many stories it left out (`count`), most first; none where it was not kept.
 */
limits: Array<Phrase>, };

/**
 * A story that a digest left out.
 */
export type LeftOutView = { 
/**
 * Its face.
 */
line: PostLine, 
/**
 * Why; null in digests of before this was kept.
 */
why: Phrase | null, };

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
starred: number, 
/**
 * Bytes of the pictures that are kept beside it.
 */
pictures: number, };

/**
 * A list that a page without a feed seems to hold, before it is followed.
 */
export type ListOffer = { 
/**
 * What it is selected by.
 */
selectors: Selectors, 
/**
 * What these give.
 */
preview: Preview, };

/**
 * A source to log in to, and with what.
 */
export type LoginAsk = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * With what.
 */
login: GivenLogin, };

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
on: boolean, 
/**
 * It takes back what the reader did last: a star that a rule gave is given back as the rule's, not as theirs.
 */
undo?: boolean, };

/**
 * What a marking did.
 */
export type MarkReport = { 
/**
 * Posts whose mark changed.
 */
changed: Array<PostId>, 
/**
 * Other tellings of their stories, which are relays of a story read from now on.
 */
relays: Array<PostId>, 
/**
 * Ids that are not in the library.
 */
missing: Array<PostId>, };

/**
 * What a post can be marked as.
 */
export type MarkView = "read" | "starred" | "skipped" | "relay" | "put_off";

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
skipped: boolean, 
/**
 * Another telling of its story was read: it stays down, and is not read.
 */
relay: boolean, 
/**
 * It is put off until the next day's digest.
 */
put_off: boolean, 
/**
 * A rule starred it, and the reader did not.
 */
starred_by_rule: boolean, };

/**
 * A source that may be somebody's.
 */
export type MatchView = { 
/**
 * Its address.
 */
address: string, 
/**
 * The kind of source.
 */
kind: string, 
/**
 * What it calls itself.
 */
title: string | null, 
/**
 * The stage that found it.
 */
stage: Stage, 
/**
 * How sure it is, of 100; 0 is gone.
 */
confidence: number, 
/**
 * Why.
 */
reasons: Array<Phrase>, 
/**
 * Posts a week; null when that is not known.
 */
posts_a_week: number | null, 
/**
 * Minutes a day that reading it all takes; null when that is not known.
 */
minutes_a_day: number | null, 
/**
 * Of 100, how much of the day's budget that is, in posts or in minutes, as the budget is; null when it is not known.
 */
share: number | null, 
/**
 * Its newest post.
 */
last_post: Moment | null, 
/**
 * It is followed already.
 */
followed: boolean, 
/**
 * The reader said that it is not theirs.
 */
not: boolean, };

/**
 * What a rule looks at.
 */
export type Matter = "word" | "person" | "source" | "tag" | "language" | "longer" | "shorter" | "relay";

/**
 * How much of a source the reader wants.
 */
export type Mode = "all" | "digest" | "nuggets" | "no_relays" | { "daily": number } | "muted";

/**
 * How much of a source is wanted.
 */
export type ModeAsk = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * How much.
 */
mode: Mode, };

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
 * How sources are asked.
 */
export type NetRules = { 
/**
 * Nothing is asked for at all, whatever is asked of the program.
 */
offline: boolean, 
/**
 * By way of whom.
 */
proxy: Proxy, 
/**
 * Sources on this computer and in its own network may be asked.
 */
neighbours: boolean, 
/**
 * Seconds that one request may take, redirects included.
 */
patience_seconds: number, 
/**
 * Megabytes (of 2^20 bytes) of one reply that are read, unpacked.
 */
largest_mb: number, };

/**
 * What was found on one network.
 */
export type NetworkView = { 
/**
 * The kind of source.
 */
kind: string, 
/**
 * People with one for sure.
 */
found: number, 
/**
 * People with one to be confirmed only.
 */
unsure: number, };

/**
 * Whether a source is a person's.
 */
export type NotAsk = { 
/**
 * The person.
 */
contact: ContactId, 
/**
 * The source's address, as it was shown.
 */
address: string, 
/**
 * Takes it back.
 */
undo: boolean, };

/**
 * An operator of searches.
 */
export type OperatorView = { 
/**
 * With its colon.
 */
name: string, 
/**
 * What may stand after it.
 */
example: string, 
/**
 * What it looks at.
 */
said: Phrase, };

/**
 * What the reader changed of a person; the files stay as they were.
 */
export type OwnView = { 
/**
 * The reader's name for them.
 */
name: string | null, 
/**
 * The reader's word for whom they work for.
 */
organisation: string | null, 
/**
 * Addresses that the reader struck out.
 */
struck: Array<string>, };

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
 * Rows that are somebody else's.
 */
export type PartContactAsk = { 
/**
 * Whose they are now.
 */
contact: ContactId, 
/**
 * The rows.
 */
cards: Array<number>, 
/**
 * Who was joined before and comes back; null for somebody new.
 */
to: ContactId | null, };

/**
 * Who is one person, by what they have proven, by their names, or by the reader's word.
 */
export type PeopleView = { 
/**
 * Each person who has several sources.
 */
together: Array<Array<PersonSource>>, 
/**
 * What the reader said.
 */
said: Array<TieView>, };

/**
 * A source of a person.
 */
export type PersonSource = { 
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
address: string, };

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
 * Where the reader is in a story that they began.
 */
export type PlaceView = { 
/**
 * The post.
 */
post: PostId, 
/**
 * How much of its height is above the upper edge of what is seen: more than 0, less than 1; else its place is forgotten.
 */
share: number, 
/**
 * The paragraph at that edge, where it is known.
 */
spot: SpotView | null, };

/**
 * A plan that made room, kept once applied.
 */
export type PlanId = number;

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
 * A source to prefer, or no longer.
 */
export type PreferAsk = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * Prefer it, or no longer.
 */
on: boolean, };

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
 * Whose it is: two may run at once.
 */
work: Work, 
/**
 * Sources done; of an import, rows of its file.
 */
done: number, 
/**
 * Sources, or rows, in all.
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
failed: number, 
/**
 * Of a refresh: nothing was heard so far, and several hosts are silent. There seems to be no network; what answers yet
 * takes it back. A program of before does not say it.
 */
silent: boolean, };

/**
 * By way of whom the web is asked.
 */
export type Proxy = "system" | "direct" | { "at": string };

/**
 * How far back a page of trends looks.
 */
export type Range = "week" | "month" | "quarter" | "year" | "all";

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
 * What one source told after another.
 */
export type RelayCell = { 
/**
 * Stories.
 */
count: number, 
/**
 * Minutes between the two, half of the times less.
 */
minutes: number, };

/**
 * One source that tells after another.
 */
export type RelayPair = { 
/**
 * Who relays.
 */
source: SourceName, 
/**
 * Who told it first.
 */
first: SourceName, 
/**
 * Stories.
 */
count: number, 
/**
 * Minutes between the two, half of the times less.
 */
minutes: number, };

/**
 * Who told stories after whom.
 */
export type RelaysView = { 
/**
 * Pairs, the most frequent first, at most a hundred.
 */
pairs: Array<RelayPair>, 
/**
 * Those that relay most, at most ten: the lines of the matrix.
 */
tellers: Array<SourceName>, 
/**
 * Those whose stories are told again most, at most ten: its columns.
 */
firsts: Array<SourceName>, 
/**
 * What each line told after each column; null where nothing.
 */
matrix: Array<Array<RelayCell | null>>, 
/**
 * Sources of which little would be lost, the least first.
 */
spare: Array<Spare>, };

/**
 * People to take off the list, or to bring back.
 */
export type RemoveContactsAsk = { 
/**
 * Who.
 */
contacts: Array<ContactId>, 
/**
 * Brings them back.
 */
undo: boolean, };

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
 * What a restoring did.
 */
export type RestoreReport = { 
/**
 * What is in the library now.
 */
backup: BackupView, 
/**
 * The file where the library is kept that was there before: restoring it takes this back.
 */
kept: string, };

/**
 * Something that was met more often than before.
 */
export type Risen = { 
/**
 * The word, folded, or the name as it is written.
 */
what: string, 
/**
 * Posts of this span.
 */
now: number, 
/**
 * Posts of the span before.
 */
before: number, };

/**
 * Words and people that rose in the last thirty days against the thirty before.
 */
export type RisingView = { 
/**
 * Words of titles that several sources had.
 */
words: Array<Risen>, 
/**
 * Authors.
 */
people: Array<Risen>, 
/**
 * There are thirty days before to compare with.
 */
comparable: boolean, };

/**
 * Room to make.
 */
export type RoomAsk = { 
/**
 * How much.
 */
goal: Goal, };

/**
 * A plan that holds, and what came of it.
 */
export type RoomNote = { 
/**
 * Its row.
 */
plan: PlanId, 
/**
 * When it was applied.
 */
made: Moment, 
/**
 * When the thirty days are over that it is judged by.
 */
until: Moment, 
/**
 * Sources that it thinned, and that are so to this day.
 */
thinned: Array<string>, 
/**
 * Sources that it left, and that are so to this day. What they told since is not known.
 */
left: Array<string>, 
/**
 * These days are over, and what came of them was counted: once, and kept.
 */
counted: boolean, 
/**
 * Posts of these days, of those thinned, that did not come.
 */
freed: number, 
/**
 * What reading them takes, in minutes.
 */
minutes: number, 
/**
 * Of these, nuggets, and posts that the reader starred or opened all the same: the first of them.
 */
missed: Array<PostLine>, 
/**
 * The others of these.
 */
missed_more: Array<PostId>, 
/**
 * What thirty days were to free when it was applied, judged by the thirty before: of those left, and of those thinned
 * until that is counted. Null where it was not asked.
 */
foreseen: Foreseen | null, 
/**
 * It was applied thirty days ago or more, something of it holds, and the reader was not told yet.
 */
due: boolean, };

/**
 * One change of a source: what it frees, and what it would have cost over the last thirty days.
 */
export type RoomOption = { 
/**
 * What becomes of the source.
 */
change: Change, 
/**
 * Posts a week less.
 */
posts_a_week: number, 
/**
 * Minutes of reading a day less.
 */
minutes_a_day: number, 
/**
 * Nuggets and starred posts that would still have come: the first of them.
 */
keeps: Array<PostLine>, 
/**
 * The others of these.
 */
keeps_more: Array<PostId>, 
/**
 * Nuggets and starred posts that would have been missed: the first of them.
 */
misses: Array<PostLine>, 
/**
 * The others of these.
 */
misses_more: Array<PostId>, 
/**
 * Of the others missed, how many were read.
 */
read: number, 
/**
 * Of the others missed, how many were told first here and by others later.
 */
carried: number, };

/**
 * One source that changes.
 */
export type RoomStep = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * What the reader calls it.
 */
title: string, 
/**
 * How much of it comes now.
 */
mode: Mode, 
/**
 * Its posts a week now.
 */
posts_a_week: number, 
/**
 * What becomes of it, in this plan.
 */
change: Change, 
/**
 * Who told first most of what it tells, where that is most of it: what could be read in its place.
 */
instead: SourceName | null, 
/**
 * Every change that there is for it, that one included.
 */
options: Array<RoomOption>, };

/**
 * The cheapest plan that makes the room asked for.
 */
export type RoomView = { 
/**
 * The room asked for.
 */
goal: Goal, 
/**
 * Posts a week that come now.
 */
posts_a_week: number, 
/**
 * What reading them takes a day, in minutes.
 */
minutes_a_day: number, 
/**
 * Something came once, in these thirty days or before.
 */
begun: boolean, 
/**
 * The plan makes that room.
 */
reached: boolean, 
/**
 * The reader has read here for long enough to say what would be missed.
 */
known: boolean, 
/**
 * The plan, the cheapest for what it frees first.
 */
steps: Array<RoomStep>, 
/**
 * What would come next, for a larger goal.
 */
further: Array<RoomStep>, };

/**
 * Where a person stands in a file.
 */
export type RowView = { 
/**
 * Which row it is, for who parts it from the others.
 */
card: number, 
/**
 * The file.
 */
file: string, 
/**
 * The line, from 1.
 */
line: number, };

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
 * What it looks at.
 */
kind: Matter, 
/**
 * As it was typed; of a source, its number; of minutes, how many.
 */
name: string, 
/**
 * The folder that it is for, as its path, and those within; null: everywhere.
 */
folder: Array<string> | null, 
/**
 * Of what is to be filed, the folder that it goes into, as its path.
 */
into: Array<string> | null, 
/**
 * The last day that it holds; null: for ever.
 */
until: Day | null, };

/**
 * A rule of the reader's in this library.
 */
export type RuleId = number;

/**
 * What a rule would have spoken of, had it held.
 */
export type RulePreview = { 
/**
 * Posts of the last 30 days.
 */
posts_30d: number, 
/**
 * The newest of them.
 */
examples: Array<PostLine>, };

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
 * What it looks at.
 */
kind: Matter, 
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
 * The folder that it puts posts into; null where it puts them into none.
 */
into: Array<string> | null, 
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
posts_30d: number, 
/**
 * Posts that it starred and that are starred still, or that are in its folder.
 */
done: number, };

/**
 * HTML that went through the sanitiser. Only `normalise` makes it, and the library gives back what `normalise` made:
 * it goes out as JSON and never comes in.
 */
export type SafeHtml = string;

/**
 * A search that is kept.
 */
export type SavedSearch = { 
/**
 * Its row.
 */
id: SearchId, 
/**
 * What it is called.
 */
name: string, 
/**
 * As it was typed.
 */
words: string, 
/**
 * What it finds has a section of its own in digests.
 */
section: boolean, };

/**
 * Words to look for.
 */
export type SearchAsk = { 
/**
 * As they were typed.
 */
words: string, 
/**
 * Which of what is found stands first.
 */
sort?: Sort, 
/**
 * So many hits at most.
 */
limit: number, 
/**
 * After so many.
 */
offset: number, };

/**
 * A search that the reader kept.
 */
export type SearchId = number;

/**
 * Where a story stands in the digest, in reading order.
 */
export type Section = "nuggets" | "searched" | "covered" | "people" | "long" | "others";

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
x_bridge: string | null, 
/**
 * How fast the reader reads.
 */
words_per_minute: number, 
/**
 * The hour at which the day's digest is made, where the reader is; None: whenever it is first asked for.
 */
digest_at: Hour | null, 
/**
 * The window says so when it made the day's digest.
 */
notify: boolean, 
/**
 * The window asks each source when its time has come, without being asked to.
 */
by_itself: boolean, 
/**
 * How sources are asked.
 */
net: NetRules, 
/**
 * The pictures of the day's digest are fetched when it is made, and not only when they are looked at.
 */
pictures_ahead: boolean, };

/**
 * What becomes of all that a digest left out.
 */
export type SettleAsk = { 
/**
 * Which.
 */
digest: DigestId, 
/**
 * Let go, or put off.
 */
mark: MarkView, 
/**
 * Mark, or take back what was so marked last.
 */
on: boolean, };

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
 * A server to sign in to.
 */
export type SignInAsk = { 
/**
 * A server or an account on it, as a person types it.
 */
server: string, 
/**
 * The language of the page that the browser shows at the end: `fr`, `en`.
 */
language: string, };

/**
 * A signing in that has begun.
 */
export type SignInView = { 
/**
 * The server, as it is named to people.
 */
server: string, 
/**
 * The page where the reader says yes, which then comes back by itself; null where nothing can come back here.
 */
url: string | null, 
/**
 * The same page, which then shows a code to paste.
 */
copy_url: string, };

/**
 * What became of a signing out.
 */
export type SignOutReport = { 
/**
 * Which account.
 */
handle: string, 
/**
 * Its server knows that the leave it gave is over. Where it could not be told, its own settings end it.
 */
revoked: boolean, };

/**
 * Which of what was found stands first.
 */
export type Sort = "relevance" | "newest" | "oldest";

/**
 * A source, and what becomes of it.
 */
export type SourceChange = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * What.
 */
change: Change, };

/**
 * The last days of one source: what it brought, and what became of it.
 */
export type SourceDays = { 
/**
 * The first of these days; the last is today.
 */
from: Day, 
/**
 * Its posts of each day.
 */
days: Array<number>, 
/**
 * All of them.
 */
posts: number, 
/**
 * Posts opened in these days.
 */
opened: number, 
/**
 * Posts read in these days.
 */
read: number, 
/**
 * Of its posts, in percent; null without posts.
 */
read_share: number | null, 
/**
 * Posts starred.
 */
starred: number, 
/**
 * Nuggets that digests showed of it.
 */
nuggets: number, };

/**
 * A source in this library.
 */
export type SourceId = number;

/**
 * A source by name.
 */
export type SourceName = { 
/**
 * Its row.
 */
source: SourceId, 
/**
 * What the reader calls it.
 */
title: string, };

/**
 * What a source is in the trends: which tabs show it.
 */
export type SourceStanding = "active" | "relays" | "quiet" | "inactive";

/**
 * A source in the trends.
 */
export type SourceTrend = { 
/**
 * Its row.
 */
source: SourceId, 
/**
 * What the reader calls it.
 */
title: string, 
/**
 * Its folders, each a path.
 */
folders: Array<Array<string>>, 
/**
 * How much of it the reader wants.
 */
mode: Mode, 
/**
 * Which tab shows it.
 */
standing: SourceStanding, 
/**
 * It cannot be had, or is gone.
 */
broken: boolean, 
/**
 * Its posts of these days.
 */
posts: number, 
/**
 * Posts a day.
 */
a_day: number, 
/**
 * Posts on each of the last 30 days, oldest first.
 */
spark: Array<number>, 
/**
 * Posts opened.
 */
opened: number, 
/**
 * Of its posts, in percent; null without posts.
 */
opened_share: number | null, 
/**
 * Posts read.
 */
read: number, 
/**
 * Of its posts, in percent.
 */
read_share: number | null, 
/**
 * Posts starred.
 */
starred: number, 
/**
 * Nuggets that digests showed of it.
 */
nuggets: number, 
/**
 * Of a hundred posts.
 */
yields: number | null, 
/**
 * Posts that another source had told before.
 */
relays: number, 
/**
 * Of its posts, in percent.
 */
relay_share: number | null, 
/**
 * Who mostly told them first.
 */
first: SourceName | null, 
/**
 * What reading all of it takes a week, in minutes.
 */
minutes_a_week: number, 
/**
 * When it last published.
 */
last: Moment | null, 
/**
 * Hours between two of its posts, on average.
 */
interval_hours: number | null, };

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
 * The reader lifted its share of a digest.
 */
unlimited: boolean, 
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
icon: string | null, 
/**
 * Of a story that several tell, the reader wants its telling.
 */
preferred: boolean, 
/**
 * How much of it the reader wants.
 */
mode: Mode, };

/**
 * A source that mostly relays.
 */
export type Spare = { 
/**
 * Which.
 */
source: SourceName, 
/**
 * Its posts.
 */
posts: number, 
/**
 * Of these, told by it alone or by it first.
 */
own: number, 
/**
 * Nuggets that digests showed of it.
 */
nuggets: number, 
/**
 * Posts of it that were starred.
 */
starred: number, 
/**
 * Who told most of the others first.
 */
first: SourceName | null, };

/**
 * A paragraph of a text, and how much of it was read.
 */
export type SpotView = { 
/**
 * Which, from 0.
 */
block: number, 
/**
 * How much of it is above the edge, 0 to 1.
 */
part: number, 
/**
 * How many paragraphs the text had: the full text of a story has others than its feed's.
 */
of: number, };

/**
 * The steps of the search, each of which the reader switches on. Labels and what each sends to whom: `stage.<name>` in the
 * catalogue.
 */
export type Stage = "file" | "site" | "mail" | "webfinger" | "gravatar" | "search";

/**
 * A stage of the search.
 */
export type StageView = { 
/**
 * Which.
 */
stage: Stage, 
/**
 * The reader has switched it on.
 */
on: boolean, 
/**
 * People of whom it has something to ask.
 */
people: number, 
/**
 * Of these, found for sure by this stage before any other.
 */
found: number, 
/**
 * Of these, to be confirmed.
 */
unsure: number, 
/**
 * Questions that were asked.
 */
asked: number, 
/**
 * Questions that are still to be asked, as far as can be told before asking.
 */
due: number, 
/**
 * Requests that these take at most.
 */
requests: number, 
/**
 * The hosts that these go to, the most asked first, at most some; with how many there are in all.
 */
hosts: Array<string>, 
/**
 * How many hosts.
 */
hosts_in_all: number, };

/**
 * Whether a person can be followed.
 */
export type Standing = "found" | "unsure" | "missing";

/**
 * A story in this library.
 */
export type StoryId = number;

/**
 * A story, told.
 */
export type StoryView = { 
/**
 * The telling that stands for it.
 */
face: PostId, 
/**
 * Its tellings in time order, copies under what they are copies of.
 */
tellings: Array<TellingView>, 
/**
 * Of stories of days before that it goes on with, the one that stands for each, latest first.
 */
earlier: Array<PostLine>, 
/**
 * Of stories that go on with it, the one that stands for each, first first.
 */
later: Array<PostLine>, };

/**
 * A table as it would be read, for the reader to correct.
 */
export type TablePreview = { 
/**
 * The name of the dialect that reads it; `table` when it was guessed.
 */
dialect: string, 
/**
 * What the columns are called; empty where the table has no header.
 */
headers: Array<string>, 
/**
 * What each holds, as far as known or guessed.
 */
columns: Array<Column>, 
/**
 * The first rows.
 */
rows: Array<Array<string>>, 
/**
 * It was guessed by what stands in the cells: no known program wrote it, and its header does not say it all.
 */
guessed: boolean, };

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
 * One telling of a story.
 */
export type TellingView = { 
/**
 * The post.
 */
line: PostLine, 
/**
 * The same text elsewhere.
 */
also: Array<PostLine>, 
/**
 * A passage that says what neither the face nor any telling before does, new words between U+E000 and U+E001;
 * null for the face, and where it adds nothing worth a line.
 */
adds: string | null, 
/**
 * It came after the reader read the story, or else saw it in a digest, and adds something.
 */
is_new: boolean, };

/**
 * Two sources, and what is said of them.
 */
export type TieAsk = { 
/**
 * The one.
 */
one: SourceId, 
/**
 * The other.
 */
other: SourceId, 
/**
 * They are one person; they are not; null takes back what was said.
 */
together: boolean | null, };

/**
 * What a word on two sources did.
 */
export type TieReport = { 
/**
 * What was said of them before; null when nothing was.
 */
before: boolean | null, 
/**
 * They count as one person now.
 */
together: boolean, };

/**
 * What the reader said of two sources.
 */
export type TieView = { 
/**
 * The one that was followed first.
 */
one: PersonSource, 
/**
 * The other.
 */
other: PersonSource, 
/**
 * They are one person; else they are not.
 */
together: boolean, };

/**
 * What an account sees, to follow.
 */
export type TimelineView = { 
/**
 * Where it is followed.
 */
address: string, 
/**
 * The title of a list; null for the home timeline.
 */
name: string | null, 
/**
 * It is followed already.
 */
followed: boolean, };

/**
 * Topics of the library that changed: the states concerned ask again.
 */
export type Topic = "sources" | "posts" | "marks" | "digests" | "settings" | "wishes" | "contacts" | "searches";

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
 * The trends.
 */
export type TrendsView = { 
/**
 * How far back it looks.
 */
range: Range, 
/**
 * Its first day.
 */
from: Day, 
/**
 * Its last day: today.
 */
to: Day, 
/**
 * Sources followed.
 */
sources: number, 
/**
 * The first day on which something came or was read; null when nothing did yet.
 */
since: Day | null, 
/**
 * What there was.
 */
figures: Figures, 
/**
 * What there was in as many days before; null where the library does not go back so far.
 */
before: Figures | null, 
/**
 * What there was since the first day.
 */
ever: Figures, 
/**
 * The budget of a digest.
 */
budget: Budget, 
/**
 * The bars are months, and not days.
 */
by_month: boolean, 
/**
 * One a day or a month, oldest first.
 */
bars: Array<Bar>, 
/**
 * What a bar is made of by source: the loudest, then all others.
 */
bands: Array<Band>, 
/**
 * What a bar is made of by folder: the loudest, then all others.
 */
folders: Array<Band>, 
/**
 * By day of the week from Monday, then by hour.
 */
hours: Array<Array<HourCount>>, 
/**
 * One a source, the loudest first.
 */
rows: Array<SourceTrend>, };

/**
 * A search that is being typed.
 */
export type UnderstandAsk = { 
/**
 * As it is typed.
 */
words: string, 
/**
 * The language whose names of operators are offered: `fr`, else English. All are understood.
 */
language: string, };

/**
 * What was understood of a search.
 */
export type UnderstoodView = { 
/**
 * Its filters, in the order in which they were typed.
 */
filters: Array<FilterView>, 
/**
 * What was not understood, and what became of it.
 */
notes: Array<Phrase>, 
/**
 * How its last word may go on, best first.
 */
completions: Array<CompletionView>, };

/**
 * What taking an import back did.
 */
export type UndoneImport = { 
/**
 * Sources that are followed no more.
 */
sources: number, 
/**
 * Sources that are out of folders that the file had put them into.
 */
folders: number, 
/**
 * People who are gone.
 */
people: number, 
/**
 * Rows that are gone of people who stay.
 */
rows: number, 
/**
 * Sources that stay, as the reader has made them theirs since.
 */
kept: Array<KeptSource>, 
/**
 * People who stay, as the reader said something of them since.
 */
kept_people: Array<string>, 
/**
 * It was taken back before: nothing was done now.
 */
before: boolean, };

/**
 * Whether a source keeps to its share of a digest.
 */
export type UnlimitedAsk = { 
/**
 * Which.
 */
source: SourceId, 
/**
 * It does not.
 */
on: boolean, };

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
 * What was written of the whole library in open formats.
 */
export type WholeExport = { 
/**
 * The file.
 */
file: string, 
/**
 * Its bytes.
 */
bytes: number, 
/**
 * Rows of all tables.
 */
rows: number, };

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
export type Wish = "mute" | "like" | "dislike" | "always" | "notify" | "star" | "file";

/**
 * What takes long, says how far it is, and can be stopped by itself.
 */
export type Work = "refresh" | "visits" | "full_texts" | "circle" | "contacts" | "import";

/** Every command: what it is asked with, what it answers. */
export type Commands = {
    sources: [null, Array<SourceView>],
    rename: [RenameAsk, null],
    move_many: [Array<MoveAsk>, null],
    folder_order: [null, Array<Array<string>>],
    order_folders: [Array<Array<string>>, null],
    made_folders: [null, Array<Array<string>>],
    make_folders: [Array<Array<string>>, null],
    unfollow_many: [Array<SourceId>, null],
    follow_many_again: [Array<SourceId>, null],
    unfollow: [SourceId, null],
    follow_again: [SourceId, null],
    import: [ImportAsk, ImportReport],
    undo_import: [ImportId, UndoneImport],
    export: [null, string],
    add: [AddAsk, AddReport],
    look: [string, AddReport],
    circle: [string, CircleReport],
    circle_of_file: [string, CircleReport],
    follow_all: [FollowAllAsk, Array<SourceId>],
    export_accounts: [null, string],
    preview: [PreviewAsk, Preview],
    lists: [string, Array<ListOffer>],
    refresh: [RefreshAsk, RefreshReport],
    stop: [Work | null, null],
    today: [DigestAsk, DigestView],
    digest_of: [Day, DigestView],
    digest: [DigestId, DigestView],
    digests: [PageAsk, Array<DigestLineView>],
    left_out: [LeftOutAsk, Array<LeftOutView>],
    left_out_why: [DigestId, LeftOutSum],
    settle_left_out: [SettleAsk, MarkReport],
    cut: [CutAsk, CutView],
    posts_of: [PostsOfAsk, Array<PostLine>],
    unread: [PageAsk, Array<PostLine>],
    starred: [PageAsk, Array<PostLine>],
    search: [SearchAsk, Array<HitView>],
    understand: [UnderstandAsk, UnderstoodView],
    operators: [string, Array<OperatorView>],
    searches: [null, Array<SavedSearch>],
    keep_search: [KeepSearchAsk, SavedSearch],
    drop_search: [SearchId, null],
    post: [PostId, PostView],
    open_post: [PostId, PostView],
    full_text: [PostId, FullTextView],
    full_texts: [null, number],
    set_full_text: [FullTextAsk, null],
    prefer: [PreferAsk, null],
    set_unlimited: [UnlimitedAsk, null],
    mark: [MarkAsk, MarkReport],
    places: [null, Array<PlaceView>],
    keep_place: [PlaceView, null],
    erase_places: [null, null],
    story: [PostId, StoryView],
    why: [PairAsk, WhyView],
    together: [VerdictAsk, VerdictReport],
    apart: [VerdictAsk, VerdictReport],
    rules: [null, Array<RuleView>],
    try_rule: [RuleAsk, RulePreview],
    set_rule: [RuleAsk, RuleView],
    drop_rule: [RuleId, null],
    undo_rule: [RuleId, null],
    taste: [null, TasteView],
    remove_trait: [TraitAsk, null],
    forget_taste: [Moment | null, Moment | null],
    weights: [null, WeightsView],
    weigh: [{ [key in string]: number }, WeighReport],
    set_weights: [{ [key in string]: number }, null],
    lines: [Array<PostId>, Array<PostLine>],
    set_mode: [ModeAsk, Mode],
    trends: [Range, TrendsView],
    source_days: [SourceId, SourceDays],
    counted: [CountedAsk, Array<PostLine>],
    relays: [Range, RelaysView],
    rising: [null, RisingView],
    note_acts: [ActAsk, number],
    erase_trends: [null, number],
    room: [RoomAsk, RoomView],
    apply_room: [ApplyAsk, AppliedView],
    undo_room: [PlanId, AppliedView],
    room_notes: [null, Array<RoomNote>],
    room_told: [PlanId, null],
    settings: [null, Settings],
    change_settings: [Settings, null],
    accounts: [null, Array<AccountView>],
    sign_in: [SignInAsk, SignInView],
    signed_in: [null, AccountView],
    sign_in_code: [string, AccountView],
    sign_in_cancel: [null, null],
    sign_out: [string, SignOutReport],
    timelines: [string, Array<TimelineView>],
    people: [null, PeopleView],
    tie: [TieAsk, TieReport],
    log_in: [LoginAsk, null],
    log_out: [SourceId, null],
    contacts: [ContactsAsk, Array<ContactView>],
    contact: [ContactId, ContactView],
    contacts_import: [ContactsFileAsk, ContactsImport],
    contact_columns: [string, TablePreview],
    contacts_report: [FindAsk, ContactsReport],
    find_contacts: [FindAsk, ContactsReport],
    give_up_search: [null, null],
    follow_contacts: [FollowFoundAsk, FollowFound],
    not_contact: [NotAsk, ContactView],
    change_contact: [ChangeContactAsk, ContactView],
    remove_contacts: [RemoveContactsAsk, null],
    join_contacts: [JoinContactsAsk, ContactView],
    part_contact: [PartContactAsk, ContactView],
    forget_contacts: [null, null],
    sample_contacts: [null, ContactsImport],
    export_contacts: [null, string],
    export_found: [null, string],
    library: [null, LibraryView],
    look_at_backup: [string, BackupView],
    restore: [string, RestoreReport],
    copies: [null, Array<CopyView>],
    erase_copy: [string, null],
    erase_pictures: [null, null],
};
