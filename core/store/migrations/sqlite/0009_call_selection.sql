-- Which call a freed agent gets: the order of his groups, or one plugin for the whole company with
-- what the administrator chose in its form, as JSON.
ALTER TABLE tenant ADD COLUMN selection TEXT NOT NULL
  DEFAULT '{"policy":"built-in","settings":{}}';
