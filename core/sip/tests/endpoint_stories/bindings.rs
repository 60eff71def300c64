//! REGISTER in all its forms, by hand.

use std::time::Duration;

use expect_test::expect;
use sip::Login;
use sip::auth::answer;
use sip::message::{Method, Name};

use crate::puppet::Puppet;
use crate::world::World;

const URI: &str = "sip:10.0.0.1";

/// A phone of mari that can say anything in a REGISTER.
struct Phone {
    puppet: Puppet,
    cseq: u32,
    call_id: &'static str,
    to: &'static str,
}

impl Phone {
    fn new() -> Phone {
        let puppet = Puppet::at("10.7.7.7:5060", World::new());
        Phone { puppet, cseq: 0, call_id: "one", to: "mari" }
    }

    /// REGISTER with these header lines, the challenge answered.
    fn registers(&mut self, headers: &str) -> String {
        self.says("", headers);
        let challenge = self.puppet.heard.last().unwrap();
        let login = Login { user: "mari".into(), password: "secret".into() };
        let (_, proof) = answer(challenge, &login, &Method::Register, URI, "c", 1).unwrap();
        self.says(&format!("Authorization: {proof}\n"), headers)
            + &self.puppet.last(&[Name::Contact, Name::MinExpires])
    }

    fn says(&mut self, proof: &str, headers: &str) -> String {
        self.cseq += 1;
        self.repeats(proof, headers, self.cseq)
    }

    fn repeats(&mut self, proof: &str, headers: &str, branch: u32) -> String {
        let Phone { call_id, cseq, to, .. } = self;
        self.puppet.say(&format!(
            "REGISTER {URI} SIP/2.0\n\
             Via: SIP/2.0/UDP 10.7.7.7;rport;branch=z9hG4bK{call_id}{branch}\n\
             From: <sip:mari@10.0.0.1>;tag=1\nTo: <sip:{to}@10.0.0.1>\nCall-ID: {call_id}\n\
             CSeq: {cseq} REGISTER\n{headers}{proof}Content-Length: 0\n\n"
        ))
    }
}

