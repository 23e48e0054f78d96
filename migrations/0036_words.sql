-- For libraries without posts (`migrations.rs`): years of posts are not written anew at a start.

-- The text comes first: in the full-text index, each word of a post that is not in the first column takes two bytes more.
DROP TABLE post_words;
CREATE VIRTUAL TABLE post_words USING fts5 (
    body, title, author, tags,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);

-- As in 0001 and 0008.
INSERT INTO post_words (post_words, rank) VALUES ('hashsize', 8388608);
INSERT INTO post_words (post_words, rank) VALUES ('automerge', 8);
INSERT INTO post_words (post_words, rank) VALUES ('crisismerge', 32);
