-- A database as the first release left it: its schema is step 1 of the migrations, its rows are
-- those of a small company with a morning of calls. One call was alive when the process ended.
-- Made by hand from what that release wrote; never to be changed, only added to.

CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
-- The checksum is that of the step as it was released: whoever changes the step breaks every
-- database that there is.
INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES
  (1, 'start', TRUE,
   x'e236591b2c48b0cae80df43a4bbed74967d1cbc208af7d37f7056cf3ceb6fbb1b4df3b3fc0c97130223b3e80d59a4adb',
   4100000);

UPDATE tenant SET name = 'Kask ja Pojad', realm = 'ladus-4c1f', language = 'et', plan_version = 9,
  created_ms = 1767513600000 WHERE id = 1;

INSERT INTO account (id, tenant, name, email, password_hash, role, created_ms) VALUES
  (1, 1, 'Mall', 'mall@example.com', 
   '$argon2id$v=19$m=19456,t=2,p=1$9VwzbG4cxJxiKgtNPthlhw$fWF0VnauoLuYMGGAyXrrNoxKTAsXNkwclOHnruABnDs', 'administrator', 1767513600000);
INSERT INTO session (token_sha256, tenant, account, created_ms, seen_ms, expires_ms, address) VALUES
  (x'270a67e0f77a8d1ed2e957f3577701df8e8b0209709ef2bd8c16fa9c8ae7a039', 1, 1,
   1767600000000, 1767600000000, 1768204800000, '192.0.2.5');
INSERT INTO start_token (sha256, tenant, created_ms, expires_ms, used) VALUES
  (x'24a73adb42aa535560ee38e8d38217c6e9d4592475fac677ad21a85c66442ec7', 1,
   1767513600000, 1767517200000, 1);

INSERT INTO person (id, tenant, name, extension, created_ms) VALUES
  (1, 1, 'Mari Maasikas', '101', 1767514000000),
  (2, 1, 'Jaan Tamm', '102', 1767515000000),
  (4, 1, 'Õie Kask', NULL, 1767516000000);
INSERT INTO credential (id, tenant, person, sip_user, ha1_md5, ha1_sha256, created_ms) VALUES
  (1, 1, 1, 'mari', 'a58c2d7a90a0c69d3e60ea661f942153',
   '176df17f7b9b830d0427c9234f9b29b9fcb0a621e126d25a8a3c36110487b5ff', 1767514000000),
  (2, 1, 2, 'jaan', 'de939ab07e6f7ce2fd77d58bfba4042b',
   '3cc65ac6cb9c47dc4d42618c86df39bc5975575d6e6639693a102ff4cc494f02', 1767515000000);
INSERT INTO grp (id, tenant, name, language, ring_ms, wrap_up_ms, waiting_max, policy, recorded,
  created_ms) VALUES
  (1, 1, 'Müük', 'et', 20000, 10000, 100, 'longest-idle', 1, 1767514000000),
  (2, 1, 'Tugi', 'en', 15000, 0, 0, 'built-in', 0, 1767514500000);
INSERT INTO number (tenant, number, grp) VALUES
  (1, '6001000', 1), (1, '6001001', 1), (1, '6002000', 2);
INSERT INTO membership (tenant, person, grp, ord, delay_ms) VALUES
  (1, 1, 1, 1, 0), (1, 2, 1, 2, 20000), (1, 2, 2, 1, 0);
INSERT INTO trunk (id, tenant, name, address, port, created_ms) VALUES
  (1, 1, 'Operaator', '192.0.2.10', 5060, 1767515000000),
  (3, 1, 'Labor', '2001:db8::7', NULL, 1767520000000);