#[test]
fn expiry_has_bounds() {
    let mut phone = Phone::new();
    let brief = phone.registers("Contact: <sip:mari@10.7.7.7>;expires=59\n");
    let long = phone.registers("Contact: <sip:mari@10.7.7.7>;expires=86400\n");
    let header = phone.registers("Contact: <sip:mari@10.7.7.7>\nExpires: 120\n");
    let none = phone.registers("Contact: <sip:mari@10.7.7.7>\n");
    let gone = phone.registers("Contact: <sip:mari@10.7.7.7>;expires=0\n");
    expect![[r#"
        > 423 REGISTER
        Min-Expires: 60
        --
        > 200 REGISTER
        : registered mari at sip:mari@10.7.7.7, the first
        Contact: <sip:mari@10.7.7.7>;expires=3600
        --
        > 200 REGISTER
        : registered mari at sip:mari@10.7.7.7
        Contact: <sip:mari@10.7.7.7>;expires=120
        --
        > 200 REGISTER
        : registered mari at sip:mari@10.7.7.7
        Contact: <sip:mari@10.7.7.7>;expires=3600
        --
        > 200 REGISTER
        : unregistered mari
    "#]]
    .assert_eq(&[brief, long, header, none, gone].join("--\n"));
}

#[test]
fn register_without_contact_only_asks() {
    let mut phone = Phone::new();
    let nothing = phone.registers("");
    phone.registers("Contact: <sip:mari@10.7.7.7>\n");
    phone.puppet.wait(Duration::from_secs(100));
    let asked = phone.registers("");
    expect![[r#"
        > 200 REGISTER
        --
        > 200 REGISTER
        Contact: <sip:mari@10.7.7.7>;expires=3500
    "#]]
    .assert_eq(&[nothing, asked].join("--\n"));
}

#[test]
fn star_removes_every_binding() {
    let mut phone = Phone::new();
    phone.registers("Contact: <sip:a@10.7.7.7>\n");
    phone.registers("Contact: <sip:b@10.7.7.7>, <sip:c@10.7.7.7>\n");
    let alive = phone.registers("Contact: *\n");
    let gone = phone.registers("Contact: *\nExpires: 0\n");
    expect![[r#"
        > 400 REGISTER
        --
        > 200 REGISTER
        : unregistered mari
    "#]]
    .assert_eq(&[alive, gone].join("--\n"));
}

#[test]
fn eleventh_device_pushes_the_oldest_out() {
    let mut phone = Phone::new();
    for number in 0..11 {
        phone.registers(&format!("Contact: <sip:{number}@10.7.7.7>\n"));
    }
    let left = phone.registers("");
    assert_eq!(left.matches("Contact").count(), 10);
    assert!(!left.contains("sip:0@"), "{left}");
}

#[test]
fn restarted_phone_replaces_itself() {
    let mut phone = Phone::new();
    let instance = "+sip.instance=\"<urn:uuid:0001>\"";
    phone.registers(&format!("Contact: <sip:mari@10.7.7.7:1000>;{instance}\n"));
    phone.call_id = "two";
    let told = phone.registers(&format!("Contact: <sip:mari@10.7.7.7:2000>;{instance}\n"));
    expect![[r#"
        > 200 REGISTER
        : registered mari at sip:mari@10.7.7.7:2000
        Contact: <sip:mari@10.7.7.7:2000>;expires=3600
    "#]]
    .assert_eq(&told);
}

#[test]
fn overtaken_register_changes_nothing() {
    let mut phone = Phone::new();
    phone.cseq = 10;
    phone.registers("Contact: <sip:mari@10.7.7.7>\n");
    phone.cseq = 5;
    let told = phone.registers("Contact: <sip:mari@10.7.7.7>;expires=0\n");
    expect![[r#"
        > 500 REGISTER
    "#]]
    .assert_eq(&told);
}

#[test]
fn nobody_registers_for_somebody_else() {
    let mut phone = Phone::new();
    phone.to = "jaan";
    expect![[r#"
        > 403 REGISTER
    "#]]
    .assert_eq(&phone.registers("Contact: <sip:mari@10.7.7.7>\n"));
}

#[test]
fn broken_contact_is_refused() {
    let mut phone = Phone::new();
    let mailto = phone.registers("Contact: <mailto:mari@10.7.7.7>\n");
    let beside = phone.registers("Contact: *, <sip:mari@10.7.7.7>\nExpires: 0\n");
    expect![[r#"
        > 400 REGISTER
        --
        > 400 REGISTER
    "#]]
    .assert_eq(&[mailto, beside].join("--\n"));
}

#[test]
fn replayed_answer_is_challenged_again_but_a_repetition_is_not() {
    let mut phone = Phone::new();
    let contact = "Contact: <sip:mari@10.7.7.7>\n";
    phone.says("", contact);
    let challenge = phone.puppet.heard.last().unwrap();
    let login = Login { user: "mari".into(), password: "secret".into() };
    let (_, proof) = answer(challenge, &login, &Method::Register, URI, "c", 1).unwrap();
    let proof = format!("Authorization: {proof}\n");
    let first = phone.says(&proof, contact);
    let repeated = phone.repeats(&proof, contact, 2);
    let replayed = phone.says(&proof, contact);
    assert!(phone.puppet.last(&[Name::WwwAuthenticate]).contains("stale=true"));
    expect![[r#"
        > 200 REGISTER
        : registered mari at sip:mari@10.7.7.7, the first
        --
        > 200 REGISTER
        --
        > 401 REGISTER
    "#]]
    .assert_eq(&[first, repeated, replayed].join("--\n"));
}

#[test]
fn phones_do_not_register_anybody() {
    let mut puppet = Puppet::at("10.7.7.7:5060", World::new());
    let access = sip::Access { is_phone: true, ..sip::Access::default() };
    puppet.world.sides[0].endpoint.set_access(sip::Time(0), access, &mut Vec::new());
    let mut phone = Phone { puppet, ..Phone::new() };
    let told = phone.says("", "Contact: <sip:mari@10.7.7.7>\n");
    expect![[r#"
        > 405 REGISTER
        Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE
    "#]]
    .assert_eq(&(told + &phone.puppet.last(&[Name::Allow])));
}

#[test]
fn user_who_is_removed_loses_the_bindings() {
    let mut phone = Phone::new();
    phone.registers("Contact: <sip:mari@10.7.7.7>\n");
    let mut out = Vec::new();
    let side = &mut phone.puppet.world.sides[0];
    side.endpoint.set_access(sip::Time(0), sip::Access::default(), &mut out);
    assert_eq!(out.len(), 1);
    assert_eq!(side.endpoint.flow_of("mari"), None);
}
