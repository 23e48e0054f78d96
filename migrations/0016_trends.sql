-- What happened on which day where the reader was, counted with each write, so that no page of figures reads the posts.
-- Triggers count, and not the code beside each write: what writes posts, digests or events tomorrow is counted too.
-- `day` is days since 1970-01-01 where the reader was.

-- Where the reader was, as each refresh notes it. What is before the first row was in Greenwich.
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

-- The sums of trend_days by month (202611): a year of figures is a dozen of these and the days at its ends.
CREATE TABLE trend_months (
    month     INTEGER NOT NULL,
    source    INTEGER NOT NULL,
    published INTEGER NOT NULL, seconds INTEGER NOT NULL, backlog INTEGER NOT NULL, arrived INTEGER NOT NULL,
    digested  INTEGER NOT NULL, nuggets INTEGER NOT NULL, opened  INTEGER NOT NULL, finished INTEGER NOT NULL,
    by_hand   INTEGER NOT NULL, in_bulk INTEGER NOT NULL, skimmed INTEGER NOT NULL, skipped INTEGER NOT NULL,
    starred   INTEGER NOT NULL, shared  INTEGER NOT NULL,
    PRIMARY KEY (month, source)
) STRICT, WITHOUT ROWID;

-- By the hour where the reader was.
CREATE TABLE trend_hours (
    day     INTEGER NOT NULL,
    hour    INTEGER NOT NULL, -- 0 to 23
    arrived INTEGER NOT NULL DEFAULT 0,
    read    INTEGER NOT NULL DEFAULT 0, -- opened, or marked read by hand
    PRIMARY KEY (day, hour)
) STRICT, WITHOUT ROWID;

-- Posts whose story another source had told before. A row outlives its post.
CREATE TABLE relays (
    post         INTEGER PRIMARY KEY,
    source       INTEGER NOT NULL,
    published    INTEGER NOT NULL,
    first        INTEGER NOT NULL, -- the post that told it first
    first_source INTEGER NOT NULL,
    after        INTEGER NOT NULL  -- milliseconds between the two
) STRICT;

CREATE INDEX relays_published ON relays (published, source, first_source, after);

-- What the reader did with a post, one after the other.
CREATE INDEX events_of_post ON events (post_key, what, value, id) WHERE post_key IS NOT NULL;

-- How much of a source the reader wants: NULL all of it, else digest, nuggets, no_relays, muted, or daily:3.
ALTER TABLE sources ADD COLUMN mode TEXT;

-- Plans that made room, as they were applied.
CREATE TABLE room_plans (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    made   INTEGER NOT NULL,
    plan   TEXT    NOT NULL, -- JSON: what each source was, what it became, what that was to free
    undone INTEGER,          -- since when it no longer holds
    told   INTEGER           -- when the reader was told what came of it
) STRICT;

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

-- What an older library has already. Where the reader was is known since the first mark only: the last of them stands
-- for all that came before.
INSERT INTO zones
SELECT -62135596800000, offset_minutes FROM events WHERE offset_minutes IS NOT NULL ORDER BY id DESC LIMIT 1;

INSERT INTO trend_days (day, source, published, seconds, backlog)
SELECT max(0, published + coalesce((SELECT offset_minutes FROM zones), 0) * 60000) / 86400000, source,
       count(*), sum(max(10, (words * 60 + 229) / 230)), sum(backlog)
FROM posts WHERE dated OR NOT backlog GROUP BY 1, 2;

INSERT INTO trend_days (day, source, arrived)
SELECT max(0, arrived + coalesce((SELECT offset_minutes FROM zones), 0) * 60000) / 86400000, source, count(*)
FROM posts WHERE NOT backlog GROUP BY 1, 2
ON CONFLICT (day, source) DO UPDATE SET arrived = arrived + excluded.arrived;

INSERT INTO trend_hours (day, hour, arrived)
SELECT max(0, arrived + coalesce((SELECT offset_minutes FROM zones), 0) * 60000) / 86400000,
       max(0, arrived + coalesce((SELECT offset_minutes FROM zones), 0) * 60000) / 3600000 % 24, count(*)
FROM posts WHERE NOT backlog GROUP BY 1, 2;

