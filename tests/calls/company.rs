//! A company that is set up through the API, as its administrator would, with real phones.

use std::path::PathBuf;

use serde_json::{Value, json};
use tests::{Client, Ladus, free_port, need, until};

use crate::baresip::{account, set_up};
use crate::phone::{Phone, Wanted};

/// What callers and agents say, unless a test wants to tell more of them apart.
pub(crate) const CALLER_HZ: u32 = 440;
pub(crate) const AGENT_HZ: u32 = 1_000;

/// A running system with a first group (6001000) and a first person in it.
pub(crate) struct Company {
    pub(crate) ladus: Ladus,
    pub(crate) client: Client,
    pub(crate) baresip: PathBuf,
    pub(crate) group: u64,
    pub(crate) mari: Person,
}

/// Somebody with the credentials of a phone.
pub(crate) struct Person {
    pub(crate) id: u64,
    credential: Value,
}

/// Whether a phone picks up by itself.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Picks {
    Up,
    Nothing,
}

impl Company {
    /// `None` after saying that baresip is missing.
    pub(crate) fn found(flags: &[&str]) -> Option<Company> {
        let baresip = need("baresip", "baresip-core")?;
        let ladus = Ladus::start_with(flags);
        let (client, credential) = set_up(&ladus);
        let id = |list: &str| client.get(&format!("/{list}")).body[list][0]["id"].as_u64();
        let group = id("groups").expect("a group");
        let mari = Person { id: id("people").expect("a person"), credential };
        Some(Company { ladus, client, baresip, group, mari })
    }

    /// Another group; `settings` beside its name and number.
    pub(crate) fn group(&mut self, name: &str, number: &str, mut settings: Value) -> u64 {
        settings["name"] = json!(name);
        settings["numbers"] = json!([number]);
        let reply = self.client.post("/groups", settings);
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.body["id"].as_u64().expect("an id")
    }

    pub(crate) fn change_group(&self, group: u64, change: Value) {
        let reply = self.client.patch(&format!("/groups/{group}"), change);
        assert!(reply.status < 300, "{}", reply.body);
    }

    /// Another person, with a place in each of these groups.
    pub(crate) fn person(&mut self, name: &str, places: &[(u64, u32)]) -> Person {
        let made = self.client.post("/people", json!({ "name": name }));
        assert_eq!(made.status, 201, "{}", made.body);
        let id = made.body["id"].as_u64().expect("an id");
        let made = self.client.post(&format!("/people/{id}/credentials"), json!({}));
        assert_eq!(made.status, 201, "{}", made.body);
        for (group, order) in places {
            self.place(*group, id, *order);
        }
        Person { id, credential: made.body }
    }

    /// Gives somebody a place in a group.
    pub(crate) fn place(&self, group: u64, person: u64, order: u32) {
        let member = json!({ "order": order, "delay_ms": 0 });
        let put = self.client.put(&format!("/groups/{group}/members/{person}"), member);
        assert!(put.status < 300, "{}", put.body);
    }

    /// A person's phone, registered.
    pub(crate) fn phone(&self, of: &Person, hz: u32, picks: Picks) -> Phone {
        let mut account = account(&of.credential, &self.ladus);
        if picks == Picks::Nothing {
            account = account.replace("answermode=auto", "answermode=manual");
        }
        let phone = Phone::start(&Wanted::quiet(&self.baresip, account, hz));
        until(20, "the phone registers", || self.is_registered(of.id).then_some(()));
        phone
    }

    fn is_registered(&self, person: u64) -> bool {
        let people = self.client.get("/people").body;
        let people = people["people"].as_array().cloned().unwrap_or_default();
        let registered = |it: &Value| it["credentials"][0]["registered"] == true;
        people.iter().any(|it| it["id"] == person && registered(it))
    }

    /// A phone behind a trunk of its own that calls nobody yet, and takes every call.
    pub(crate) fn outside(&mut self, number: &str, hz: u32) -> Phone {
        let port = free_port("127.0.0.1");
        self.trunk(number, port);
        let account = format!(
            "<sip:{number}@127.0.0.1:{port}>;regint=0;answermode=auto;audio_codecs=PCMA/8000/1"
        );
        let quiet = Wanted::quiet(&self.baresip, account, hz);
        Phone::start(&Wanted { port: Some(port), ..quiet })
    }

    /// A trunk at this port of the machine.
    pub(crate) fn trunk(&mut self, name: &str, port: u16) {
        let trunk = json!({ "name": name, "address": "127.0.0.1", "port": port });
        let reply = self.client.post("/trunks", trunk);
        assert_eq!(reply.status, 201, "{}", reply.body);
    }

    /// What a caller dials to reach a number of ours.
    pub(crate) fn uri(&self, number: &str) -> String {
        format!("sip:{number}@{}", self.ladus.sip)
    }

    /// The newest call of this caller.
    pub(crate) fn call_of(&self, caller: &str) -> Option<Value> {
        let calls = self.client.get("/calls?limit=50").body;
        let calls = calls["calls"].as_array().cloned().unwrap_or_default();
        calls.into_iter().find(|call| call["caller"] == caller)
    }

    /// The call of this caller once it looks so.
    #[track_caller]
    pub(crate) fn until_call(
        &self,
        caller: &str,
        what: &str,
        looks: impl Fn(&Value) -> bool,
    ) -> Value {
        until(40, what, || self.call_of(caller).filter(|call| looks(call)))
    }

    /// The journal's lines of a call, each as its kind and its body.
    pub(crate) fn facts(&self, call: &Value) -> Vec<(String, Value)> {
        let page = self.client.get(&format!("/calls/{}", call["id"])).body;
        let facts = page["facts"].as_array().cloned().unwrap_or_default();
        let kind = |fact: &Value| fact["kind"].as_str().unwrap_or_default().to_owned();
        facts.iter().map(|fact| (kind(fact), fact["body"].clone())).collect()
    }

    /// Waits until the journal has a line of this kind that looks so.
    #[track_caller]
    pub(crate) fn until_fact(
        &self,
        caller: &str,
        kind: &str,
        looks: impl Fn(&Value) -> bool,
    ) -> Value {
        until(40, &format!("the journal has {kind}"), || {
            let facts = self.facts(&self.call_of(caller)?);
            facts.into_iter().find(|(it, body)| it == kind && looks(body)).map(|(_, body)| body)
        })
    }
}
