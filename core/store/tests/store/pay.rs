//! Pay: a period that two people sign, and everything that must not happen to it afterwards.

use std::path::Path;

use acd::{Activity, Actor, Fact as Acd, Time, Wish};
use centre::{Fact, What};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use stats::guards::Pattern;
use stats::pay::{RuleDoc, Signed, Why};
use store::{
    Error, Journal, NewPayCorrection, NewPayDispute, NewPayRule, NewPerson, PayReport, PayState,
    Store, Tenant,
};
use tempfile::TempDir;

use crate::journal::{MARI, answered_call, lines};
use crate::{BY, fresh};

/// 2 March 2026, midnight UTC.
const MONDAY_MS: u64 = 1_772_409_600_000;
const HOUR_MS: u64 = 3_600_000;
const DAY: &str = "2026-03-02";

fn by(account: u64) -> Signed {
    let name = ["Tiina", "Toomas"][account as usize - 1].to_owned();
    Signed { account, name, at_ms: MONDAY_MS + 30 * HOUR_MS }
}

fn rule(json: Value) -> RuleDoc {
    serde_json::from_value(json).unwrap()
}

fn per_hour_and_call() -> RuleDoc {
    rule(json!({
        "currency": "EUR",
        "scope": "everybody",
        "base": { "per_hour": "9", "per_call": "0.5" },
        "items": [{
            "name": "Quick", "on": "answer-time-ms", "calls_min": 2,
            "bands": [{ "to": "5000", "amount": "10" }],
        }],
    }))
}

async fn add(tenant: &Tenant, name: &str, rule: &RuleDoc) -> u64 {
    let new = NewPayRule { name, valid_from: "2026-03-01", rule };
    tenant.add_pay_rule(new, BY).await.unwrap().id
}

/// A company of seven, the last of whom, Mari, worked two and a half hours on Monday, with a break
/// of a quarter, and answered three calls; she had logged on on Sunday.
async fn monday() -> (TempDir, Store, Tenant) {
    let (folder, store, tenant) = fresh().await;
    for name in ["A", "B", "C", "D", "E", "F", "Mari"] {
        let new = NewPerson { name, extension: None };
        tenant.add_person(new, BY).await.unwrap();
    }
    let told = |at_ms, fact| Fact { at: Time(at_ms), what: What::Acd(fact) };
    let wish = |at_ms, wish| told(at_ms, Acd::AgentWish { agent: MARI, wish, by: Actor::Agent });
    let idle = Acd::AgentActivity { agent: MARI, activity: Activity::Idle };
    let lunch = Wish::Break { reason: "lunch".to_owned() };
    let mut facts = vec![wish(MONDAY_MS - HOUR_MS, Wish::On), told(MONDAY_MS - HOUR_MS, idle)];
    for call in 1..=3 {
        facts.extend(answered_call(call, MONDAY_MS + call * HOUR_MS / 4));
    }
    facts.push(wish(MONDAY_MS + 2 * HOUR_MS, lunch));
    facts.push(wish(MONDAY_MS + 9 * HOUR_MS / 4, Wish::On));
    facts.push(wish(MONDAY_MS + 11 * HOUR_MS / 4, Wish::Off));
    // Tuesday is not in it.
    facts.extend(answered_call(9, MONDAY_MS + 26 * HOUR_MS));
    let mut journal = Journal::open(&tenant).await.unwrap();
    journal.append(&lines(&facts)).await.unwrap();
    (folder, store, tenant)
}

/// The same, with Monday closed by two people.
async fn closed() -> (TempDir, Store, Tenant, u64) {
    let (folder, store, tenant) = monday().await;
    add(&tenant, "Usual", &per_hour_and_call()).await;
    let period = tenant.open_pay_period(DAY, DAY, BY).await.unwrap().id;
    tenant.review_pay_period(period, &by(1)).await.unwrap();
    tenant.close_pay_period(period, &by(2)).await.unwrap();
    (folder, store, tenant, period)
}

/// Says something to the database behind the store's back.
async fn say(folder: &Path, sql: &'static str) -> Result<(), sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(folder.join("data/ladus.db"));
    let mut connection = options.connect().await?;
    let said = sqlx::raw_sql(sql).execute(&mut connection).await;
    connection.close().await?;
    said.map(|_| ())
}

/// What verification tells, in words.
fn found(report: &PayReport) -> Vec<String> {
    let differing = report.periods.iter().flat_map(|it| {
        it.differences.iter().map(|d| format!("{} {}: {} {}", d.name, d.place, d.signed, d.again))
    });
    let broken = report.broken.iter().map(ToString::to_string);
    differing.chain(broken).chain(report.without_entry.iter().cloned()).collect()
}

