//! The switch over real sockets: simulated phones register, are called, talk and are recorded.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use phones::{AgentPhone, Callers, Habits, Report, Scenario, Span};
use store::{By, NewAccount, NewGroup, NewPerson, NewTrunk, Setup, Store, Tenant, TenantId};
use switch::{Plugins, SwitchConfig};

const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
const TRUNK: &str = "127.0.0.2";
const NUMBER: &str = "6001000";
const BY: By<'_> = By { who: "test", at_ms: 1_700_000_000_000 };

/// A company with `agents` people in one group, and a trunk.
async fn company(store: &Store, agents: usize) -> (Tenant, Vec<AgentPhone>) {
    let company = store.tenant(TenantId::FIRST);
    let group = NewGroup { numbers: vec![NUMBER], wrap_up_ms: 0, ..NewGroup::named("Sales") };
    let administrator =
        NewAccount { name: "Mall", email: "mall@example.com", password: "pikk-ja-hea-parool" };
    let person = NewPerson { name: "Agent 1", extension: None };
    let setup = Setup { company: "Kask", language: "et", administrator, group, person };
    let done = company.set_up(setup, BY).await.expect("set up");
    let mut phones = vec![phone(done.credential)];
    for number in 2..=agents {
        let name = format!("Agent {number}");
        let person = company.add_person(NewPerson { name: &name, extension: None }, BY).await;
        let person = person.expect("a person");
        company.set_membership(person.id, done.group.id, 1, 0, BY).await.expect("a member");
        phones.push(phone(company.add_credential(person.id, None, BY).await.expect("a phone")));
    }
    let trunk = NewTrunk::named("Callers", TRUNK);
    company.add_trunk(trunk, BY).await.expect("a trunk");
    (company, phones)
}

fn phone(credential: store::NewCredential) -> AgentPhone {
    let habits = Habits {
        answers_after: Span::Exactly(Duration::from_millis(50)),
        talks: Some(Span::Exactly(Duration::from_millis(1_500))),
        ..Habits::default()
    };
    AgentPhone { user: credential.credential.sip_user, password: credential.password, habits }
}

async fn play(agents: usize, calls: u64, per_second: f64) -> (Report, Tenant, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("ladus.db")).await.expect("a store");
    let (company, phones) = company(&store, agents).await;
    let (_control, desk) = control::desk();
    let config = SwitchConfig {
        sip: SocketAddr::new(LOOPBACK, 0),
        public_address: None,
        recordings: folder.path().join("recordings"),
        media_timeout: Duration::from_secs(60),
        calls_max: 100,
    };
    let switch = switch::start(config, company.clone(), desk, Plugins::none()).await;
    let switch = switch.expect("a switch");
    let scenario = Scenario {
        server: switch.sip(),
        seed: 7,
        agents_from: LOOPBACK,
        agents: phones,
        callers: Some(Callers {
            from: TRUNK.parse().expect("an address"),
            numbers: vec![(NUMBER.to_owned(), 1)],
            per_second,
            patience: Span::Exactly(Duration::from_secs(60)),
            talk_max: Duration::from_secs(60),
            calls_max: Some(calls),
            duration: None,
        }),
        media: true,
        finish_max: Duration::from_secs(60),
    };
    let mut phones = phones::start(scenario).expect("phones");
    let report = phones.ended().await;
    phones.stop().await;
    switch.stop(Duration::from_secs(5)).await;
    (report, company, folder)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_are_served_heard_and_recorded_one_phone_at_a_time() {
    let (report, company, folder) = play(3, 12, 4.0).await;
    assert_eq!(report.answered, 12, "{report:?}");
    assert_eq!((report.rung_twice, report.rung_while_busy), (0, 0), "{report:?}");
    assert_eq!((report.one_way, report.wrong_tone), (0, 0), "{report:?}");
    assert!(report.judged > 0, "{report:?}");
    assert_eq!(company.recordings_count().await.expect("a count"), 12);
    for id in 1..=12 {
        let recording = company.recording(acd::CallId(id)).await.expect("a row");
        let recording = recording.expect("every call is recorded");
        let path = folder.path().join("recordings").join(&recording.path);
        let bytes = std::fs::metadata(path).expect("the file").len();
        assert_eq!(bytes, recording.bytes);
        assert!((1_000..3_000).contains(&recording.duration_ms), "{recording:?}");
    }
}
