-- What stories are told by, beyond pages and titles: see crates/pepites-core/src/stories.

-- What each post says, as grouping sees it: hashes of words, about 200 bytes.
CREATE TABLE gists (
    post INTEGER PRIMARY KEY REFERENCES posts (id),
    gist BLOB NOT NULL
) STRICT;

-- The rarest words of each grouped post, by which later ones find it.
CREATE TABLE story_words (
    word INTEGER NOT NULL,
    at   INTEGER NOT NULL, -- when the post was published
    post INTEGER NOT NULL,
    PRIMARY KEY (word, at, post)
) STRICT, WITHOUT ROWID;

CREATE INDEX story_words_of_post ON story_words (post);

-- In how many stories each word was; the row of word -1 says how many stories there were.
CREATE TABLE word_counts (
    word    INTEGER PRIMARY KEY,
    stories INTEGER NOT NULL
) STRICT;

-- What the reader said of two posts: kept for ever, though the posts may be dropped.
CREATE TABLE story_verdicts (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    one      INTEGER NOT NULL,
    other    INTEGER NOT NULL,
    together INTEGER NOT NULL, -- 1: they belong together; 0: they are not the same
    at       INTEGER NOT NULL,
    undone   INTEGER,          -- since when it no longer holds
    moved    TEXT    NOT NULL  -- JSON: [post, the story it was in, the story it went to] of each post that it moved
) STRICT;

CREATE INDEX story_verdicts_of ON story_verdicts (one, other);
