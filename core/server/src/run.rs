//! `ladus run`: the system for real use.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

pub use crate::process::say;

use crate::process;
use crate::{System, SystemConfig};

/// How long live calls may go on after the first request to stop.
const DRAIN_MAX: Duration = Duration::from_secs(3_600);

#[derive(clap::Args, Clone, Debug)]
pub struct RunArgs {
    /// Folder for the database, the recordings and compiled plugins.
    #[arg(long, env = "LADUS_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Where the web page is served.
    #[arg(long, env = "LADUS_HTTP", default_value = "127.0.0.1:8080")]
    pub http: SocketAddr,
    /// Where SIP is spoken (UDP).
    #[arg(long, env = "LADUS_SIP", default_value = "0.0.0.0:5060")]
    pub sip: SocketAddr,
    /// The address phones reach us at, when it is not the machine's own (behind NAT).
    #[arg(long, env = "LADUS_PUBLIC_ADDRESS")]
    pub public_address: Option<IpAddr>,
    /// Live calls at once; each takes two sockets.
    #[arg(long, env = "LADUS_CALLS_MAX", default_value_t = 2_000)]
    pub calls_max: usize,
    /// A side that sends no sound for so many seconds is taken for lost.
    #[arg(long, env = "LADUS_MEDIA_TIMEOUT_S", default_value_t = 60)]
    pub media_timeout_s: u64,
}

/// Runs until told to stop: once lets live calls end, twice ends them.
pub async fn run(args: RunArgs) -> anyhow::Result<()> {
    process::raise_open_files(args.calls_max);
    let config = SystemConfig {
        data: args.data,
        http: args.http,
        sip: args.sip,
        public_address: args.public_address,
        media_timeout: Duration::from_secs(args.media_timeout_s),
        calls_max: args.calls_max,
    };
    let store = System::open(&config).await?;
    let system = System::start(config, store).await?;
    say(&format!("Ladus is running.\n  Page  {}\n  SIP   {} (UDP)", system.start_link().await?, {
        system.sip
    }));
    process::asked_to_stop().await;
    say("No new calls are taken; live calls go on. Ask again to end them now.");
    tokio::select! {
        () = system.stop(DRAIN_MAX) => (),
        () = process::asked_to_stop() => say("Ending."),
    }
    Ok(())
}
