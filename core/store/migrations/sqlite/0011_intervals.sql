-- Figures by quarter of an hour: a cache folded from the journal. Throwing it away and folding again
-- gives the same.
CREATE TABLE interval (
  tenant  INTEGER NOT NULL REFERENCES tenant (id),
  -- Quarters of an hour since the beginning of 1970, UTC.
  quarter INTEGER NOT NULL,
  -- All its rows as numbers of variable length: nobody asks SQL for one of them, and a month is read
  -- in a tenth of a second.
  figures BLOB    NOT NULL,
  PRIMARY KEY (tenant, quarter)
) STRICT, WITHOUT ROWID;

-- How far the journal has been folded, and what went on there, as JSON.
CREATE TABLE interval_state (
  tenant INTEGER PRIMARY KEY REFERENCES tenant (id),
  seq    INTEGER NOT NULL,
  state  TEXT    NOT NULL
) STRICT;
