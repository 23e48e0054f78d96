-- Small pictures of those who write and of what is followed.
ALTER TABLE posts ADD COLUMN portrait TEXT;
ALTER TABLE sources ADD COLUMN portrait TEXT;

-- Where links of shorteners lead. NULL: nowhere that could be told when it was asked; it is asked again after a while.
CREATE TABLE short_links (
    short  TEXT    PRIMARY KEY, -- canonical addresses
    target TEXT,
    asked  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Pages that were proven to be of the person who is followed, each with the other's consent: a JSON array of canonical
-- addresses. Two sources that have one in common are one person.
ALTER TABLE sources ADD COLUMN pages TEXT NOT NULL DEFAULT '[]';
