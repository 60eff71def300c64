-- Rows as step 2 of the migrations knew them, on top of those of the first release: somebody has
-- changed the plan, and an older version is too old to go back to.

INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES
  (2, 'groups and agents', TRUE,
   x'555de50040ae2f7de36356cb28f5389bcd7463d71929c2c7da18b2468e42a5167d86e18f1c6ba2395b2e8c44bdb86512',
   4100000);

INSERT INTO plan_version (tenant, version, at_ms, who, document) VALUES
  (1, 7, 1767599000000, 'Mall', NULL),
  (1, 8, 1767599500000, 'Mall', '{
    "groups": [{"id":1,"name":"Müük","language":"et","numbers":["6001000"],"ring_ms":9000,
      "wrap_up_ms":0,"waiting_max":5,"policy":"built-in","recorded":true}],
    "memberships": [], "calendars": [], "modes": [], "pressed": null, "misses": {}}');
INSERT INTO change (tenant, at_ms, who, what, version) VALUES
  (1, 1767599500000, 'Mall', 'group_changed', 8);
