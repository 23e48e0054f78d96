-- The article on the page that a post links to, once it was asked for. It goes with its post, and the oldest go first.
CREATE TABLE full_texts (
    post   INTEGER PRIMARY KEY,
    words  INTEGER NOT NULL,
    at     INTEGER NOT NULL, -- when it was fetched
    html   TEXT    NOT NULL, -- as in bodies: empty when it is packed
    packed BLOB
) STRICT;

CREATE INDEX full_texts_at ON full_texts (at);

-- Whether the posts of this source are opened with their full text.
ALTER TABLE sources ADD COLUMN full_text INTEGER NOT NULL DEFAULT 0;