#[tokio::test]
async fn a_period_is_reviewed_by_one_and_closed_by_another() {
    let (_folder, _store, tenant) = monday().await;
    add(&tenant, "Usual", &per_hour_and_call()).await;
    let period = tenant.open_pay_period(DAY, DAY, BY).await.unwrap();
    assert_eq!((period.state, period.span.zone.as_str()), (PayState::Open, "UTC"));
    let early = Signed { at_ms: MONDAY_MS + 23 * HOUR_MS, ..by(1) };
    let refused = tenant.review_pay_period(period.id, &early).await.unwrap_err();
    assert!(matches!(refused, Error::PayNotOver), "{refused}");
    let refused = tenant.close_pay_period(period.id, &by(2)).await.unwrap_err();
    assert!(matches!(refused, Error::PayState { state: "open" }), "{refused}");
    let reviewed = tenant.review_pay_period(period.id, &by(1)).await.unwrap();
    assert_eq!((reviewed.state, reviewed.reviewed), (PayState::Reviewed, Some(by(1))));
    let refused = tenant.close_pay_period(period.id, &by(1)).await.unwrap_err();
    assert!(matches!(&refused, Error::PaySameSigner { name } if name == "Tiina"), "{refused}");
    let sheet = tenant.close_pay_period(period.id, &by(2)).await.unwrap();
    assert_eq!(sheet.period.state, PayState::Closed);
    let mari = sheet.sheet.statement(7).unwrap();
    let amounts: Vec<&str> = mari.lines.iter().map(|it| it.amount.as_str()).collect();
    assert_eq!(amounts, ["22.5000", "1.5000", "10.0000"], "2.5 hours, 3 calls, quickly");
    assert_eq!(mari.total, "34.00");
    let figure = sheet.sheet.figures.iter().find(|it| it.agent == 7).unwrap();
    assert_eq!((figure.name.as_str(), figure.calls.as_slice()), ("Mari", &[1, 2, 3][..]));
    let idle = sheet.sheet.statement(1).unwrap();
    assert_eq!(idle.total, "0.00");
    assert_eq!(idle.lines[0].why, Some(Why::HoursUnknown));
    assert_eq!(idle.lines[2].why, Some(Why::TooFew { calls: 0, least: 2 }));
    let report = tenant.verify_pay().await.unwrap();
    assert!(report.is_well(), "{:?}", found(&report));
    assert_eq!((report.periods.len(), report.periods[0].people), (1, 7));
    assert_eq!(report.newest, sheet.closed.map(|(_, hash)| hash));
}

#[tokio::test]
async fn what_changes_after_the_review_must_be_reviewed_again() {
    let (_folder, _store, tenant) = monday().await;
    let id = add(&tenant, "Usual", &per_hour_and_call()).await;
    let period = tenant.open_pay_period(DAY, DAY, BY).await.unwrap().id;
    tenant.review_pay_period(period, &by(1)).await.unwrap();
    let richer = rule(json!({
        "currency": "EUR", "scope": "everybody", "base": { "per_hour": "90" },
    }));
    let new = NewPayRule { name: "Usual", valid_from: DAY, rule: &richer };
    tenant.add_pay_rule_version(id, new, BY).await.unwrap();
    let refused = tenant.close_pay_period(period, &by(2)).await.unwrap_err();
    assert!(matches!(refused, Error::PayChanged), "{refused}");
    assert_eq!(tenant.pay_period(period).await.unwrap().state, PayState::Open);
    tenant.review_pay_period(period, &by(2)).await.unwrap();
    let sheet = tenant.close_pay_period(period, &by(1)).await.unwrap();
    assert_eq!(sheet.sheet.statement(7).unwrap().total, "225.00");
    assert_eq!(sheet.sheet.rules[0].version, 2);
}

#[tokio::test]
async fn a_closed_period_is_never_changed() {
    let (folder, _store, tenant, period) = closed().await;
    for refused in [
        tenant.reopen_pay_period(period, BY).await.err(),
        tenant.remove_pay_period(period, BY).await.err(),
        tenant.review_pay_period(period, &by(1)).await.err(),
    ] {
        let refused = refused.unwrap();
        assert!(matches!(refused, Error::PayState { state: "closed" }), "{refused}");
    }
    for sql in [
        "UPDATE pay_entry SET body = '{}'",
        "DELETE FROM pay_entry",
        "UPDATE pay_period SET state = 'open'",
        "DELETE FROM pay_period",
    ] {
        let told = say(folder.path(), sql).await.unwrap_err().to_string();
        assert!(told.contains("is never"), "{sql}: {told}");
    }
    let renamed = store::PersonPatch { name: Some("Mari Kask"), extension: None };
    tenant.change_person(MARI, renamed, BY).await.unwrap();
    let report = tenant.verify_pay().await.unwrap();
    assert!(report.is_well(), "names are as they were signed: {:?}", found(&report));
}

