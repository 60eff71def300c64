//! `ladus bench-target`: the system under test of `ladus load`, in a process of its own.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;
use store::{By, TenantId};
use switch::Clock;
use tokio::io::AsyncReadExt as _;

use crate::company::{self, Draft};
use crate::process::{self, say};
use crate::{System, SystemConfig, journal};

/// What callers dial.
const NUMBER: &str = "6001000";

#[derive(clap::Args, Clone, Debug)]
pub struct TargetArgs {
    #[arg(long)]
    pub agents: usize,
    /// Callers come from this address.
    #[arg(long)]
    pub trunk: IpAddr,
    #[arg(long)]
    pub http: SocketAddr,
    #[arg(long)]
    pub sip: SocketAddr,
    #[arg(long)]
    pub data: PathBuf,
    /// Record every call.
    #[arg(long)]
    pub record: bool,
    /// Live calls at once.
    #[arg(long, default_value_t = 2_000)]
    pub calls_max: usize,
    /// Accepted and implied: this command speaks JSON only.
    #[arg(long)]
    pub json: bool,
}

/// Runs until standard input is closed, then prints what it came to.
pub async fn bench_target(args: TargetArgs) -> anyhow::Result<()> {
    process::raise_open_files(args.calls_max);
    let config = SystemConfig {
        data: args.data.clone(),
        http: args.http,
        sip: args.sip,
        public_address: None,
        media_timeout: Duration::from_secs(60),
        calls_max: args.calls_max,
    };
    let store = System::open(&config).await?;
    let company = store.tenant(TenantId::FIRST);
    let draft = Draft {
        name: "Load",
        language: "en",
        password: "ladus-load-password",
        groups: &[("Load", "en", NUMBER)],
        people: (1..=args.agents).map(|number| (format!("Agent {number}"), vec![0])).collect(),
        trunk: args.trunk,
        recorded: args.record,
    };
    let by = By { who: "load", at_ms: Clock::start().now().0 };
    let logins = company::found(&company, &draft, by).await?;
    let system = System::start(config, store).await?;
    let agents = logins.iter().map(|it| json!({ "user": it.user, "password": it.password }));
    say(&json!({
        "sip": system.sip.to_string(),
        "http": system.http.to_string(),
        "pid": std::process::id(),
        "numbers": [NUMBER],
        "agents": agents.collect::<Vec<_>>(),
    })
    .to_string());
    let mut rest = Vec::new();
    tokio::io::stdin().read_to_end(&mut rest).await?;
    let store = system.store().clone();
    system.stop_but_store(Duration::from_secs(10)).await;
    say(&serde_json::to_string(&journal::figures(&company).await?)?);
    store.close().await;
    Ok(())
}
