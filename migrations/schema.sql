-- Written by a test from the migrations: read it, never edit it.

CREATE TABLE sources (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT    NOT NULL, -- the name of the entry of KINDS that recognised it
    locator       TEXT    NOT NULL, -- its canonical address
    feed          TEXT,             -- where its feed was found, when that is elsewhere
    title         TEXT,             -- its own; NULL until it was first read
    name          TEXT,             -- the reader's own, which wins
    site          TEXT,             -- its page for people
    added         INTEGER NOT NULL, -- moments are milliseconds since 1970-01-01T00:00:00Z
    unfollowed    INTEGER,          -- since when it is no longer followed; its posts, stars and marks stay
    etag          TEXT,
    last_modified TEXT,
    body_hash     INTEGER,
    every_minutes INTEGER,          -- how long it asked to be left alone when it was last read
    first_read    INTEGER,          -- its posts of that visit are its backlog
    visited       INTEGER,
    last_new      INTEGER,
    next_visit    INTEGER,
    hold_until    INTEGER,
    gone          INTEGER NOT NULL DEFAULT 0,
    failures      INTEGER NOT NULL DEFAULT 0,
    trouble       TEXT, moving_to TEXT, moving_since INTEGER, next_why TEXT, unreached INTEGER, full_text INTEGER NOT NULL DEFAULT 0, portrait TEXT, pages TEXT NOT NULL DEFAULT '[]', quiet INTEGER, login TEXT, icon TEXT, preferred INTEGER,             -- a Phrase in JSON
    UNIQUE (kind, locator)
) STRICT;

CREATE TABLE folders (
    id   INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE -- the names from the top, a JSON array
) STRICT;

