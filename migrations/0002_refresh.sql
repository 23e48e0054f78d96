-- The HTML of a post packed with zstd; "html" is empty then. NULL where packing does not make it smaller, and in bodies
-- that were kept before this step: nothing is written anew.
ALTER TABLE bodies ADD COLUMN packed BLOB;

-- Where it says that it has moved for good, and since when it says so: it is believed once that has held for a while.
ALTER TABLE sources ADD COLUMN moving_to TEXT;
ALTER TABLE sources ADD COLUMN moving_since INTEGER;

-- Why next_visit is when it is: a Phrase in JSON.
ALTER TABLE sources ADD COLUMN next_why TEXT;
