-- Who passed a post on, when that is why its source has it: a vote for what someone else wrote.
ALTER TABLE posts ADD COLUMN boosted_by TEXT;
