//! `ladus demo`: the whole system, brought to life by simulated phones over real sockets.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use acd::Way;
use anyhow::{Context, bail};
use phones::{AgentPhone, Callers, Habits, Scenario, Span, span};
use serde::Serialize;
use store::{By, Calendar, Flow, GroupPatch, ModeChange, NewCalendar, NewMode, Tenant, TenantId};
use switch::Clock;

use crate::company::{self, Draft, TRUNK};
use crate::journal::{self, Figures};
use crate::process::{self, say};
use crate::{System, SystemConfig};

/// Says that a folder may be thrown away: the demonstration makes it anew each time.
const MARK: &str = "this-is-a-ladus-demo";

/// Calls a second when nobody says otherwise.
const RATE: f64 = 0.5;

/// The share of the agents' time that calls take: busy, but with air.
const LOAD: f64 = 0.65;

/// How long live calls may go on when no new ones come.
const FINISH_MAX: Duration = Duration::from_secs(60);

/// Whoever waits so long goes to the next group's line: rarely, so that figures stay calm.
const OVERFLOW_AFTER: Duration = Duration::from_secs(120);

/// Who answers sales calls too when it gets busy.
const HELPERS: [&str; 2] = ["Kadri Mägi", "Anneli Rebane"];

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Name, and the groups served: main group first (0 sales, 1 support, 2 English).
const PEOPLE: [(&str, &[usize]); 12] = [
    ("Mari Maasikas", &[0, 1]),
    ("Jüri Kask", &[0]),
    ("Liis Tamm", &[0, 2]),
    ("Peeter Saar", &[0, 1, 2]),
    ("Kadri Mägi", &[1]),
    ("Toomas Ilves", &[1, 0]),
    ("Anneli Rebane", &[1]),
    ("Marko Pärn", &[1, 2]),
    ("Emma Clarke", &[2, 0, 1]),
    ("Oliver Hughes", &[2]),
    ("Sofia Lepik", &[2, 1]),
    ("Rasmus Oja", &[0, 1]),
];

#[derive(clap::Args, Clone, Debug)]
pub struct DemoArgs {
    /// End after so long (for example 60s); without it the demonstration runs until stopped.
    #[arg(long = "for", value_parser = span)]
    pub duration: Option<Duration>,
    /// No more calls than this.
    #[arg(long)]
    pub calls: Option<u64>,
    /// Print one JSON summary at the end and nothing else.
    #[arg(long)]
    pub json: bool,
    /// Folder of the demonstration; made anew each time.
    #[arg(long, default_value = "data/demo")]
    pub data: PathBuf,
    /// Where the web page is served; another port is taken when this one is in use.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub http: SocketAddr,
    /// Where SIP is spoken; another port is taken when this one is in use.
    #[arg(long, default_value = "127.0.0.1:5060")]
    pub sip: SocketAddr,
}

/// What a headless demonstration prints.
#[derive(Debug, Serialize)]
struct Summary {
    #[serde(flatten)]
    figures: Figures,
    cpu_s_per_1000_calls: f64,
    rss_peak_mb: f64,
}

/// Runs the demonstration. True when nothing was lost, rung twice or left unrecorded.
pub async fn demo(args: DemoArgs) -> anyhow::Result<bool> {
    process::raise_open_files(200);
    let data = fresh(&args.data)?;
    let config = SystemConfig {
        data,
        http: free_tcp(args.http),
        sip: free_udp(args.sip),
        public_address: None,
        media_timeout: Duration::from_secs(60),
        calls_max: 200,
    };
    let store = System::open(&config).await?;
    let company = store.tenant(TenantId::FIRST);
    let by = By { who: "demo", at_ms: Clock::start().now().0 };
    let logins = company::found(&company, &draft(), by).await?;
    arrange(&company, by).await?;
    let system = System::start(config, store).await?;

    let scenario = scenario(&args, system.sip, logins);
    let mut phones = phones::start(scenario)?;
    if !args.json {
        say(&format!(
            "Ladus is running with 12 agents and a caller every {:.0} s.\n  Page  {}\n  SIP   {} (UDP)",
            1.0 / rate(&args),
            system.start_link().await?,
            system.sip
        ));
    }
    let ends_by_itself = args.duration.is_some() || args.calls.is_some();
    tokio::select! {
        _ = phones.ended(), if ends_by_itself => (),
        () = process::asked_to_stop() => (),
    }
    let report = phones.finish().await;
    phones.stop().await;
    let company = system.company.clone();
    let store = system.store().clone();
    system.stop_but_store(FINISH_MAX).await;
    let figures = journal::figures(&company).await?;
    let calls = figures.offered.max(1) as f64;
    let good = figures.lost == 0
        && figures.rung_twice == 0
        && report.rung_twice == 0
        && figures.recordings == figures.answered;
    let summary = Summary {
        cpu_s_per_1000_calls: round(process::cpu_seconds() * 1_000.0 / calls),
        rss_peak_mb: round(process::rss_peak_mb()),
        figures,
    };
    if args.json || ends_by_itself {
        say(&serde_json::to_string(&summary)?);
    }
    store.close().await;
    Ok(good)
}

