-- A company's own routing: what was uploaded, and which of it a group has.

-- A plugin is known by the name on its card; uploads of the same name are its versions.
CREATE TABLE plugin (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  name   TEXT    NOT NULL,
  UNIQUE (tenant, name)
) STRICT;

-- One row for each file that was ever uploaded. It stays when the file is removed: plans of old
-- and the journal go on naming it.
CREATE TABLE plugin_version (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant  INTEGER NOT NULL REFERENCES tenant (id),
  plugin  INTEGER NOT NULL REFERENCES plugin (id),
  -- The identity of the file.
  sha256  TEXT    NOT NULL,
  -- As its card has it, for example 1.0.0.
  version TEXT    NOT NULL,
  bytes   INTEGER NOT NULL,
  -- What it told about itself, as JSON.
  card    TEXT    NOT NULL,
  -- The facts it may read, as a JSON list.
  reads   TEXT    NOT NULL,
  who     TEXT    NOT NULL,
  at_ms   INTEGER NOT NULL,
  UNIQUE (tenant, sha256)
) STRICT;
CREATE INDEX plugin_version_plugin ON plugin_version (plugin);

-- The files stand apart, so that lists do not walk over them. A version without one is removed.
CREATE TABLE plugin_file (
  version INTEGER NOT NULL PRIMARY KEY REFERENCES plugin_version (id),
  tenant  INTEGER NOT NULL REFERENCES tenant (id),
  body    BLOB    NOT NULL CHECK (length(body) <= 4194304)
) STRICT;
CREATE INDEX plugin_file_tenant ON plugin_file (tenant);

-- The old column `policy` allows two words only and is not read any more. At most one of the two
-- new ones is set; none: the built-in order.
ALTER TABLE grp ADD COLUMN stock_policy TEXT;
ALTER TABLE grp ADD COLUMN plugin_version INTEGER REFERENCES plugin_version (id);
-- What the administrator chose in the policy's form, by field, as JSON.
ALTER TABLE grp ADD COLUMN policy_settings TEXT NOT NULL DEFAULT '{}';
UPDATE grp SET stock_policy = policy WHERE policy <> 'built-in';
CREATE INDEX grp_plugin_version ON grp (plugin_version) WHERE plugin_version IS NOT NULL;
