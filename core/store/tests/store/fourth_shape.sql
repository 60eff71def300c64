-- Rows as step 4 of the migrations knew them, on top of those of the second shape: a group has the
-- stock policy, in its row and in the plan that is kept.

INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES
  (3, 'what outlives a restart', TRUE,
   x'033675cf132985c34490ae3dc7605c50e817b27609a355ef634610d9ee93c38a3c624ccf98e6e089844375fc96adaaa3',
   4100000),
  (4, 'office calls', TRUE,
   x'dc70aa1a1122b389699b8bcfb564bf8fe784581e507b92c095690e49da0c5f2b6d437ceb1220944147f05cd01b3c8b61',
   4100000);

INSERT INTO plan_document (tenant, version, bytes, body) VALUES
  (1, 9, 287, '{
    "groups": [{"id":1,"name":"Müük","language":"et","numbers":["6001000"],"ring_ms":20000,
      "wrap_up_ms":10000,"waiting_max":100,"policy":"longest-idle","recorded":true}],
    "memberships": [], "calendars": [], "modes": [], "pressed": null, "misses": {}}');
INSERT INTO plan_version (tenant, version, at_ms, who, document) VALUES
  (1, 9, 1767600500000, 'Mall', 9);