#[tokio::test]
async fn one_byte_of_what_was_signed_is_found_and_its_period_named() {
    let (folder, _store, tenant, _) = closed().await;
    let sql = "DROP TRIGGER pay_entry_changed; \
        UPDATE pay_entry SET body = replace(body, '\"total\":\"34.00\"', '\"total\":\"84.00\"')";
    say(folder.path(), sql).await.unwrap();
    let report = tenant.verify_pay().await.unwrap();
    assert_eq!(
        found(&report),
        [
            "Mari total: 84.00 34.00",
            "entry 1 of the chain, period 2026-03-02 – 2026-03-02: its content or its hash was \
             changed after it was signed",
        ]
    );
}

#[tokio::test]
async fn a_fact_that_was_changed_is_found_in_the_statement_that_rests_on_it() {
    let (folder, _store, tenant, _) = closed().await;
    let sql = "UPDATE fact SET body = replace(body, '\"answered\"', '\"no_answer\"') \
        WHERE kind = 'offer_ended' AND call = 2";
    say(folder.path(), sql).await.unwrap();
    let report = tenant.verify_pay().await.unwrap();
    let found = found(&report);
    assert!(found.contains(&"Mari answered: 3 2".to_owned()), "{found:?}");
    assert!(found.contains(&"Mari calls: [1, 2, 3] [1, 3]".to_owned()), "{found:?}");
    assert!(found.contains(&"Mari total: 34.00 33.50".to_owned()), "{found:?}");
    assert!(report.broken.is_none(), "the chain itself is as it was");
}

#[tokio::test]
async fn an_entry_that_was_cut_off_is_missed_by_its_period() {
    let (folder, _store, tenant, _) = closed().await;
    say(folder.path(), "DROP TRIGGER pay_entry_removed; DELETE FROM pay_entry").await.unwrap();
    let report = tenant.verify_pay().await.unwrap();
    assert_eq!(found(&report), ["2026-03-02 – 2026-03-02"]);
}

#[tokio::test]
async fn a_dispute_that_is_accepted_becomes_a_correction_that_another_one_signs() {
    let (_folder, _store, tenant, period) = closed().await;
    let new = |line, words| NewPayDispute { agent: 7, line, words };
    let wrong = tenant.open_pay_dispute(period, new("base.bonus", "?"), BY).await.unwrap_err();
    assert!(matches!(wrong, Error::Invalid { field: "line", .. }), "{wrong}");
    let first = tenant.open_pay_dispute(period, new("base.per_hour", "I was there."), BY);
    let first = first.await.unwrap();
    let second = tenant.open_pay_dispute(period, new("", "It is too little."), BY).await.unwrap();
    let tiina = by(1);
    let said = tenant.answer_pay_dispute(second.id, "It is by the rule.", None, &tiina);
    assert_eq!(said.await.unwrap().state, "declined");
    let said = tenant.answer_pay_dispute(first.id, "True: a power cut.", Some("4.5"), &tiina);
    let said = said.await.unwrap();
    assert_eq!((said.state.as_str(), said.answer.unwrap().1.as_str()), ("accepted", "Tiina"));
    let again = tenant.answer_pay_dispute(first.id, "No.", None, &by(2)).await.unwrap_err();
    assert!(matches!(again, Error::PayState { state: "answered" }), "{again}");
    let proposed = tenant.pay_corrections(period).await.unwrap().remove(0);
    assert_eq!((proposed.amount.as_str(), proposed.dispute), ("4.50", Some(first.id)));
    let refused = tenant.sign_pay_correction(proposed.id, &by(1)).await.unwrap_err();
    assert!(matches!(refused, Error::PaySameSigner { .. }), "{refused}");
    let signed = tenant.sign_pay_correction(proposed.id, &by(2)).await.unwrap();
    assert_eq!((signed.state.as_str(), signed.entry), ("signed", Some(2)));
    let again = tenant.sign_pay_correction(proposed.id, &by(2)).await.unwrap_err();
    assert!(matches!(again, Error::PayState { state: "signed" }), "{again}");
    let kept = tenant.signed_corrections(period).await.unwrap();
    assert_eq!((kept[0].of, kept[0].name.as_str(), kept[0].currency.as_str()), (1, "Mari", "EUR"));
    let report = tenant.verify_pay().await.unwrap();
    assert!(report.is_well() && report.corrections == 1, "{:?}", found(&report));
    for wrong in ["", "0", "1.234", "1e3", "--1", "123456789"] {
        let new = NewPayCorrection {
            agent: 7,
            line: "",
            amount: wrong,
            reason: "Why not.",
            dispute: None,
        };
        let told = tenant.propose_pay_correction(period, new, &by(1)).await.unwrap_err();
        assert!(matches!(told, Error::Invalid { field: "amount", .. }), "{wrong}: {told}");
    }
}

