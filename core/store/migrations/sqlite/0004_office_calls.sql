-- Office calls: of colleagues, and from our own phones to the outside.

-- They stand beside the groups' calls, with 0 for the group.
ALTER TABLE call ADD COLUMN kind TEXT NOT NULL DEFAULT 'group'
  CHECK (kind IN ('group', 'internal', 'outbound'));

-- 1: our own phones may call the outside. Off until somebody wants it: it costs money.
ALTER TABLE tenant ADD COLUMN outside_calls INTEGER NOT NULL DEFAULT 0
  CHECK (outside_calls IN (0, 1));
