-- Small pictures of those who write and of what is followed.
ALTER TABLE posts ADD COLUMN portrait TEXT;
ALTER TABLE sources ADD COLUMN portrait TEXT;
