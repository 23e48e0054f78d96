-- Figures of all sources together, what reading takes at the reader's own pace, and counts of who tells after whom: so
-- that a page of trends reads thousands of rows and not a hundred thousand.

-- How many words the reader takes in a minute. One row.
CREATE TABLE reading_pace (
    id               INTEGER PRIMARY KEY CHECK (id = 1),
    words_per_minute INTEGER NOT NULL
) STRICT;

INSERT INTO reading_pace
SELECT 1, coalesce((SELECT CAST(json_extract(value, '$.words_per_minute') AS INTEGER) FROM settings
                    WHERE name = 'settings' AND json_valid(value)
                      AND json_extract(value, '$.words_per_minute') BETWEEN 60 AND 1000), 230);

-- Seconds were counted at 230 words a minute and without what is listened to.
INSERT INTO trend_days (day, source, seconds)
SELECT max(0, published + coalesce((SELECT offset_minutes FROM zones WHERE since <= published
                                    ORDER BY since DESC LIMIT 1), 0) * 60000) / 86400000,
       source,
       sum(max(10, (words * 60 + pace - 1) / pace) - max(10, (words * 60 + 229) / 230)
           + CASE WHEN enclosures = '[]' THEN 0 ELSE coalesce((
                 SELECT max(json_extract(value, '$.seconds')) FROM json_each(enclosures)
                 WHERE json_extract(value, '$.media_type') LIKE 'audio/%'
                    OR json_extract(value, '$.media_type') LIKE 'video/%'), 0) END)
FROM posts, (SELECT words_per_minute AS pace FROM reading_pace)
WHERE (dated OR NOT backlog) AND (pace <> 230 OR enclosures <> '[]')
GROUP BY 1, 2
ON CONFLICT (day, source) DO UPDATE SET seconds = seconds + excluded.seconds;

DROP TRIGGER trend_published;

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

DROP TRIGGER trend_lengthened;

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

-- What the reader did is in few of the rows that say what came.
CREATE INDEX trend_days_acted ON trend_days (day, source, nuggets, opened, finished, by_hand, starred)
WHERE nuggets OR opened OR finished OR by_hand OR starred;

CREATE INDEX trend_months_acted ON trend_months (month, source, nuggets, opened, finished, by_hand, starred)
WHERE nuggets OR opened OR finished OR by_hand OR starred;

-- The sums of trend_days over all sources.
CREATE TABLE trend_totals (
    day          INTEGER PRIMARY KEY,
    published    INTEGER NOT NULL DEFAULT 0, seconds INTEGER NOT NULL DEFAULT 0, backlog INTEGER NOT NULL DEFAULT 0,
    arrived      INTEGER NOT NULL DEFAULT 0, digested INTEGER NOT NULL DEFAULT 0, nuggets INTEGER NOT NULL DEFAULT 0,
    opened       INTEGER NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0, by_hand INTEGER NOT NULL DEFAULT 0,
    in_bulk      INTEGER NOT NULL DEFAULT 0, skimmed INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0,
    starred      INTEGER NOT NULL DEFAULT 0, shared INTEGER NOT NULL DEFAULT 0,
    read_seconds INTEGER NOT NULL DEFAULT 0 -- what reading the opened took, as it was then: of readings
) STRICT;

INSERT INTO trend_totals
SELECT day, sum(published), sum(seconds), sum(backlog), sum(arrived), sum(digested), sum(nuggets), sum(opened),
       sum(finished), sum(by_hand), sum(in_bulk), sum(skimmed), sum(skipped), sum(starred), sum(shared), 0
FROM trend_days GROUP BY day;

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

-- What was opened or marked read by itself, and what that took: its post may go, and its words may change.
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

INSERT INTO readings
SELECT events.id, max(0, at + coalesce(offset_minutes, 0) * 60000) / 86400000,
       max(10, (words * 60 + words_per_minute - 1) / words_per_minute)
       + CASE WHEN enclosures = '[]' THEN 0 ELSE coalesce((
             SELECT max(json_extract(files.value, '$.seconds')) FROM json_each(enclosures) AS files
             WHERE json_extract(files.value, '$.media_type') LIKE 'audio/%'
                OR json_extract(files.value, '$.media_type') LIKE 'video/%'), 0) END
FROM events JOIN posts ON posts.key = post_key, reading_pace
WHERE what = 'read' AND events.value = 'true' AND how IN ('opened', 'by_hand')
  AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = events.post_key AND back.what = 'read'
                                                 AND back.value = 'false' AND back.id > events.id);

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

-- Who told how many stories after whom, by the month in Greenwich (202611) in which they were told again.
CREATE TABLE relay_months (
    month        INTEGER NOT NULL,
    source       INTEGER NOT NULL,
    first_source INTEGER NOT NULL,
    posts        INTEGER NOT NULL,
    PRIMARY KEY (month, source, first_source)
) STRICT, WITHOUT ROWID;

INSERT INTO relay_months
SELECT coalesce(CAST(strftime('%Y%m', published / 1000, 'unixepoch') AS INTEGER), 0), source, first_source, count(*)
FROM relays GROUP BY 1, 2, 3;

-- A row that replaces another is counted once.
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
