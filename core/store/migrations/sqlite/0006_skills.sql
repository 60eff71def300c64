-- What people can. No row: the person has not got the skill.

CREATE TABLE skill (
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  name   TEXT    NOT NULL,
  level  INTEGER NOT NULL CHECK (level BETWEEN 1 AND 10),
  PRIMARY KEY (tenant, person, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX skill_person ON skill (person);