INSERT INTO trend_days (day, source, digested, nuggets)
SELECT day, source, count(*), sum(nugget) FROM (
    SELECT coalesce(unixepoch(digests.day) / 86400, 0) AS day, source, max(nugget) AS nugget
    FROM digest_entries JOIN digests ON digests.id = digest_entries.digest
    WHERE source IS NOT NULL GROUP BY digests.day, story, face)
GROUP BY 1, 2
ON CONFLICT (day, source) DO UPDATE SET digested = digested + excluded.digested, nuggets = nuggets + excluded.nuggets;

INSERT INTO trend_days (day, source, opened, by_hand, in_bulk, skipped, starred)
SELECT max(0, at + coalesce(offset_minutes, 0) * 60000) / 86400000, sources.id,
       sum(what = 'read' AND how IS 'opened'), sum(what = 'read' AND how IS 'by_hand'),
       sum(what = 'read' AND how IS 'in_bulk'), sum(what = 'skipped'), sum(what = 'starred')
FROM events JOIN sources ON sources.kind = source_kind AND sources.locator = source_locator
WHERE post_key IS NOT NULL AND value = 'true' AND what IN ('read', 'skipped', 'starred')
  AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = events.post_key AND back.what = events.what
                                                 AND back.value = 'false' AND back.id > events.id)
GROUP BY 1, 2
ON CONFLICT (day, source) DO UPDATE SET
    opened = opened + excluded.opened, by_hand = by_hand + excluded.by_hand, in_bulk = in_bulk + excluded.in_bulk,
    skipped = skipped + excluded.skipped, starred = starred + excluded.starred;

INSERT INTO trend_hours (day, hour, read)
SELECT max(0, at + coalesce(offset_minutes, 0) * 60000) / 86400000,
       max(0, at + coalesce(offset_minutes, 0) * 60000) / 3600000 % 24, count(*)
FROM events JOIN sources ON sources.kind = source_kind AND sources.locator = source_locator
WHERE post_key IS NOT NULL AND value = 'true' AND what = 'read' AND how IN ('opened', 'by_hand')
  AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = events.post_key AND back.what = 'read'
                                                 AND back.value = 'false' AND back.id > events.id)
GROUP BY 1, 2
ON CONFLICT (day, hour) DO UPDATE SET read = read + excluded.read;

INSERT INTO relays
SELECT told.id, told.source, told.published, first.id, first.source, told.published - first.published
FROM posts AS told JOIN posts AS first
  ON first.id = (SELECT id FROM posts WHERE story = told.story ORDER BY published, id LIMIT 1)
WHERE told.story IS NOT NULL AND first.source <> told.source;

-- From now on.
CREATE TRIGGER trend_published AFTER INSERT ON posts WHEN NEW.dated OR NOT NEW.backlog BEGIN
    INSERT INTO trend_days (day, source, published, seconds, backlog)
    VALUES (max(0, NEW.published + coalesce((SELECT offset_minutes FROM zones WHERE since <= NEW.published
                                             ORDER BY since DESC LIMIT 1), 0) * 60000) / 86400000,
            NEW.source, 1, max(10, (NEW.words * 60 + 229) / 230), NEW.backlog <> 0)
    ON CONFLICT (day, source) DO UPDATE SET
        published = published + 1, seconds = seconds + excluded.seconds, backlog = backlog + excluded.backlog;
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

CREATE TRIGGER trend_lengthened AFTER UPDATE OF words ON posts
WHEN NEW.words <> OLD.words AND (NEW.dated OR NOT NEW.backlog) BEGIN
    UPDATE trend_days
    SET seconds = seconds + max(10, (NEW.words * 60 + 229) / 230) - max(10, (OLD.words * 60 + 229) / 230)
    WHERE source = NEW.source
      AND day = max(0, NEW.published + coalesce((SELECT offset_minutes FROM zones WHERE since <= NEW.published
                                                 ORDER BY since DESC LIMIT 1), 0) * 60000) / 86400000;
END;

