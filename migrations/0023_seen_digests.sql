-- A story counts as in a digest, and as a nugget given, when somebody saw that digest: what was prepared at its hour and
-- never looked at showed nothing to anybody.

-- What was counted of digests that nobody saw yet, and no edition that was seen shows.
INSERT INTO trend_days (day, source, digested, nuggets)
SELECT coalesce(unixepoch(day) / 86400, 0), source, -sum(NOT shown), -sum(nugget AND NOT shown_as_nugget)
FROM (SELECT digests.day, max(entries.source) AS source, max(entries.nugget) AS nugget,
             EXISTS (SELECT 1 FROM digest_entries AS other JOIN digests AS edition ON edition.id = other.digest
                     WHERE other.story = entries.story AND other.face = entries.face AND edition.day = digests.day
                       AND edition.opened IS NOT NULL) AS shown,
             EXISTS (SELECT 1 FROM digest_entries AS other JOIN digests AS edition ON edition.id = other.digest
                     WHERE other.story = entries.story AND other.face = entries.face AND edition.day = digests.day
                       AND edition.opened IS NOT NULL AND other.nugget) AS shown_as_nugget
      FROM digests CROSS JOIN digest_entries AS entries ON entries.digest = digests.id
      WHERE opened IS NULL AND entries.source IS NOT NULL
      GROUP BY digests.day, entries.story, entries.face)
GROUP BY 1, 2
HAVING sum(NOT shown) OR sum(nugget AND NOT shown_as_nugget)
ON CONFLICT (day, source) DO UPDATE SET digested = digested + excluded.digested, nuggets = nuggets + excluded.nuggets;

DROP TRIGGER trend_digested;

-- A story that several editions of a day show was shown once.
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
