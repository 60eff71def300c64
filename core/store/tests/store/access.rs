//! Setup, accounts, sessions and the start link.

use store::{Error, Fault, NewAccount, NewGroup, NewPerson, SESSION_MS, Setup, SetupPart, Tenant};

use crate::{BY, fresh};

const TIINA: NewAccount<'static> =
    NewAccount { name: "Tiina", email: "Tiina@Firma.ee", password: "kõrge mägi" };

fn setup() -> Setup<'static> {
    Setup {
        company: "Firma OÜ",
        language: "et",
        administrator: TIINA,
        group: NewGroup { numbers: vec!["6001000"], ..NewGroup::named("Müük") },
        person: NewPerson { name: "Mari", extension: None },
    }
}

async fn session_account(tenant: &Tenant, token: &str, now_ms: u64) -> Option<String> {
    let session = tenant.session(token, now_ms).await.unwrap()?;
    session.account.map(|account| account.name)
}

#[tokio::test]
async fn the_setup_makes_a_working_company_once() {
    let (_folder, _store, tenant) = fresh().await;
    assert!(!tenant.has_accounts().await.unwrap());
    let made = tenant.set_up(setup(), BY).await.unwrap();
    assert_eq!(made.account.email, "tiina@firma.ee");
    assert_eq!(made.credential.credential.sip_user, "mari");
    let company = tenant.company().await.unwrap();
    assert_eq!((company.name.as_str(), company.language.as_str()), ("Firma OÜ", "et"));
    let plan = tenant.plan().await.unwrap();
    assert_eq!(plan.memberships[0].group, made.group.id);
    assert!(tenant.has_accounts().await.unwrap());
    let again = tenant.set_up(setup(), BY).await.unwrap_err();
    assert!(matches!(again.error, Error::AlreadySetUp), "{again}");
}

#[tokio::test]
async fn a_setup_that_fails_half_way_leaves_nothing_behind() {
    let (_folder, _store, tenant) = fresh().await;
    let wrong = Setup { person: NewPerson { name: " ", extension: None }, ..setup() };
    let error = tenant.set_up(wrong, BY).await.unwrap_err();
    assert_eq!(error.part, SetupPart::Person);
    assert!(matches!(error.error, Error::Invalid { field: "name", fault: Fault::Empty }));
    assert!(!tenant.has_accounts().await.unwrap());
    assert_eq!(tenant.groups().await.unwrap(), []);
    assert_eq!(tenant.company().await.unwrap().name, "");
    tenant.set_up(setup(), BY).await.unwrap();
}

#[tokio::test]
async fn only_the_right_password_logs_in() {
    let (_folder, _store, tenant) = fresh().await;
    assert_eq!(tenant.first_account().await.unwrap(), None);
    let tiina = tenant.add_account(TIINA, BY).await.unwrap();
    assert_eq!(tenant.first_account().await.unwrap(), Some(tiina.clone()));
    assert_eq!(tenant.log_in(" TIINA@firma.ee", "kõrge mägi").await.unwrap(), Some(tiina));
    assert_eq!(tenant.log_in("tiina@firma.ee", "kõrge mäng").await.unwrap(), None);
    assert_eq!(tenant.log_in("mari@firma.ee", "kõrge mägi").await.unwrap(), None);
    assert_eq!(tenant.log_in("tiina@firma.ee", "").await.unwrap(), None);
    let taken = tenant.add_account(TIINA, BY).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict { field: "email" }), "{taken}");
    let trace = tenant.changes(None).await.unwrap()[0].after.clone().unwrap();
    assert!(!trace.contains("argon2"), "{trace}");
}

#[tokio::test]
async fn a_session_lives_while_it_is_used() {
    let (_folder, _store, tenant) = fresh().await;
    let tiina = tenant.add_account(TIINA, BY).await.unwrap();
    let token = tenant.open_session(Some(tiina.id), "192.0.2.1", 0).await.unwrap();
    let seen = SESSION_MS - 1;
    assert_eq!(session_account(&tenant, &token, seen).await.as_deref(), Some("Tiina"));
    // Seen just before its end, it lives as long again.
    let later = seen + SESSION_MS - 1;
    assert_eq!(session_account(&tenant, &token, later).await.as_deref(), Some("Tiina"));
    let end = later + SESSION_MS;
    assert_eq!(tenant.session(&token, end).await.unwrap(), None);
    assert_eq!(tenant.session("nonsense", 0).await.unwrap(), None);

    // Old ones are swept by whoever comes next; closing one ends it at once.
    let other = tenant.open_session(None, "192.0.2.1", end).await.unwrap();
    assert_eq!(tenant.session(&token, later).await.unwrap(), None);
    assert_eq!(tenant.session(&other, end).await.unwrap().unwrap().account, None);
    tenant.close_session(&other).await.unwrap();
    assert_eq!(tenant.session(&other, end).await.unwrap(), None);
}

#[tokio::test]
async fn a_start_link_opens_once_and_only_the_newest_does() {
    let (_folder, _store, tenant) = fresh().await;
    let old = tenant.issue_start_token(0).await.unwrap();
    let new = tenant.issue_start_token(1).await.unwrap();
    assert!(!tenant.redeem_start_token(&old, 2).await.unwrap());
    assert!(tenant.redeem_start_token(&new, 2).await.unwrap());
    assert!(!tenant.redeem_start_token(&new, 3).await.unwrap());
    let late = tenant.issue_start_token(0).await.unwrap();
    assert!(!tenant.redeem_start_token(&late, store::START_TOKEN_MS).await.unwrap());
}
