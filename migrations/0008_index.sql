-- The full-text index sorts the words of a whole transaction once: with SQLite's own bound (1 MB) it wrote several small
-- pieces for each, and spent as long on merging them. Pieces are merged by eight.
INSERT INTO post_words (post_words, rank) VALUES ('hashsize', 8388608);
INSERT INTO post_words (post_words, rank) VALUES ('automerge', 8);