fn draft() -> Draft<'static> {
    Draft {
        name: "Ladus Demo",
        language: "et",
        password: "ladus-demo-password",
        groups: &[
            ("Müük", "et", "6001000"),
            ("Tugi", "et", "6002000"),
            ("English line", "en", "6003000"),
        ],
        people: PEOPLE.iter().map(|(name, groups)| ((*name).to_owned(), groups.to_vec())).collect(),
        trunk: TRUNK,
        recorded: true,
    }
}

/// Hours, overflow and a mode, so that every screen has something to show.
async fn arrange(company: &Tenant, by: By<'_>) -> anyhow::Result<()> {
    let week = Calendar::always();
    let always = NewCalendar { name: "24/7", zone: "Europe/Tallinn", week, dates: Vec::new() };
    let always = company.add_calendar(always, by).await?;
    let groups = company.groups().await?;
    let id = |name: &str| groups.iter().find(|group| group.name == name).map(|group| group.id);
    let (Some(sales), Some(support), Some(english)) = (id("Müük"), id("Tugi"), id("English line"))
    else {
        bail!("the demonstration has lost its groups");
    };
    for (group, next) in [(sales, support), (support, sales), (english, support)] {
        let step = acd::Step { after: OVERFLOW_AFTER, to: Way::Group(next) };
        let flow = |flow: &mut Flow| (flow.hours, flow.steps) = (Some(always.id), vec![step]);
        let patch = GroupPatch { flow: Some(Box::new(flow)), ..GroupPatch::default() };
        company.change_group(group, patch, by).await?;
    }
    let people = company.people().await?;
    let helpers = people.iter().filter(|person| HELPERS.contains(&person.name.as_str()));
    let changes = helpers.map(|person| ModeChange::Member {
        person: person.id,
        group: sales,
        place: Some((1, 0)),
    });
    let rush = NewMode { name: "Rush", code: Some("*41"), changes: changes.collect() };
    company.add_mode(rush, by).await?;
    Ok(())
}

/// Callers arrive at a steady rate; talks are as long as keeps the agents busy, but not swamped.
fn scenario(args: &DemoArgs, server: SocketAddr, logins: Vec<company::Login>) -> Scenario {
    let rate = rate(args);
    let agents = logins.len() as f64;
    let answering = Duration::from_millis(if rate > 1.0 { 300 } else { 2_000 });
    let per_call_s = (LOAD * agents / rate).min(30.0);
    let talk = Duration::from_secs_f64(per_call_s).saturating_sub(answering);
    let habits = Habits {
        answers_after: Span::Between(answering / 4, answering * 2),
        talks: Some(Span::Around { mean: talk, max: talk * 4 }),
        busy_percent: 1,
        declines_percent: 2,
        ignores_percent: 0,
    };
    let agents = logins.into_iter().map(|login| AgentPhone {
        user: login.user,
        password: login.password,
        habits: habits.clone(),
    });
    Scenario {
        server,
        seed: 1,
        agents_from: LOOPBACK,
        agents: agents.collect(),
        callers: Some(Callers {
            from: TRUNK,
            numbers: vec![
                ("6001000".to_owned(), 5),
                ("6002000".to_owned(), 4),
                ("6003000".to_owned(), 3),
            ],
            per_second: rate,
            patience: Span::Around { mean: Duration::from_secs(60), max: Duration::from_secs(180) },
            talk_max: Duration::from_secs(600),
            calls_max: args.calls,
            duration: args.duration,
        }),
        media: true,
        finish_max: FINISH_MAX,
    }
}

/// So many calls in so much time, when both are said.
fn rate(args: &DemoArgs) -> f64 {
    match (args.calls, args.duration) {
        // A little faster than even: the last caller should come before the time is over.
        (Some(calls), Some(duration)) => calls as f64 * 1.1 / duration.as_secs_f64().max(1.0),
        _ => RATE,
    }
}

/// Empties the folder if it is one of ours; refuses to touch anybody else's.
fn fresh(folder: &Path) -> anyhow::Result<PathBuf> {
    if folder.exists() {
        let empty = std::fs::read_dir(folder)?.next().is_none();
        if !empty && !folder.join(MARK).exists() {
            bail!("{} is not a folder of a demonstration; choose another", folder.display());
        }
        std::fs::remove_dir_all(folder)?;
    }
    let made = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(folder.join(MARK), ""));
    made.with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder.to_owned())
}

fn free_tcp(address: SocketAddr) -> SocketAddr {
    let free = std::net::TcpListener::bind(address).is_ok();
    if free { address } else { SocketAddr::new(address.ip(), 0) }
}

fn free_udp(address: SocketAddr) -> SocketAddr {
    let free = std::net::UdpSocket::bind(address).is_ok();
    if free { address } else { SocketAddr::new(address.ip(), 0) }
}

fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
