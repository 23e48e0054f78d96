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
    trouble       TEXT, moving_to TEXT, moving_since INTEGER, next_why TEXT, unreached INTEGER, full_text INTEGER NOT NULL DEFAULT 0, portrait TEXT, pages TEXT NOT NULL DEFAULT '[]', quiet INTEGER, login TEXT, icon TEXT, preferred INTEGER, unlimited INTEGER NOT NULL DEFAULT 0, mode TEXT,             -- a Phrase in JSON
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
, earlier INTEGER, read INTEGER, skipped INTEGER) STRICT;

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
, relay INTEGER, put_off INTEGER, skipped_how TEXT, finished INTEGER, shared INTEGER, starred_how TEXT, starred_rule INTEGER) STRICT;

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
    left_out   INTEGER NOT NULL, away INTEGER NOT NULL DEFAULT 0, posts INTEGER NOT NULL DEFAULT 0, opened INTEGER, muted INTEGER NOT NULL DEFAULT 0,
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
    face   INTEGER NOT NULL, why TEXT,
    PRIMARY KEY (digest, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    id TEXT NOT NULL
) STRICT;

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
, one_key TEXT, other_key TEXT, changed TEXT NOT NULL DEFAULT '{}') STRICT;

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

CREATE TABLE accounts (
    server   TEXT    NOT NULL, -- scheme, host and port
    user     TEXT    NOT NULL, -- its name there
    name     TEXT    NOT NULL, -- the name that it shows
    portrait TEXT,
    since    INTEGER NOT NULL, -- signed in
    PRIMARY KEY (server, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_verdicts (
    one      INTEGER NOT NULL REFERENCES sources (id), -- the one that was followed first
    other    INTEGER NOT NULL REFERENCES sources (id),
    together INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX stories_after ON stories (earlier) WHERE earlier IS NOT NULL;

CREATE INDEX marks_settled ON marks (source)
WHERE dropped = 0 AND (read IS NOT NULL OR skipped IS NOT NULL OR relay IS NOT NULL);

CREATE TABLE taste_removed (
    kind TEXT    NOT NULL,
    name TEXT    NOT NULL, -- as it is compared
    at   INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX marks_put_off ON marks (put_off) WHERE put_off IS NOT NULL;

CREATE TABLE contacts (
    id           INTEGER PRIMARY KEY,
    name         TEXT,             -- the reader's own
    organisation TEXT,             -- the reader's own
    struck       TEXT    NOT NULL DEFAULT '[]', -- a JSON array of addresses
    added        INTEGER NOT NULL,
    removed      INTEGER           -- when the reader took them off the list
) STRICT;

CREATE TABLE contact_cards (
    id      INTEGER PRIMARY KEY,
    contact INTEGER NOT NULL REFERENCES contacts (id),
    file    TEXT    NOT NULL,
    line    INTEGER NOT NULL,
    card    TEXT    NOT NULL,        -- JSON
    hash    INTEGER NOT NULL UNIQUE  -- of what it says, without its line
) STRICT;

CREATE INDEX contact_cards_contact ON contact_cards (contact);

CREATE TABLE contact_answers (
    question TEXT    PRIMARY KEY,
    asked    INTEGER NOT NULL,
    again    INTEGER NOT NULL,
    answer   TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_verdicts (
    contact INTEGER NOT NULL REFERENCES contacts (id),
    kind    TEXT    NOT NULL,
    place   TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (contact, kind, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE zones (
    since          INTEGER PRIMARY KEY, -- from this moment on
    offset_minutes INTEGER NOT NULL     -- so far east of Greenwich
) STRICT;

CREATE TABLE trend_days (
    day       INTEGER NOT NULL,
    source    INTEGER NOT NULL,
    published INTEGER NOT NULL DEFAULT 0, -- posts of that date; a date that was made up for a backlog is none
    seconds   INTEGER NOT NULL DEFAULT 0, -- what reading these takes
    backlog   INTEGER NOT NULL DEFAULT 0, -- of these, those that came with a first visit
    arrived   INTEGER NOT NULL DEFAULT 0, -- posts that came on that day, without backlogs
    digested  INTEGER NOT NULL DEFAULT 0, -- faces in the digests of that day
    nuggets   INTEGER NOT NULL DEFAULT 0, -- of these, shown as nuggets
    opened    INTEGER NOT NULL DEFAULT 0, -- what the reader did and did not take back
    finished  INTEGER NOT NULL DEFAULT 0,
    by_hand   INTEGER NOT NULL DEFAULT 0,
    in_bulk   INTEGER NOT NULL DEFAULT 0,
    skimmed   INTEGER NOT NULL DEFAULT 0,
    skipped   INTEGER NOT NULL DEFAULT 0,
    starred   INTEGER NOT NULL DEFAULT 0,
    shared    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE trend_months (
    month     INTEGER NOT NULL,
    source    INTEGER NOT NULL,
    published INTEGER NOT NULL, seconds INTEGER NOT NULL, backlog INTEGER NOT NULL, arrived INTEGER NOT NULL,
    digested  INTEGER NOT NULL, nuggets INTEGER NOT NULL, opened  INTEGER NOT NULL, finished INTEGER NOT NULL,
    by_hand   INTEGER NOT NULL, in_bulk INTEGER NOT NULL, skimmed INTEGER NOT NULL, skipped INTEGER NOT NULL,
    starred   INTEGER NOT NULL, shared  INTEGER NOT NULL,
    PRIMARY KEY (month, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE trend_hours (
    day     INTEGER NOT NULL,
    hour    INTEGER NOT NULL, -- 0 to 23
    arrived INTEGER NOT NULL DEFAULT 0,
    read    INTEGER NOT NULL DEFAULT 0, -- opened, or marked read by hand
    PRIMARY KEY (day, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE relays (
    post         INTEGER PRIMARY KEY,
    source       INTEGER NOT NULL,
    published    INTEGER NOT NULL,
    first        INTEGER NOT NULL, -- the post that told it first
    first_source INTEGER NOT NULL,
    after        INTEGER NOT NULL  -- milliseconds between the two
) STRICT;

CREATE INDEX relays_published ON relays (published, source, first_source, after);

CREATE INDEX events_of_post ON events (post_key, what, value, id) WHERE post_key IS NOT NULL;

CREATE TABLE room_plans (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    made   INTEGER NOT NULL,
    plan   TEXT    NOT NULL, -- JSON: what each source was, what it became, what that was to free
    undone INTEGER,          -- since when it no longer holds
    told   INTEGER           -- when the reader was told what came of it
, noted INTEGER NOT NULL DEFAULT 1, came TEXT) STRICT;

CREATE TRIGGER trend_month AFTER INSERT ON trend_days BEGIN
    INSERT INTO trend_months VALUES (
        CAST(strftime('%Y%m', NEW.day * 86400, 'unixepoch') AS INTEGER), NEW.source, NEW.published, NEW.seconds, NEW.backlog,
        NEW.arrived, NEW.digested, NEW.nuggets, NEW.opened, NEW.finished, NEW.by_hand, NEW.in_bulk, NEW.skimmed, NEW.skipped,
        NEW.starred, NEW.shared)
    ON CONFLICT (month, source) DO UPDATE SET
        published = published + excluded.published, seconds = seconds + excluded.seconds, backlog = backlog + excluded.backlog,
        arrived = arrived + excluded.arrived, digested = digested + excluded.digested, nuggets = nuggets + excluded.nuggets,
        opened = opened + excluded.opened, finished = finished + excluded.finished, by_hand = by_hand + excluded.by_hand,
        in_bulk = in_bulk + excluded.in_bulk, skimmed = skimmed + excluded.skimmed, skipped = skipped + excluded.skipped,
        starred = starred + excluded.starred, shared = shared + excluded.shared;
END;

CREATE TRIGGER trend_month_changed AFTER UPDATE ON trend_days BEGIN
    UPDATE trend_months SET
        published = published + NEW.published - OLD.published, seconds = seconds + NEW.seconds - OLD.seconds,
        backlog = backlog + NEW.backlog - OLD.backlog, arrived = arrived + NEW.arrived - OLD.arrived,
        digested = digested + NEW.digested - OLD.digested, nuggets = nuggets + NEW.nuggets - OLD.nuggets,
        opened = opened + NEW.opened - OLD.opened, finished = finished + NEW.finished - OLD.finished,
        by_hand = by_hand + NEW.by_hand - OLD.by_hand, in_bulk = in_bulk + NEW.in_bulk - OLD.in_bulk,
        skimmed = skimmed + NEW.skimmed - OLD.skimmed, skipped = skipped + NEW.skipped - OLD.skipped,
        starred = starred + NEW.starred - OLD.starred, shared = shared + NEW.shared - OLD.shared
    WHERE month = CAST(strftime('%Y%m', NEW.day * 86400, 'unixepoch') AS INTEGER) AND source = NEW.source;
END;

CREATE TRIGGER trend_arrived AFTER INSERT ON posts WHEN NOT NEW.backlog BEGIN
    INSERT INTO trend_days (day, source, arrived)
    VALUES (max(0, NEW.arrived + coalesce((SELECT offset_minutes FROM zones WHERE since <= NEW.arrived
                                           ORDER BY since DESC LIMIT 1), 0) * 60000) / 86400000, NEW.source, 1)
    ON CONFLICT (day, source) DO UPDATE SET arrived = arrived + 1;
    INSERT INTO trend_hours (day, hour, arrived)
    SELECT local / 86400000, local / 3600000 % 24, 1
    FROM (SELECT max(0, NEW.arrived + coalesce((SELECT offset_minutes FROM zones WHERE since <= NEW.arrived
                                                ORDER BY since DESC LIMIT 1), 0) * 60000) AS local)
    WHERE true
    ON CONFLICT (day, hour) DO UPDATE SET arrived = arrived + 1;
END;

CREATE TRIGGER relays_joined AFTER UPDATE OF story ON posts
WHEN OLD.story IS NULL AND NEW.story IS NOT NULL
 AND NEW.id <> (SELECT id FROM posts WHERE story = NEW.story ORDER BY published, id LIMIT 1)
BEGIN
    INSERT OR REPLACE INTO relays
    SELECT NEW.id, NEW.source, NEW.published, first.id, first.source, NEW.published - first.published
    FROM posts AS first
    WHERE first.id = (SELECT id FROM posts WHERE story = NEW.story ORDER BY published, id LIMIT 1)
      AND first.source <> NEW.source;
END;

CREATE TRIGGER relays_moved AFTER UPDATE OF story ON posts
WHEN NEW.story IS NOT OLD.story
 AND (OLD.story IS NOT NULL OR EXISTS (SELECT 1 FROM posts WHERE story = NEW.story LIMIT 1 OFFSET 1))
 AND (OLD.story IS NOT NULL OR NEW.id = (SELECT id FROM posts WHERE story = NEW.story ORDER BY published, id LIMIT 1))
BEGIN
    DELETE FROM relays WHERE post IN (SELECT id FROM posts WHERE story IN (OLD.story, NEW.story));
    INSERT INTO relays
    SELECT told.id, told.source, told.published, first.id, first.source, told.published - first.published
    FROM posts AS told JOIN posts AS first
      ON first.id = (SELECT id FROM posts WHERE story = told.story ORDER BY published, id LIMIT 1)
    WHERE told.story IN (OLD.story, NEW.story) AND first.source <> told.source;
END;

CREATE TABLE reading_pace (
    id               INTEGER PRIMARY KEY CHECK (id = 1),
    words_per_minute INTEGER NOT NULL
) STRICT;

CREATE TRIGGER trend_published AFTER INSERT ON posts WHEN NEW.dated OR NOT NEW.backlog BEGIN
    INSERT INTO trend_days (day, source, published, seconds, backlog)
    SELECT max(0, NEW.published + coalesce((SELECT offset_minutes FROM zones WHERE since <= NEW.published
                                            ORDER BY since DESC LIMIT 1), 0) * 60000) / 86400000,
           NEW.source, 1,
           max(10, (NEW.words * 60 + words_per_minute - 1) / words_per_minute)
           + CASE WHEN NEW.enclosures = '[]' THEN 0 ELSE coalesce((
                 SELECT max(json_extract(value, '$.seconds')) FROM json_each(NEW.enclosures)
                 WHERE json_extract(value, '$.media_type') LIKE 'audio/%'
                    OR json_extract(value, '$.media_type') LIKE 'video/%'), 0) END,
           NEW.backlog <> 0
    FROM reading_pace WHERE true
    ON CONFLICT (day, source) DO UPDATE SET
        published = published + 1, seconds = seconds + excluded.seconds, backlog = backlog + excluded.backlog;
END;

CREATE TRIGGER trend_lengthened AFTER UPDATE OF words, enclosures ON posts
WHEN (NEW.words <> OLD.words OR NEW.enclosures <> OLD.enclosures) AND (NEW.dated OR NOT NEW.backlog) BEGIN
    UPDATE trend_days
    SET seconds = seconds
        + (SELECT max(10, (NEW.words * 60 + words_per_minute - 1) / words_per_minute)
                  - max(10, (OLD.words * 60 + words_per_minute - 1) / words_per_minute) FROM reading_pace)
        + CASE WHEN NEW.enclosures = '[]' THEN 0 ELSE coalesce((
              SELECT max(json_extract(value, '$.seconds')) FROM json_each(NEW.enclosures)
              WHERE json_extract(value, '$.media_type') LIKE 'audio/%'
                 OR json_extract(value, '$.media_type') LIKE 'video/%'), 0) END
        - CASE WHEN OLD.enclosures = '[]' THEN 0 ELSE coalesce((
              SELECT max(json_extract(value, '$.seconds')) FROM json_each(OLD.enclosures)
              WHERE json_extract(value, '$.media_type') LIKE 'audio/%'
                 OR json_extract(value, '$.media_type') LIKE 'video/%'), 0) END
    WHERE source = NEW.source
      AND day = max(0, NEW.published + coalesce((SELECT offset_minutes FROM zones WHERE since <= NEW.published
                                                 ORDER BY since DESC LIMIT 1), 0) * 60000) / 86400000;
END;

CREATE INDEX trend_days_acted ON trend_days (day, source, nuggets, opened, finished, by_hand, starred)
WHERE nuggets OR opened OR finished OR by_hand OR starred;

CREATE INDEX trend_months_acted ON trend_months (month, source, nuggets, opened, finished, by_hand, starred)
WHERE nuggets OR opened OR finished OR by_hand OR starred;

CREATE TABLE trend_totals (
    day          INTEGER PRIMARY KEY,
    published    INTEGER NOT NULL DEFAULT 0, seconds INTEGER NOT NULL DEFAULT 0, backlog INTEGER NOT NULL DEFAULT 0,
    arrived      INTEGER NOT NULL DEFAULT 0, digested INTEGER NOT NULL DEFAULT 0, nuggets INTEGER NOT NULL DEFAULT 0,
    opened       INTEGER NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0, by_hand INTEGER NOT NULL DEFAULT 0,
    in_bulk      INTEGER NOT NULL DEFAULT 0, skimmed INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0,
    starred      INTEGER NOT NULL DEFAULT 0, shared INTEGER NOT NULL DEFAULT 0,
    read_seconds INTEGER NOT NULL DEFAULT 0 -- what reading the opened took, as it was then: of readings
) STRICT;

CREATE TRIGGER trend_total AFTER INSERT ON trend_days BEGIN
    INSERT INTO trend_totals VALUES (
        NEW.day, NEW.published, NEW.seconds, NEW.backlog, NEW.arrived, NEW.digested, NEW.nuggets, NEW.opened, NEW.finished,
        NEW.by_hand, NEW.in_bulk, NEW.skimmed, NEW.skipped, NEW.starred, NEW.shared, 0)
    ON CONFLICT (day) DO UPDATE SET
        published = published + excluded.published, seconds = seconds + excluded.seconds, backlog = backlog + excluded.backlog,
        arrived = arrived + excluded.arrived, digested = digested + excluded.digested, nuggets = nuggets + excluded.nuggets,
        opened = opened + excluded.opened, finished = finished + excluded.finished, by_hand = by_hand + excluded.by_hand,
        in_bulk = in_bulk + excluded.in_bulk, skimmed = skimmed + excluded.skimmed, skipped = skipped + excluded.skipped,
        starred = starred + excluded.starred, shared = shared + excluded.shared;
END;

CREATE TRIGGER trend_total_changed AFTER UPDATE ON trend_days BEGIN
    UPDATE trend_totals SET
        published = published + NEW.published - OLD.published, seconds = seconds + NEW.seconds - OLD.seconds,
        backlog = backlog + NEW.backlog - OLD.backlog, arrived = arrived + NEW.arrived - OLD.arrived,
        digested = digested + NEW.digested - OLD.digested, nuggets = nuggets + NEW.nuggets - OLD.nuggets,
        opened = opened + NEW.opened - OLD.opened, finished = finished + NEW.finished - OLD.finished,
        by_hand = by_hand + NEW.by_hand - OLD.by_hand, in_bulk = in_bulk + NEW.in_bulk - OLD.in_bulk,
        skimmed = skimmed + NEW.skimmed - OLD.skimmed, skipped = skipped + NEW.skipped - OLD.skipped,
        starred = starred + NEW.starred - OLD.starred, shared = shared + NEW.shared - OLD.shared
    WHERE day = NEW.day;
END;

CREATE TABLE readings (
    event   TEXT    PRIMARY KEY,
    day     INTEGER NOT NULL, -- where the reader was
    seconds INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER reading_kept AFTER INSERT ON readings BEGIN
    INSERT INTO trend_totals (day, read_seconds) VALUES (NEW.day, NEW.seconds)
    ON CONFLICT (day) DO UPDATE SET read_seconds = read_seconds + excluded.read_seconds;
END;

CREATE TRIGGER reading_gone AFTER DELETE ON readings BEGIN
    UPDATE trend_totals SET read_seconds = read_seconds - OLD.seconds WHERE day = OLD.day;
END;

CREATE TRIGGER reading_begun AFTER INSERT ON events
WHEN NEW.post_key IS NOT NULL AND NEW.value = 'true' AND NEW.what = 'read' AND NEW.how IN ('opened', 'by_hand')
 AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = 'read'
                                                AND back.value = 'false' AND back.id > NEW.id)
BEGIN
    INSERT INTO readings
    SELECT NEW.id, max(0, NEW.at + coalesce(NEW.offset_minutes, 0) * 60000) / 86400000,
           max(10, (words * 60 + words_per_minute - 1) / words_per_minute)
           + CASE WHEN enclosures = '[]' THEN 0 ELSE coalesce((
                 SELECT max(json_extract(value, '$.seconds')) FROM json_each(enclosures)
                 WHERE json_extract(value, '$.media_type') LIKE 'audio/%'
                    OR json_extract(value, '$.media_type') LIKE 'video/%'), 0) END
    FROM posts, reading_pace WHERE key = NEW.post_key;
END;

CREATE TRIGGER reading_taken_back AFTER INSERT ON events
WHEN NEW.post_key IS NOT NULL AND NEW.value = 'false' AND NEW.what = 'read'
BEGIN
    DELETE FROM readings WHERE event IN (
        SELECT id FROM events
        WHERE post_key = NEW.post_key AND what = 'read' AND value = 'true' AND id < NEW.id);
END;

CREATE TABLE relay_months (
    month        INTEGER NOT NULL,
    source       INTEGER NOT NULL,
    first_source INTEGER NOT NULL,
    posts        INTEGER NOT NULL,
    PRIMARY KEY (month, source, first_source)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER relay_replaced BEFORE INSERT ON relays BEGIN
    DELETE FROM relays WHERE post = NEW.post;
END;

CREATE TRIGGER relay_counted AFTER INSERT ON relays BEGIN
    INSERT INTO relay_months VALUES (
        coalesce(CAST(strftime('%Y%m', NEW.published / 1000, 'unixepoch') AS INTEGER), 0), NEW.source, NEW.first_source, 1)
    ON CONFLICT (month, source, first_source) DO UPDATE SET posts = posts + 1;
END;

CREATE TRIGGER relay_gone AFTER DELETE ON relays BEGIN
    UPDATE relay_months SET posts = posts - 1
    WHERE month = coalesce(CAST(strftime('%Y%m', OLD.published / 1000, 'unixepoch') AS INTEGER), 0)
      AND source = OLD.source AND first_source = OLD.first_source;
END;

CREATE INDEX story_verdicts_of_other ON story_verdicts (other, one);

CREATE INDEX story_verdicts_of_key ON story_verdicts (one_key);

CREATE INDEX story_verdicts_of_other_key ON story_verdicts (other_key);

CREATE TABLE freed (
    post INTEGER PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT;

CREATE TABLE unrelated (
    post   INTEGER PRIMARY KEY,
    edited INTEGER NOT NULL -- 1: it was compared before, when it said something else
) STRICT;

CREATE TRIGGER trend_digested AFTER INSERT ON digest_entries WHEN NEW.source IS NOT NULL BEGIN
    INSERT INTO trend_days (day, source, digested, nuggets)
    SELECT coalesce(unixepoch(digests.day) / 86400, 0), NEW.source,
           NOT EXISTS (SELECT 1 FROM digest_entries AS other JOIN digests AS edition ON edition.id = other.digest
                       WHERE other.story = NEW.story AND other.face = NEW.face AND edition.day = digests.day
                         AND edition.opened IS NOT NULL AND (other.digest <> NEW.digest OR other.place <> NEW.place)),
           NEW.nugget AND NOT EXISTS (SELECT 1 FROM digest_entries AS other JOIN digests AS edition ON edition.id = other.digest
                       WHERE other.story = NEW.story AND other.face = NEW.face AND edition.day = digests.day AND other.nugget
                         AND edition.opened IS NOT NULL AND (other.digest <> NEW.digest OR other.place <> NEW.place))
    FROM digests WHERE digests.id = NEW.digest AND digests.opened IS NOT NULL
    ON CONFLICT (day, source) DO UPDATE SET digested = digested + excluded.digested, nuggets = nuggets + excluded.nuggets;
END;

CREATE TRIGGER trend_seen AFTER UPDATE OF opened ON digests WHEN OLD.opened IS NULL AND NEW.opened IS NOT NULL BEGIN
    INSERT INTO trend_days (day, source, digested, nuggets)
    SELECT coalesce(unixepoch(NEW.day) / 86400, 0), source, sum(NOT shown), sum(nugget AND NOT shown_as_nugget)
    FROM (SELECT max(entries.source) AS source, max(entries.nugget) AS nugget,
                 EXISTS (SELECT 1 FROM digest_entries AS other JOIN digests AS edition ON edition.id = other.digest
                         WHERE other.story = entries.story AND other.face = entries.face AND edition.day = NEW.day
                           AND edition.opened IS NOT NULL AND edition.id <> NEW.id) AS shown,
                 EXISTS (SELECT 1 FROM digest_entries AS other JOIN digests AS edition ON edition.id = other.digest
                         WHERE other.story = entries.story AND other.face = entries.face AND edition.day = NEW.day
                           AND edition.opened IS NOT NULL AND edition.id <> NEW.id AND other.nugget) AS shown_as_nugget
          FROM digest_entries AS entries WHERE entries.digest = NEW.id AND entries.source IS NOT NULL
          GROUP BY entries.story, entries.face)
    WHERE true
    GROUP BY source
    HAVING sum(NOT shown) OR sum(nugget AND NOT shown_as_nugget)
    ON CONFLICT (day, source) DO UPDATE SET digested = digested + excluded.digested, nuggets = nuggets + excluded.nuggets;
END;

CREATE TABLE searches (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT    NOT NULL,
    words   TEXT    NOT NULL, -- as they were typed, operators and all
    section INTEGER NOT NULL, -- 1: what it finds has a section of its own in digests
    made    INTEGER NOT NULL
) STRICT;

CREATE INDEX digest_nuggets ON digest_entries (face) WHERE nugget = 1;

CREATE TABLE contacts_turn (turn INTEGER NOT NULL) STRICT;

CREATE TRIGGER contacts_turn_person_new AFTER INSERT ON contacts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_person_other AFTER UPDATE ON contacts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_person_gone AFTER DELETE ON contacts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_card_new AFTER INSERT ON contact_cards BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_card_other AFTER UPDATE ON contact_cards BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_card_gone AFTER DELETE ON contact_cards BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_verdict_new AFTER INSERT ON contact_verdicts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_verdict_gone AFTER DELETE ON contact_verdicts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_answer_new AFTER INSERT ON contact_answers BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_answer_other AFTER UPDATE ON contact_answers BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_answer_gone AFTER DELETE ON contact_answers BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER trend_acted AFTER INSERT ON events
WHEN NEW.post_key IS NOT NULL AND NEW.value = 'true'
 AND NEW.what IN ('read', 'finished', 'skimmed', 'skipped', 'starred', 'shared')
 AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = NEW.what
                                                AND back.value = 'false' AND back.id > NEW.id)
BEGIN
    INSERT INTO trend_days (day, source, opened, finished, by_hand, in_bulk, skimmed, skipped, starred, shared)
    SELECT max(0, NEW.at + coalesce(NEW.offset_minutes, 0) * 60000) / 86400000, id,
           NEW.what = 'read' AND NEW.how IS 'opened', NEW.what = 'finished',
           NEW.what = 'read' AND NEW.how IS 'by_hand' AND NOT EXISTS (
               SELECT 1 FROM events AS ended
               WHERE ended.post_key = NEW.post_key AND ended.what = 'finished' AND ended.value = 'true'
                 AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = 'finished'
                                                                AND back.value = 'false' AND back.id > ended.id)),
           NEW.what = 'read' AND NEW.how IS 'in_bulk', NEW.what = 'skimmed', NEW.what = 'skipped', NEW.what = 'starred',
           NEW.what = 'shared'
    FROM sources WHERE kind = NEW.source_kind AND locator = NEW.source_locator
    ON CONFLICT (day, source) DO UPDATE SET
        opened = opened + excluded.opened, finished = finished + excluded.finished, by_hand = by_hand + excluded.by_hand,
        in_bulk = in_bulk + excluded.in_bulk, skimmed = skimmed + excluded.skimmed, skipped = skipped + excluded.skipped,
        starred = starred + excluded.starred, shared = shared + excluded.shared;
    INSERT INTO trend_hours (day, hour, read)
    SELECT max(0, NEW.at + coalesce(NEW.offset_minutes, 0) * 60000) / 86400000,
           max(0, NEW.at + coalesce(NEW.offset_minutes, 0) * 60000) / 3600000 % 24, 1
    FROM sources
    WHERE kind = NEW.source_kind AND locator = NEW.source_locator AND NEW.what = 'read' AND NEW.how IN ('opened', 'by_hand')
    ON CONFLICT (day, hour) DO UPDATE SET read = read + 1;
END;

CREATE TRIGGER trend_taken_back AFTER INSERT ON events
WHEN NEW.post_key IS NOT NULL AND NEW.value = 'false' AND NEW.what IN ('read', 'finished', 'skipped', 'starred')
BEGIN
    INSERT INTO trend_days (day, source, opened, finished, by_hand, in_bulk, skipped, starred)
    SELECT max(0, done.at + coalesce(done.offset_minutes, 0) * 60000) / 86400000, sources.id,
           -sum(done.what = 'read' AND done.how IS 'opened'), -sum(done.what = 'finished'),
           -sum(done.what = 'read' AND done.how IS 'by_hand' AND NOT EXISTS (
               SELECT 1 FROM events AS ended
               WHERE ended.post_key = NEW.post_key AND ended.what = 'finished' AND ended.value = 'true'
                 AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = 'finished'
                                                                AND back.value = 'false' AND back.id > ended.id))),
           -sum(done.what = 'read' AND done.how IS 'in_bulk'), -sum(done.what = 'skipped'), -sum(done.what = 'starred')
    FROM events AS done JOIN sources ON sources.kind = done.source_kind AND sources.locator = done.source_locator
    WHERE done.post_key = NEW.post_key AND done.what = NEW.what AND done.value = 'true' AND done.id < NEW.id
      AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = NEW.what
                                                     AND back.value = 'false' AND back.id > done.id AND back.id <> NEW.id)
    GROUP BY 1, 2
    ON CONFLICT (day, source) DO UPDATE SET
        opened = opened + excluded.opened, finished = finished + excluded.finished, by_hand = by_hand + excluded.by_hand,
        in_bulk = in_bulk + excluded.in_bulk, skipped = skipped + excluded.skipped, starred = starred + excluded.starred;
    INSERT INTO trend_hours (day, hour, read)
    SELECT max(0, done.at + coalesce(done.offset_minutes, 0) * 60000) / 86400000,
           max(0, done.at + coalesce(done.offset_minutes, 0) * 60000) / 3600000 % 24, -count(*)
    FROM events AS done JOIN sources ON sources.kind = done.source_kind AND sources.locator = done.source_locator
    WHERE done.post_key = NEW.post_key AND done.what = NEW.what AND done.value = 'true' AND done.id < NEW.id
      AND done.what = 'read' AND done.how IN ('opened', 'by_hand')
      AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = NEW.what
                                                     AND back.value = 'false' AND back.id > done.id AND back.id <> NEW.id)
    GROUP BY 1, 2
    ON CONFLICT (day, hour) DO UPDATE SET read = read + excluded.read;
END;

CREATE TRIGGER trend_ended AFTER INSERT ON events
WHEN NEW.post_key IS NOT NULL AND NEW.value = 'true' AND NEW.what = 'finished'
 AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = 'finished'
                                                AND back.value = 'false' AND back.id > NEW.id)
 AND NOT EXISTS (
    SELECT 1 FROM events AS ended
    WHERE ended.post_key = NEW.post_key AND ended.what = 'finished' AND ended.value = 'true' AND ended.id <> NEW.id
      AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = 'finished'
                                                     AND back.value = 'false' AND back.id > ended.id))
BEGIN
    INSERT INTO trend_days (day, source, by_hand)
    SELECT max(0, done.at + coalesce(done.offset_minutes, 0) * 60000) / 86400000, sources.id, -count(*)
    FROM events AS done JOIN sources ON sources.kind = done.source_kind AND sources.locator = done.source_locator
    WHERE done.post_key = NEW.post_key AND done.what = 'read' AND done.how = 'by_hand' AND done.value = 'true'
      AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = 'read'
                                                     AND back.value = 'false' AND back.id > done.id)
    GROUP BY 1, 2
    ON CONFLICT (day, source) DO UPDATE SET by_hand = by_hand + excluded.by_hand;
END;

CREATE TRIGGER trend_end_taken_back AFTER INSERT ON events
WHEN NEW.post_key IS NOT NULL AND NEW.value = 'false' AND NEW.what = 'finished'
 AND EXISTS (
    SELECT 1 FROM events AS ended
    WHERE ended.post_key = NEW.post_key AND ended.what = 'finished' AND ended.value = 'true' AND ended.id < NEW.id
      AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = 'finished'
                                                     AND back.value = 'false' AND back.id > ended.id AND back.id <> NEW.id))
 AND NOT EXISTS (
    SELECT 1 FROM events AS ended
    WHERE ended.post_key = NEW.post_key AND ended.what = 'finished' AND ended.value = 'true'
      AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = 'finished'
                                                     AND back.value = 'false' AND back.id > ended.id))
BEGIN
    INSERT INTO trend_days (day, source, by_hand)
    SELECT max(0, done.at + coalesce(done.offset_minutes, 0) * 60000) / 86400000, sources.id, count(*)
    FROM events AS done JOIN sources ON sources.kind = done.source_kind AND sources.locator = done.source_locator
    WHERE done.post_key = NEW.post_key AND done.what = 'read' AND done.how = 'by_hand' AND done.value = 'true'
      AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = 'read'
                                                     AND back.value = 'false' AND back.id > done.id)
    GROUP BY 1, 2
    ON CONFLICT (day, source) DO UPDATE SET by_hand = by_hand + excluded.by_hand;
END;

CREATE TABLE "rules" (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    wish    TEXT    NOT NULL, -- mute, like, dislike, always; notify, star, file
    kind    TEXT    NOT NULL, -- word, person, source, tag, language, longer, shorter, relay
    name    TEXT    NOT NULL, -- as the reader wrote it; of a source, its number
    folded  TEXT    NOT NULL, -- as it is compared
    folder  TEXT    NOT NULL, -- the path of the folder that it is for, a JSON array; '': everywhere
    until   INTEGER,          -- it holds before; NULL: for ever
    made    INTEGER NOT NULL,
    target  TEXT    NOT NULL, -- of file: the path of the folder that posts go into, a JSON array; else ''
    dropped INTEGER           -- since when it is taken back; made again, it has what it did
, after INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX rules_about ON rules (iif(wish IN ('notify', 'star', 'file'), wish, 'digest'), kind, folded, folder, target);

CREATE INDEX marks_starred_by ON marks (starred_rule) WHERE starred_rule IS NOT NULL;

CREATE TABLE filed (
    rule INTEGER NOT NULL,
    post INTEGER NOT NULL,
    PRIMARY KEY (rule, post)
) STRICT, WITHOUT ROWID;

CREATE INDEX filed_posts ON filed (post);

CREATE TABLE ruled (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    post INTEGER NOT NULL
) STRICT;

CREATE TABLE places (
    post   INTEGER PRIMARY KEY,
    share  REAL    NOT NULL, -- of its height, above the upper edge
    block  INTEGER,          -- the paragraph at that edge, from 0
    part   REAL,             -- how much of it is above
    blocks INTEGER,          -- how many paragraphs it had then
    at     INTEGER NOT NULL
) STRICT;

CREATE INDEX places_at ON places (at);

CREATE TABLE imports (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    file    TEXT    NOT NULL, -- its name
    brought TEXT    NOT NULL, -- JSON
    people  INTEGER NOT NULL, -- how many of what it brought are rows of people
    undone  INTEGER           -- since when it is taken back
) STRICT;

CREATE TABLE import_names (
    source INTEGER NOT NULL,
    import INTEGER NOT NULL,
    PRIMARY KEY (source, import)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_names_of ON import_names (import);

CREATE TABLE contact_ids (contact INTEGER NOT NULL, card INTEGER NOT NULL) STRICT;

CREATE TRIGGER contact_ids_person AFTER INSERT ON contacts BEGIN UPDATE contact_ids SET contact = max(contact, NEW.id); END;

CREATE TRIGGER contact_ids_card AFTER INSERT ON contact_cards BEGIN UPDATE contact_ids SET card = max(card, NEW.id); END;

CREATE TABLE posts_turn (turn INTEGER NOT NULL) STRICT;

CREATE TRIGGER posts_turn_gone AFTER DELETE ON posts BEGIN UPDATE posts_turn SET turn = turn + 1; END;

CREATE TRIGGER posts_turn_dated AFTER UPDATE OF source, published, backlog, dated ON posts
BEGIN UPDATE posts_turn SET turn = turn + 1; END;

CREATE TRIGGER posts_turn_source AFTER UPDATE OF unfollowed, mode ON sources
WHEN NEW.unfollowed IS NOT OLD.unfollowed OR NEW.mode IS NOT OLD.mode
BEGIN UPDATE posts_turn SET turn = turn + 1; END;

CREATE VIRTUAL TABLE post_words USING fts5 (
    body, title, author, tags,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);