#[tokio::test]
async fn whoever_answers_a_call_from_her_own_phone_is_noticed_with_the_call() {
    let (_folder, _store, tenant) = monday().await;
    let patch = store::PersonPatch { name: None, extension: Some(Some("+3725500001")) };
    tenant.change_person(MARI, patch, BY).await.unwrap();
    let span = tenant.pay_span(DAY, DAY).await.unwrap();
    let flags = tenant.pay_flags(&span).await.unwrap();
    // Call 1 came from her own extension; she answered it and two others.
    let found: Vec<_> = flags.iter().map(|it| (it.agent, it.pattern, it.count, it.of)).collect();
    assert_eq!(found, [(MARI, Pattern::SelfCalls, 1, 3)]);
    assert_eq!(flags[0].calls, [acd::CallId(1)]);
    let tuesday = tenant.pay_span("2026-03-03", "2026-03-03").await.unwrap();
    assert_eq!(tenant.pay_flags(&tuesday).await.unwrap(), []);
}

#[tokio::test]
async fn no_day_is_paid_twice_and_no_period_is_longer_than_a_month() {
    let (_folder, _store, tenant) = monday().await;
    tenant.open_pay_period("2026-03-01", "2026-03-31", BY).await.unwrap();
    let shared = tenant.open_pay_period("2026-03-31", "2026-04-29", BY).await.unwrap_err();
    assert!(matches!(shared, Error::PayOverlaps { .. }), "{shared}");
    let next = tenant.open_pay_period("2026-04-01", "2026-04-30", BY).await.unwrap();
    for (from, to) in [("2026-05-01", "2026-06-01"), ("2026-05-02", "2026-05-01"), ("x", "y")] {
        let wrong = tenant.open_pay_period(from, to, BY).await.unwrap_err();
        assert!(matches!(wrong, Error::Invalid { .. }), "{from} {to}: {wrong}");
    }
    let later = Signed { at_ms: MONDAY_MS + 365 * 24 * HOUR_MS, ..by(1) };
    let nobody = tenant.review_pay_period(next.id, &later).await.unwrap_err();
    assert!(matches!(nobody, Error::PayNobody), "{nobody}");
    tenant.remove_pay_period(next.id, BY).await.unwrap();
    assert_eq!(tenant.pay_periods().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_person_is_paid_by_the_rule_that_names_him_and_by_no_other() {
    let (_folder, _store, tenant) = monday().await;
    let fixed = |scope: Value, amount: &str| {
        rule(json!({ "currency": "EUR", "scope": scope, "base": { "fixed": amount } }))
    };
    add(&tenant, "All", &fixed(json!("everybody"), "1")).await;
    let own = add(&tenant, "Own", &fixed(json!({ "people": [7, 2] }), "2")).await;
    let span = tenant.pay_span(DAY, DAY).await.unwrap();
    let totals = |sheet: &stats::pay::Sheet| -> Vec<String> {
        sheet.statements.iter().map(|it| it.total.clone()).collect()
    };
    let draft = fixed(json!({ "people": [7] }), "30");
    let preview = tenant.preview_pay(&span, &draft, Some(own)).await.unwrap();
    let usual = ["1.00", "2.00", "1.00", "1.00", "1.00", "1.00", "2.00"];
    assert_eq!(totals(&preview.old), usual);
    let new = ["1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "30.00"];
    assert_eq!(totals(&preview.new), new);
    let beside = tenant.preview_pay(&span, &fixed(json!("everybody"), "5"), None).await.unwrap();
    assert_eq!(totals(&beside.new)[..2], ["5.00", "2.00"], "the draft comes before its like");
    tenant.end_pay_rule(own, DAY, BY).await.unwrap();
    let preview = tenant.preview_pay(&span, &draft, None).await.unwrap();
    assert_eq!(totals(&preview.old), ["1.00"; 7]);
    let earlier = tenant.pay_span("2026-02-01", "2026-02-28").await.unwrap();
    let preview = tenant.preview_pay(&earlier, &draft, None).await.unwrap();
    assert_eq!((preview.old.statements.len(), preview.new.statements.len()), (0, 1));
}
