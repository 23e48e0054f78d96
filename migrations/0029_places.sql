-- Where the reader is in the stories that they began: no place of the window's own, which a quick end may lose.
CREATE TABLE places (
    post   INTEGER PRIMARY KEY,
    share  REAL    NOT NULL, -- of its height, above the upper edge
    block  INTEGER,          -- the paragraph at that edge, from 0
    part   REAL,             -- how much of it is above
    blocks INTEGER,          -- how many paragraphs it had then
    at     INTEGER NOT NULL
) STRICT;
CREATE INDEX places_at ON places (at);
