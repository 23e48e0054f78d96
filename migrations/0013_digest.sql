-- A digest after days away is for the whole absence: how many days, and how many posts came meanwhile. 0: it is not.
ALTER TABLE digests ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
ALTER TABLE digests ADD COLUMN posts INTEGER NOT NULL DEFAULT 0;

-- Why a story was left out: a Phrase in JSON. NULL in digests of before.
ALTER TABLE digest_left_out ADD COLUMN why TEXT;

-- Since when a post is put off until the next day's digest, which has a place for it.
ALTER TABLE marks ADD COLUMN put_off INTEGER;

CREATE INDEX marks_put_off ON marks (put_off) WHERE put_off IS NOT NULL;

-- The reader lifted the share that a source has of a digest.
ALTER TABLE sources ADD COLUMN unlimited INTEGER NOT NULL DEFAULT 0;
