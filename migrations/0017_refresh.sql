-- What a refresh writes of each post, made cheaper.

-- Words by which tellings find each other go by their age, slice by slice: to drop them with their post, an index was
-- written that was a quarter of the cost of writing them.
DROP INDEX IF EXISTS story_words_of_post;

-- As before, but for the one telling of a story: it relays nothing, and nothing relays it.
DROP TRIGGER IF EXISTS relays_moved;
CREATE TRIGGER relays_moved AFTER UPDATE OF story ON posts
WHEN NEW.story IS NOT OLD.story
 AND (OLD.story IS NOT NULL OR EXISTS (SELECT 1 FROM posts WHERE story = NEW.story LIMIT 1 OFFSET 1))
 AND (OLD.story IS NOT NULL OR NEW.id = (SELECT id FROM posts WHERE story = NEW.story ORDER BY published, id LIMIT 1))
BEGIN
    DELETE FROM relays WHERE post IN (SELECT id FROM posts WHERE story IN (OLD.story, NEW.story));
    INSERT INTO relays
    SELECT told.id, told.source, told.published, first.id, first.source, told.published - first.published
    FROM posts AS told JOIN posts AS first
      ON first.id = (SELECT id FROM posts WHERE story = told.story ORDER BY published, id LIMIT 1)
    WHERE told.story IN (OLD.story, NEW.story) AND first.source <> told.source;
END;
