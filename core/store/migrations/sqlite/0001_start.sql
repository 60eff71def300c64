-- The first shape of everything. Times are milliseconds UTC; every row belongs to a tenant; ids are
-- never used twice, because the journal goes on naming people and groups that are gone.

CREATE TABLE tenant (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT    NOT NULL,
  realm        TEXT    NOT NULL,
  language     TEXT    NOT NULL,
  -- Grows by one with every change of the plan, in the same transaction.
  plan_version INTEGER NOT NULL DEFAULT 1,
  created_ms   INTEGER NOT NULL
) STRICT;

-- One company for now. It has no name until somebody sets it up.
INSERT INTO tenant (id, name, realm, language, created_ms) VALUES (1, '', 'ladus', 'en', 0);

CREATE TABLE person (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  name       TEXT    NOT NULL,
  extension  TEXT,
  created_ms INTEGER NOT NULL,
  UNIQUE (tenant, extension)
) STRICT;

CREATE TABLE credential (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  person     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  sip_user   TEXT    NOT NULL,
  ha1_md5    TEXT    NOT NULL,
  ha1_sha256 TEXT    NOT NULL,
  created_ms INTEGER NOT NULL,
  UNIQUE (tenant, sip_user)
) STRICT;
CREATE INDEX credential_person ON credential (person);

CREATE TABLE grp (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant      INTEGER NOT NULL REFERENCES tenant (id),
  name        TEXT    NOT NULL,
  language    TEXT    NOT NULL,
  ring_ms     INTEGER NOT NULL,
  wrap_up_ms  INTEGER NOT NULL,
  waiting_max INTEGER NOT NULL,
  policy      TEXT    NOT NULL CHECK (policy IN ('built-in', 'longest-idle')),
  recorded    INTEGER NOT NULL CHECK (recorded IN (0, 1)),
  created_ms  INTEGER NOT NULL,
  UNIQUE (tenant, name)
) STRICT;

CREATE TABLE number (
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  number TEXT    NOT NULL,
  grp    INTEGER NOT NULL REFERENCES grp (id) ON DELETE CASCADE,
  PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX number_grp ON number (grp);

CREATE TABLE membership (
  tenant   INTEGER NOT NULL REFERENCES tenant (id),
  person   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  grp      INTEGER NOT NULL REFERENCES grp (id) ON DELETE CASCADE,
  ord      INTEGER NOT NULL,
  delay_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant, person, grp)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_grp ON membership (grp);
CREATE INDEX membership_person ON membership (person);

CREATE TABLE trunk (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  name       TEXT    NOT NULL,
  address    TEXT    NOT NULL,
  -- NULL: any port of the address.
  port       INTEGER,
  created_ms INTEGER NOT NULL,
  UNIQUE (tenant, name)
) STRICT;

CREATE TABLE account (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant        INTEGER NOT NULL REFERENCES tenant (id),
  name          TEXT    NOT NULL,
  -- Lower case: people do not remember how they wrote it.
  email         TEXT    NOT NULL,
  password_hash TEXT    NOT NULL,
  role          TEXT    NOT NULL CHECK (role IN ('administrator')),
  created_ms    INTEGER NOT NULL,
  UNIQUE (tenant, email)
) STRICT;

CREATE TABLE session (
  token_sha256 BLOB    NOT NULL PRIMARY KEY,
  tenant       INTEGER NOT NULL REFERENCES tenant (id),
  -- NULL: opened by a start link of an empty system; allows the setup and nothing else.
  account      INTEGER REFERENCES account (id) ON DELETE CASCADE,
  created_ms   INTEGER NOT NULL,
  seen_ms      INTEGER NOT NULL,
  expires_ms   INTEGER NOT NULL,
  address      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account);

CREATE TABLE start_token (
  sha256     BLOB    NOT NULL PRIMARY KEY,
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  used       INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The journal: the truth about calls. Never changed, only added to.
CREATE TABLE fact (
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  seq    INTEGER NOT NULL,
  at_ms  INTEGER NOT NULL,
  call   INTEGER,
  kind   TEXT    NOT NULL,
  body   TEXT    NOT NULL,
  PRIMARY KEY (tenant, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_call ON fact (tenant, call, seq) WHERE call IS NOT NULL;
-- Few rows: what each agent wanted last, for a restart.
CREATE INDEX fact_wish ON fact (tenant, seq) WHERE kind = 'agent_wish';

-- A cache folded from the journal, for lists and searches. Dropping and folding again gives the same.
CREATE TABLE call (
  tenant     INTEGER NOT NULL REFERENCES tenant (id),
  id         INTEGER NOT NULL,
  arrived_ms INTEGER NOT NULL,
  caller     TEXT    NOT NULL,
  number     TEXT    NOT NULL,
  grp        INTEGER NOT NULL,
  agent      INTEGER,
  outcome    TEXT    NOT NULL CHECK (outcome IN ('waiting', 'answered', 'abandoned', 'refused')),
  waited_ms  INTEGER NOT NULL,
  talked_ms  INTEGER NOT NULL,
  ended_ms   INTEGER,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_open ON call (tenant, id) WHERE ended_ms IS NULL;

CREATE TABLE recording (
  tenant      INTEGER NOT NULL REFERENCES tenant (id),
  call        INTEGER NOT NULL,
  -- Relative to the folder of recordings, so that the folder can be moved.
  path        TEXT    NOT NULL,
  sha256      TEXT    NOT NULL,
  bytes       INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  started_ms  INTEGER NOT NULL,
  codec       TEXT    NOT NULL,
  PRIMARY KEY (tenant, call)
) STRICT, WITHOUT ROWID;

-- Who changed what. Before and after are JSON, never a password or its hash.
CREATE TABLE change (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  at_ms  INTEGER NOT NULL,
  who    TEXT    NOT NULL,
  what   TEXT    NOT NULL,
  before TEXT,
  after  TEXT
) STRICT;
