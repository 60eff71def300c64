-- What befalls a caller, when people work, and the history of the plan.

-- Everything about a group that is not looked for by SQL: one JSON document, checked on the way in
-- and on the way out. An empty one is a group that is always open.
ALTER TABLE grp ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

CREATE TABLE calendar (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  name   TEXT    NOT NULL,
  zone   TEXT    NOT NULL,
  -- Week and different days as JSON.
  body   TEXT    NOT NULL,
  UNIQUE (tenant, name)
) STRICT;

-- NULL: it always counts. A calendar that is used is not removed, so nothing dangles.
ALTER TABLE membership ADD COLUMN calendar INTEGER;
-- NULL: the group's.
ALTER TABLE membership ADD COLUMN wrap_up_ms INTEGER;

-- Somebody is lent to a group for a time.
CREATE TABLE loan (
  tenant   INTEGER NOT NULL REFERENCES tenant (id),
  person   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  grp      INTEGER NOT NULL REFERENCES grp (id) ON DELETE CASCADE,
  ord      INTEGER NOT NULL,
  delay_ms INTEGER NOT NULL,
  until_ms INTEGER NOT NULL,
  wholly   INTEGER NOT NULL CHECK (wholly IN (0, 1)),
  PRIMARY KEY (tenant, person, grp)
) STRICT, WITHOUT ROWID;
CREATE INDEX loan_grp ON loan (grp);
CREATE INDEX loan_person ON loan (person);

CREATE TABLE mode (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant  INTEGER NOT NULL REFERENCES tenant (id),
  name    TEXT    NOT NULL,
  code    TEXT,
  -- What it changes, as JSON.
  changes TEXT    NOT NULL,
  UNIQUE (tenant, name),
  UNIQUE (tenant, code)
) STRICT;

-- The mode that is pressed; no row, none.
CREATE TABLE mode_pressed (
  tenant   INTEGER NOT NULL PRIMARY KEY REFERENCES tenant (id),
  mode     INTEGER NOT NULL REFERENCES mode (id) ON DELETE CASCADE,
  since_ms INTEGER NOT NULL,
  -- NULL: until somebody returns.
  until_ms INTEGER,
  who      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- What happens to agents who miss offers, as JSON.
ALTER TABLE tenant ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';

-- Each version of the plan, and the plan itself for the newest of them.
CREATE TABLE plan_version (
  tenant   INTEGER NOT NULL REFERENCES tenant (id),
  version  INTEGER NOT NULL,
  at_ms    INTEGER NOT NULL,
  who      TEXT    NOT NULL,
  -- NULL: too old to go back to.
  document TEXT,
  PRIMARY KEY (tenant, version)
) STRICT, WITHOUT ROWID;

-- NULL: a change that is no part of the plan, or from before versions were kept.
ALTER TABLE change ADD COLUMN version INTEGER;
CREATE INDEX change_version ON change (tenant, version) WHERE version IS NOT NULL;

CREATE TABLE tv_link (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  sha256     BLOB    NOT NULL UNIQUE,
  created_ms INTEGER NOT NULL,
  who        TEXT    NOT NULL
) STRICT;

-- More ways to end. The table is a cache: it is folded from the journal again at the next start.
DROP TABLE call;
CREATE TABLE call (
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  id         INTEGER NOT NULL,
  arrived_ms INTEGER NOT NULL,
  caller     TEXT    NOT NULL,
  number     TEXT    NOT NULL,
  grp        INTEGER NOT NULL,
  agent      INTEGER,
  outcome    TEXT    NOT NULL CHECK (outcome IN ('waiting', 'answered', 'abandoned', 'refused',
                                                 'diverted', 'called_back', 'timeout')),
  waited_ms  INTEGER NOT NULL,
  talked_ms  INTEGER NOT NULL,
  ended_ms   INTEGER,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_open ON call (tenant, id) WHERE ended_ms IS NULL;