-- A story that several editions of a day show was shown once.
CREATE TRIGGER trend_digested AFTER INSERT ON digest_entries WHEN NEW.source IS NOT NULL BEGIN
    INSERT INTO trend_days (day, source, digested, nuggets)
    SELECT coalesce(unixepoch(digests.day) / 86400, 0), NEW.source,
           NOT EXISTS (SELECT 1 FROM digest_entries AS other JOIN digests AS edition ON edition.id = other.digest
                       WHERE other.story = NEW.story AND other.face = NEW.face AND edition.day = digests.day
                         AND (other.digest <> NEW.digest OR other.place <> NEW.place)),
           NEW.nugget AND NOT EXISTS (SELECT 1 FROM digest_entries AS other JOIN digests AS edition ON edition.id = other.digest
                       WHERE other.story = NEW.story AND other.face = NEW.face AND edition.day = digests.day AND other.nugget
                         AND (other.digest <> NEW.digest OR other.place <> NEW.place))
    FROM digests WHERE digests.id = NEW.digest
    ON CONFLICT (day, source) DO UPDATE SET digested = digested + excluded.digested, nuggets = nuggets + excluded.nuggets;
END;

-- Events of another device may come late: one that was taken back before it came does not count.
CREATE TRIGGER trend_acted AFTER INSERT ON events
WHEN NEW.post_key IS NOT NULL AND NEW.value = 'true'
 AND NEW.what IN ('read', 'finished', 'skimmed', 'skipped', 'starred', 'shared')
 AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = NEW.what
                                                AND back.value = 'false' AND back.id > NEW.id)
BEGIN
    INSERT INTO trend_days (day, source, opened, finished, by_hand, in_bulk, skimmed, skipped, starred, shared)
    SELECT max(0, NEW.at + coalesce(NEW.offset_minutes, 0) * 60000) / 86400000, id,
           NEW.what = 'read' AND NEW.how IS 'opened', NEW.what = 'finished', NEW.what = 'read' AND NEW.how IS 'by_hand',
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

-- What is taken back is gone from the day on which it was done: a slip of the hand is no figure.
CREATE TRIGGER trend_taken_back AFTER INSERT ON events
WHEN NEW.post_key IS NOT NULL AND NEW.value = 'false' AND NEW.what IN ('read', 'skipped', 'starred')
BEGIN
    INSERT INTO trend_days (day, source, opened, by_hand, in_bulk, skipped, starred)
    SELECT max(0, done.at + coalesce(done.offset_minutes, 0) * 60000) / 86400000, sources.id,
           -sum(done.what = 'read' AND done.how IS 'opened'), -sum(done.what = 'read' AND done.how IS 'by_hand'),
           -sum(done.what = 'read' AND done.how IS 'in_bulk'), -sum(done.what = 'skipped'), -sum(done.what = 'starred')
    FROM events AS done JOIN sources ON sources.kind = done.source_kind AND sources.locator = done.source_locator
    WHERE done.post_key = NEW.post_key AND done.what = NEW.what AND done.value = 'true' AND done.id < NEW.id
      AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = NEW.post_key AND back.what = NEW.what
                                                     AND back.value = 'false' AND back.id > done.id AND back.id <> NEW.id)
    GROUP BY 1, 2
    ON CONFLICT (day, source) DO UPDATE SET
        opened = opened + excluded.opened, by_hand = by_hand + excluded.by_hand, in_bulk = in_bulk + excluded.in_bulk,
        skipped = skipped + excluded.skipped, starred = starred + excluded.starred;
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

-- The usual case: a new post comes into a story after others, and says nothing of them.
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

-- A story that begins earlier than was known, or that lost or gained a telling: all of it anew.
CREATE TRIGGER relays_moved AFTER UPDATE OF story ON posts
WHEN NEW.story IS NOT OLD.story
 AND (OLD.story IS NOT NULL OR NEW.id = (SELECT id FROM posts WHERE story = NEW.story ORDER BY published, id LIMIT 1))
BEGIN
    DELETE FROM relays WHERE post IN (SELECT id FROM posts WHERE story IN (OLD.story, NEW.story));
    INSERT INTO relays
    SELECT told.id, told.source, told.published, first.id, first.source, told.published - first.published
    FROM posts AS told JOIN posts AS first
      ON first.id = (SELECT id FROM posts WHERE story = told.story ORDER BY published, id LIMIT 1)
    WHERE told.story IN (OLD.story, NEW.story) AND first.source <> told.source;
END;