CREATE TABLE source_folders (
    source INTEGER NOT NULL REFERENCES sources (id),
    place  INTEGER NOT NULL, -- the order in which it was put into them
    folder INTEGER NOT NULL REFERENCES folders (id),
    PRIMARY KEY (source, place),
    UNIQUE (source, folder)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_folders_of_folder ON source_folders (folder);

CREATE TABLE stories (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    opened INTEGER NOT NULL -- the post that opened it; that post may have been dropped since
, earlier INTEGER) STRICT;

CREATE TABLE posts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    source       INTEGER NOT NULL REFERENCES sources (id),
    key          TEXT    NOT NULL UNIQUE, -- the same on every device
    content_hash INTEGER NOT NULL,
    story        INTEGER REFERENCES stories (id), -- NULL until it was grouped
    published    INTEGER NOT NULL,
    arrived      INTEGER NOT NULL,
    backlog      INTEGER NOT NULL, -- it came with the first visit of its source: its arrival says nothing
    dated        INTEGER NOT NULL,
    edited       INTEGER,
    title        TEXT    NOT NULL,
    untitled     INTEGER NOT NULL,
    author       TEXT,
    link         TEXT,
    canonical    TEXT,
    page         INTEGER,          -- the hash of canonical, as in post_links
    language     TEXT,
    words        INTEGER NOT NULL,
    illustrated  INTEGER NOT NULL, -- it has pictures or other enclosures
    lead         TEXT    NOT NULL,
    tags         TEXT    NOT NULL, -- a JSON array
    enclosures   TEXT    NOT NULL  -- a JSON array
, boosted_by TEXT, portrait TEXT, copy_of INTEGER, news INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX posts_of_source ON posts (source, published, arrived);

CREATE INDEX posts_published ON posts (published, author);

CREATE INDEX posts_arrived   ON posts (arrived);

CREATE INDEX posts_of_story  ON posts (story, published);

CREATE TABLE bodies (
    post INTEGER PRIMARY KEY REFERENCES posts (id),
    html TEXT NOT NULL
, packed BLOB) STRICT;

CREATE TABLE post_identities (
    source INTEGER NOT NULL,
    hash   INTEGER NOT NULL,
    post   INTEGER,
    PRIMARY KEY (source, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_identities_of_post ON post_identities (post) WHERE post IS NOT NULL;

CREATE TABLE post_links (
    post   INTEGER NOT NULL,
    link   INTEGER NOT NULL, -- the hash of the canonical address
    source INTEGER NOT NULL, -- of the post
    PRIMARY KEY (post, link)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_links_to ON post_links (link, source);

CREATE TABLE story_keys (
    post INTEGER NOT NULL,
    key  INTEGER NOT NULL,
    at   INTEGER NOT NULL, -- when the post was published
    PRIMARY KEY (post, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX story_keys_by_key ON story_keys (key, at);

CREATE TABLE marks (
    post     INTEGER PRIMARY KEY,
    source   INTEGER NOT NULL,
    read     INTEGER, -- since when; NULL: not
    read_how TEXT,    -- opened, by_hand, in_bulk: different things in the trends
    starred  INTEGER,
    skipped  INTEGER,
    dropped  INTEGER NOT NULL DEFAULT 0 -- its post is no longer in the library
, relay INTEGER) STRICT;

CREATE INDEX marks_starred ON marks (starred, source) WHERE starred IS NOT NULL;

CREATE INDEX marks_chosen  ON marks (read, source) WHERE read IS NOT NULL AND read_how <> 'in_bulk';

CREATE TABLE events (
    id             TEXT PRIMARY KEY, -- UUID version 7: unique across devices, sorts by time
    at             INTEGER NOT NULL,
    offset_minutes INTEGER,          -- the reader's time zone, east of Greenwich, where it matters
    device         TEXT    NOT NULL,
    what           TEXT    NOT NULL, -- read, starred, skipped, follow, unfollow, rename, move, setting
    how            TEXT,             -- opened, by_hand, in_bulk
    source_kind    TEXT,
    source_locator TEXT,
    post_key       TEXT,
    value          TEXT    NOT NULL  -- JSON: what it is from now on
) STRICT, WITHOUT ROWID;

CREATE TABLE digests (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    day        TEXT    NOT NULL, -- where the reader was: 2026-11-23
    edition    INTEGER NOT NULL, -- 1 for the first of the day
    made       INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    seen       INTEGER NOT NULL, -- every post up to this id had its story when it was made
    budget     TEXT    NOT NULL, -- JSON
    seconds    INTEGER NOT NULL,
    candidates INTEGER NOT NULL,
    stories    INTEGER NOT NULL,
    nuggets    INTEGER NOT NULL,
    left_out   INTEGER NOT NULL,
    UNIQUE (day, edition)
) STRICT;

CREATE INDEX digests_made ON digests (made);

CREATE TABLE digest_entries (
    digest   INTEGER NOT NULL REFERENCES digests (id),
    place    INTEGER NOT NULL, -- in reading order
    story    INTEGER NOT NULL,
    face     INTEGER NOT NULL,
    source   INTEGER,          -- of the face
    nugget   INTEGER NOT NULL,
    snapshot TEXT    NOT NULL, -- JSON
    PRIMARY KEY (digest, place)
) STRICT;

CREATE INDEX digest_entries_of_story ON digest_entries (story, digest);

CREATE TABLE digest_posts (
    digest INTEGER NOT NULL,
    place  INTEGER NOT NULL, -- of the entry
    turn   INTEGER NOT NULL, -- in the entry, face first
    post   INTEGER NOT NULL,
    PRIMARY KEY (digest, place, turn)
) STRICT, WITHOUT ROWID;

CREATE TABLE digest_left_out (
    digest INTEGER NOT NULL REFERENCES digests (id),
    place  INTEGER NOT NULL, -- best first
    story  INTEGER NOT NULL,
    face   INTEGER NOT NULL,
    PRIMARY KEY (digest, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    id TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE post_words USING fts5 (
    title, body, author, tags,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE gists (
    post INTEGER PRIMARY KEY REFERENCES posts (id),
    gist BLOB NOT NULL
) STRICT;

CREATE TABLE story_words (
    word INTEGER NOT NULL,
    at   INTEGER NOT NULL, -- when the post was published
    post INTEGER NOT NULL,
    PRIMARY KEY (word, at, post)
) STRICT, WITHOUT ROWID;

CREATE INDEX story_words_of_post ON story_words (post);

CREATE TABLE word_counts (
    word    INTEGER PRIMARY KEY,
    stories INTEGER NOT NULL
) STRICT;

CREATE TABLE story_verdicts (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    one      INTEGER NOT NULL,
    other    INTEGER NOT NULL,
    together INTEGER NOT NULL, -- 1: they belong together; 0: they are not the same
    at       INTEGER NOT NULL,
    undone   INTEGER,          -- since when it no longer holds
    moved    TEXT    NOT NULL  -- JSON: [post, the story it was in, the story it went to] of each post that it moved
) STRICT;

CREATE INDEX story_verdicts_of ON story_verdicts (one, other);

CREATE TABLE full_texts (
    post   INTEGER PRIMARY KEY,
    words  INTEGER NOT NULL,
    at     INTEGER NOT NULL, -- when it was fetched
    html   TEXT    NOT NULL, -- as in bodies: empty when it is packed
    packed BLOB
) STRICT;

CREATE INDEX full_texts_at ON full_texts (at);

CREATE TABLE short_links (
    short  TEXT    PRIMARY KEY, -- canonical addresses
    target TEXT,
    asked  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX stories_after ON stories (earlier) WHERE earlier IS NOT NULL;

CREATE INDEX marks_settled ON marks (source)
WHERE dropped = 0 AND (read IS NOT NULL OR skipped IS NOT NULL OR relay IS NOT NULL);
