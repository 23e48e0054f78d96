-- Counts what changes how many of the posts that are there may be read, but for their marks: who has counted posts need
-- only count those that came since, while it stands. Kept by triggers, so that no writer can forget it, in this process or in
-- another.
CREATE TABLE posts_turn (turn INTEGER NOT NULL) STRICT;

INSERT INTO posts_turn VALUES (0);

CREATE TRIGGER posts_turn_gone AFTER DELETE ON posts BEGIN UPDATE posts_turn SET turn = turn + 1; END;

CREATE TRIGGER posts_turn_dated AFTER UPDATE OF source, published, backlog, dated ON posts
BEGIN UPDATE posts_turn SET turn = turn + 1; END;

CREATE TRIGGER posts_turn_source AFTER UPDATE OF unfollowed, mode ON sources
WHEN NEW.unfollowed IS NOT OLD.unfollowed OR NEW.mode IS NOT OLD.mode
BEGIN UPDATE posts_turn SET turn = turn + 1; END;
