-- A policy that a group tries out beside its own: which, with which settings, and for which calls,
-- as JSON. NULL: none.
ALTER TABLE grp ADD COLUMN trial TEXT;
