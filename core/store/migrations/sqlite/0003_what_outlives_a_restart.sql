-- What outlives a restart, and what is kept of old versions.

-- A header of a trunk's INVITEs whose number is the call's priority; NULL: none counts.
ALTER TABLE trunk ADD COLUMN priority_header TEXT;

-- Documents of the plan stand beside their versions: versions with the same plan share one, and how
-- many bytes there are is known without reading them. `version` is the first that had it.
CREATE TABLE plan_document (
  tenant  INTEGER NOT NULL REFERENCES tenant (id),
  version INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,
  body    TEXT    NOT NULL,
  PRIMARY KEY (tenant, version)
) STRICT;
INSERT INTO plan_document (tenant, version, bytes, body)
  SELECT tenant, version, length(CAST(document AS BLOB)), document FROM plan_version
  WHERE document IS NOT NULL;

CREATE TABLE plan_version_new (
  tenant   INTEGER NOT NULL REFERENCES tenant (id),
  version  INTEGER NOT NULL,
  at_ms    INTEGER NOT NULL,
  who      TEXT    NOT NULL,
  -- The version whose document is this one's too. NULL: too old to go back to.
  document INTEGER,
  PRIMARY KEY (tenant, version)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_version_new (tenant, version, at_ms, who, document)
  SELECT tenant, version, at_ms, who, CASE WHEN document IS NULL THEN NULL ELSE version END
  FROM plan_version;
DROP TABLE plan_version;
ALTER TABLE plan_version_new RENAME TO plan_version;

-- Callers who keep their place. The table is a cache: it is folded from the journal again at the
-- next start.
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
                                                 'diverted', 'called_back', 'timeout', 'callback',
                                                 'callback_ended')),
  waited_ms  INTEGER NOT NULL,
  talked_ms  INTEGER NOT NULL,
  ended_ms   INTEGER,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_open ON call (tenant, id) WHERE ended_ms IS NULL;
