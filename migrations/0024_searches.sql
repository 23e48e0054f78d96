-- Searches that the reader keeps, and what finds nuggets quickly.

CREATE TABLE searches (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT    NOT NULL,
    words   TEXT    NOT NULL, -- as they were typed, operators and all
    section INTEGER NOT NULL, -- 1: what it finds has a section of its own in digests
    made    INTEGER NOT NULL
) STRICT;

CREATE INDEX digest_nuggets ON digest_entries (face) WHERE nugget = 1;
