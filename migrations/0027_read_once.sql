-- A post that was marked read by itself and read to its end was read once: it counts as read to its end, and as marked so
-- only while it is not. What is marked unread was not read to its end either. A plan that made room keeps what it was to
-- free, and what came of it once thirty days are over.

ALTER TABLE room_plans ADD COLUMN noted INTEGER NOT NULL DEFAULT 1; -- it made room; else a deed on some rows of a table
ALTER TABLE room_plans ADD COLUMN came TEXT; -- JSON: what came of it in the thirty days after, once they were over

-- What was counted twice.
INSERT INTO trend_days (day, source, by_hand)
SELECT max(0, done.at + coalesce(done.offset_minutes, 0) * 60000) / 86400000, sources.id, -count(*)
FROM events AS done JOIN sources ON sources.kind = done.source_kind AND sources.locator = done.source_locator
WHERE done.post_key IS NOT NULL AND done.what = 'read' AND done.how = 'by_hand' AND done.value = 'true'
  AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = done.post_key AND back.what = 'read'
                                                 AND back.value = 'false' AND back.id > done.id)
  AND EXISTS (SELECT 1 FROM events AS ended WHERE ended.post_key = done.post_key AND ended.what = 'finished'
                                              AND ended.value = 'true')
GROUP BY 1, 2
ON CONFLICT (day, source) DO UPDATE SET by_hand = by_hand + excluded.by_hand;

DROP TRIGGER trend_acted;

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

DROP TRIGGER trend_taken_back;

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

-- Read to its end now: what it was marked before says the same.
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

-- Not read to its end after all: what it is marked as counts again.
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
