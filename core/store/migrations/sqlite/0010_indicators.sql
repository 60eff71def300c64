-- A company's own success indicators: what each is worked out by from which day on, and what came
-- out on days that are over.

-- A name in formulas. The row stays when the plan no longer has the indicator: values name it.
CREATE TABLE indicator (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant    INTEGER NOT NULL REFERENCES tenant (id),
  name      TEXT    NOT NULL,
  -- It is not worked out from this day on, as 2026-03-02. NULL: it goes on.
  until_day TEXT
) STRICT;
CREATE INDEX indicator_tenant ON indicator (tenant);

-- Each way in which it was ever to be worked out. Never changed, never deleted.
CREATE TABLE indicator_version (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  indicator  INTEGER NOT NULL REFERENCES indicator (id),
  -- Valid from this day on, in the company's time zone.
  from_day   TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  -- {"formula": text} or {"plugin": word, "settings": {}}.
  source     TEXT    NOT NULL,
  unit       TEXT    NOT NULL CHECK (unit IN ('seconds', 'count', 'ratio', 'money')),
  better     TEXT    NOT NULL CHECK (better IN ('more', 'less')),
  sample_min INTEGER NOT NULL,
  who        TEXT    NOT NULL,
  at_ms      INTEGER NOT NULL
) STRICT;
CREATE INDEX indicator_version_indicator ON indicator_version (indicator);

-- The versions that the plan in force has. The one with the latest day counts.
CREATE TABLE indicator_in_plan (
  version   INTEGER NOT NULL PRIMARY KEY REFERENCES indicator_version (id),
  tenant    INTEGER NOT NULL REFERENCES tenant (id)
) STRICT;
CREATE INDEX indicator_in_plan_tenant ON indicator_in_plan (tenant);

-- A day that is over and was worked out: once, and never again.
CREATE TABLE indicator_day (
  tenant    INTEGER NOT NULL REFERENCES tenant (id),
  indicator INTEGER NOT NULL REFERENCES indicator (id),
  day       TEXT    NOT NULL,
  version   INTEGER NOT NULL REFERENCES indicator_version (id),
  closed_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant, indicator, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX indicator_day_day ON indicator_day (tenant, day);

-- What came out for somebody: a value with its sample, or why there is none. People who are gone
-- keep theirs, so there is no reference to them.
CREATE TABLE indicator_value (
  tenant    INTEGER NOT NULL,
  indicator INTEGER NOT NULL,
  day       TEXT    NOT NULL,
  person    INTEGER NOT NULL,
  value     REAL,
  sample    INTEGER,
  -- NULL beside a value; otherwise too_few, no_number or said.
  why       TEXT    CHECK (why IN ('too_few', 'no_number', 'said')),
  -- The fewest cases, where there were too few.
  least     INTEGER,
  -- A remark beside a value, or the indicator's own words why there is none.
  words     TEXT,
  PRIMARY KEY (tenant, indicator, day, person),
  FOREIGN KEY (tenant, indicator, day) REFERENCES indicator_day (tenant, indicator, day),
  CHECK ((value IS NULL) <> (why IS NULL))
) STRICT, WITHOUT ROWID;
