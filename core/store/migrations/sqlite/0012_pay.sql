-- Pay: rules, periods, disputes, and the chain of what was signed.

CREATE TABLE pay_rule (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  name       TEXT    NOT NULL,
  -- Periods that begin on this day or later are not paid by it any more.
  ended_from TEXT,
  UNIQUE (tenant, name)
) STRICT;

-- Never changed, only added to: another version holds from its day on.
CREATE TABLE pay_rule_version (
  rule       INTEGER NOT NULL REFERENCES pay_rule (id),
  version    INTEGER NOT NULL,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  -- A day: 2026-03-01.
  valid_from TEXT    NOT NULL,
  document   TEXT    NOT NULL,
  who        TEXT    NOT NULL,
  at_ms      INTEGER NOT NULL,
  PRIMARY KEY (rule, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE pay_period (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant        INTEGER NOT NULL REFERENCES tenant (id),
  -- First and last day, both in it, in this time zone.
  from_day      TEXT    NOT NULL,
  to_day        TEXT    NOT NULL,
  zone          TEXT    NOT NULL,
  state         TEXT    NOT NULL CHECK (state IN ('open', 'reviewed', 'closed')),
  -- Who has reviewed what: the SHA-256 of the sheet as he saw it.
  reviewer      INTEGER,
  reviewer_name TEXT,
  reviewed_ms   INTEGER,
  sheet_sha256  TEXT,
  UNIQUE (tenant, from_day)
) STRICT;

-- The chain. `body` is canonical JSON, `hash` the SHA-256 of the hash before and the body.
CREATE TABLE pay_entry (
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  number INTEGER NOT NULL,
  period INTEGER NOT NULL REFERENCES pay_period (id),
  body   TEXT    NOT NULL,
  hash   TEXT    NOT NULL,
  PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

-- Against our own mistakes. Whoever has the file can drop them, and is found by the hashes.
CREATE TRIGGER pay_entry_changed BEFORE UPDATE ON pay_entry
  BEGIN SELECT RAISE(ABORT, 'what was signed is never changed'); END;
CREATE TRIGGER pay_entry_removed BEFORE DELETE ON pay_entry
  BEGIN SELECT RAISE(ABORT, 'what was signed is never removed'); END;
CREATE TRIGGER pay_period_changed BEFORE UPDATE ON pay_period WHEN OLD.state = 'closed'
  BEGIN SELECT RAISE(ABORT, 'a closed period is never changed'); END;
CREATE TRIGGER pay_period_removed BEFORE DELETE ON pay_period WHEN OLD.state <> 'open'
  BEGIN SELECT RAISE(ABORT, 'a reviewed period is never removed'); END;

-- "This is wrong", about a line of a closed statement; answered once.
CREATE TABLE pay_dispute (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant        INTEGER NOT NULL REFERENCES tenant (id),
  period        INTEGER NOT NULL REFERENCES pay_period (id),
  agent         INTEGER NOT NULL,
  -- The line's place; empty: the statement as a whole.
  line          TEXT    NOT NULL,
  words         TEXT    NOT NULL,
  who           TEXT    NOT NULL,
  at_ms         INTEGER NOT NULL,
  state         TEXT    NOT NULL CHECK (state IN ('open', 'accepted', 'declined')),
  answer        TEXT,
  answered_by   TEXT,
  answered_ms   INTEGER
) STRICT;
CREATE INDEX pay_dispute_period ON pay_dispute (period);

-- Proposed by one; an entry of the chain once another one has signed it.
CREATE TABLE pay_correction (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant      INTEGER NOT NULL REFERENCES tenant (id),
  period      INTEGER NOT NULL REFERENCES pay_period (id),
  agent       INTEGER NOT NULL,
  line        TEXT    NOT NULL,
  -- In cents, as text: -12.50.
  amount      TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  dispute     INTEGER REFERENCES pay_dispute (id),
  author      INTEGER NOT NULL,
  author_name TEXT    NOT NULL,
  at_ms       INTEGER NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('proposed', 'withdrawn', 'signed')),
  signer_name TEXT,
  entry       INTEGER
) STRICT;
CREATE INDEX pay_correction_period ON pay_correction (period);