INSERT INTO change (id, tenant, at_ms, who, what, before, after) VALUES
  (1, 1, 1767514000000, 'Mall', 'person_added', NULL,
   '{"id":1,"name":"Mari Maasikas","extension":"101"}'),
  (2, 1, 1767514500000, 'Mall', 'group_added', NULL,
   '{"id":2,"name":"Tugi","language":"en","numbers":["6002000"],"ring_ms":15000}'),
  (3, 1, 1767520000000, 'Mall', 'trunk_added', NULL,
   '{"id":3,"name":"Labor","address":"2001:db8::7","port":null}');

INSERT INTO recording (tenant, call, path, sha256, bytes, duration_ms, started_ms, codec) VALUES
  (1, 1, '2026/01/05/1.wav',
   'abababababababababababababababababababababababababababababababab', 960058, 60000, 1767600024000, 'pcma');

INSERT INTO fact (tenant, seq, at_ms, call, kind, body) VALUES
  (1, 1, 1767599995000, NULL, 'plan_changed', '{"version":9}'),
  (1, 2, 1767599995000, NULL, 'agent_wish', '{"agent":1,"wish":"on","by":"rule"}'),
  (1, 3, 1767599995000, NULL, 'agent_wish', '{"agent":2,"wish":"on","by":"rule"}'),
  (1, 4, 1767599996000, NULL, 'device_registered', '{"agent":1,"sip_user":"mari","contact":"<sip:mari@192.0.2.21:5060>","user_agent":"baresip v1.0.0 (x86_64/linux)"}'),
  (1, 5, 1767599996000, NULL, 'agent_activity', '{"agent":1,"activity":"idle"}'),
  (1, 6, 1767599997000, NULL, 'device_registered', '{"agent":2,"sip_user":"jaan","contact":"<sip:jaan@192.0.2.22:5060>","user_agent":"Linphone/5.0"}'),
  (1, 7, 1767599997000, NULL, 'agent_activity', '{"agent":2,"activity":"idle"}'),
  (1, 8, 1767600000000, 1, 'call_arrived', '{"group":1,"number":"6001000","caller":"5551234"}'),
  (1, 9, 1767600000000, 1, 'queue_entered', '{"group":1,"priority":0,"place":1}'),
  (1, 10, 1767600000000, 1, 'route_decided', '{"group":1,"chosen":1,"policy":"longest-idle@1.0.0","micros":13,"fuel":4120,"reason":"longest idle","candidates":[1,2],"skipped":[]}'),
  (1, 11, 1767600000000, 1, 'offer_sent', '{"group":1,"agent":1}'),
  (1, 12, 1767600000000, NULL, 'agent_activity', '{"agent":1,"activity":"offered"}'),
  (1, 13, 1767600000040, 1, 'offer_ringing', '{"agent":1}'),
  (1, 14, 1767600020000, 1, 'offer_ended', '{"group":1,"agent":1,"outcome":"no_answer","rang_ms":19960}'),
  (1, 15, 1767600020000, NULL, 'agent_activity', '{"agent":1,"activity":"idle"}'),
  (1, 16, 1767600020000, 1, 'route_decided', '{"group":1,"chosen":2,"policy":"longest-idle@1.0.0","micros":13,"fuel":4120,"reason":"longest idle","candidates":[2],"skipped":[{"agent":1,"reason":"resting"}]}'),
  (1, 17, 1767600020000, 1, 'offer_sent', '{"group":1,"agent":2}'),
  (1, 18, 1767600020000, NULL, 'agent_activity', '{"agent":2,"activity":"offered"}'),
  (1, 19, 1767600020050, 1, 'offer_ringing', '{"agent":2}'),
  (1, 20, 1767600024000, 1, 'offer_ended', '{"group":1,"agent":2,"outcome":"answered","rang_ms":3950}'),
  (1, 21, 1767600024000, 1, 'recording_started', '{}'),
  (1, 22, 1767600024000, 1, 'queue_left', '{"group":1,"leave":"answered","waited_ms":24000}'),
  (1, 23, 1767600024000, 1, 'talk_started', '{"group":1,"agent":2}'),
  (1, 24, 1767600024000, NULL, 'agent_activity', '{"agent":2,"activity":"talking"}'),
  (1, 25, 1767600040000, 1, 'hold_started', '{"by":"agent"}'),
  (1, 26, 1767600050000, 1, 'hold_ended', '{"by":"agent"}'),
  (1, 27, 1767600084000, 1, 'talk_ended', '{"group":1,"agent":2,"by":"caller","cause":"hung_up","talked_ms":60000}'),
  (1, 28, 1767600084000, 1, 'wrapup_started', '{"group":1,"agent":2}'),
  (1, 29, 1767600084000, NULL, 'agent_activity', '{"agent":2,"activity":"wrapup"}'),
  (1, 30, 1767600084210, 1, 'recording_stored', '{"bytes":960058,"duration_ms":60000,"sha256":"abababababababababababababababababababababababababababababababab"}'),
  (1, 31, 1767600094000, NULL, 'wrapup_ended', '{"agent":2,"by":"timer"}'),
  (1, 32, 1767600094000, NULL, 'agent_activity', '{"agent":2,"activity":"idle"}'),
  (1, 33, 1767600100000, NULL, 'agent_wish', '{"agent":1,"wish":"break","reason":"lõuna","by":"web","who":"Mall"}'),
  (1, 34, 1767600101000, NULL, 'device_lost', '{"agent":2,"sip_user":"jaan"}'),
  (1, 35, 1767600101000, NULL, 'agent_activity', '{"agent":2,"activity":"unreachable"}'),
  (1, 36, 1767600110000, 2, 'call_arrived', '{"group":1,"number":"6001000","caller":""}'),
  (1, 37, 1767600110000, 2, 'queue_entered', '{"group":1,"priority":0,"place":1}'),
  (1, 38, 1767600117500, 2, 'queue_left', '{"group":1,"leave":"abandoned","waited_ms":7500}'),
  (1, 39, 1767600120000, 3, 'call_arrived', '{"group":2,"number":"6002000","caller":"+3725550000"}'),
  (1, 40, 1767600120000, 3, 'queue_refused', '{"group":2,"refusal":"full"}'),
  (1, 41, 1767600125000, NULL, 'call_rejected', '{"number":"6009999","caller":"5551234","status":404}'),
  (1, 42, 1767600130000, NULL, 'agent_wish', '{"agent":1,"wish":"on","by":"agent"}'),
  (1, 43, 1767600131000, 4, 'call_arrived', '{"group":1,"number":"6001001","caller":"5557777"}'),
  (1, 44, 1767600131000, 4, 'queue_entered', '{"group":1,"priority":0,"place":1}'),
  (1, 45, 1767600131000, 4, 'route_decided', '{"group":1,"chosen":1,"policy":"longest-idle@1.0.0","micros":13,"fuel":4120,"fallback":"trapped","candidates":[1],"skipped":[{"agent":2,"reason":"unreachable"}]}'),
  (1, 46, 1767600131000, 4, 'offer_sent', '{"group":1,"agent":1}'),
  (1, 47, 1767600131000, NULL, 'agent_activity', '{"agent":1,"activity":"offered"}'),
  (1, 48, 1767600131060, 4, 'offer_ringing', '{"agent":1}');

-- The cache of calls as that release folded it.
INSERT INTO call (tenant, id, arrived_ms, caller, number, grp, agent, outcome, waited_ms, talked_ms,
  ended_ms) VALUES
  (1, 1, 1767600000000, '5551234', '6001000', 1, 2, 'answered', 24000, 60000, 1767600084000),
  (1, 2, 1767600110000, '', '6001000', 1, NULL, 'abandoned', 7500, 0, 1767600117500),
  (1, 3, 1767600120000, '+3725550000', '6002000', 2, NULL, 'refused', 0, 0, 1767600120000),
  (1, 4, 1767600131000, '5557777', '6001001', 1, NULL, 'waiting', 0, 0, NULL);
