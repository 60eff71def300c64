//! The whole system in one value: store, switch and web.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use plugin_host::{Compiler, Host, HostConfig, STOCK, STOCK_INDICATORS};
use store::{Store, Tenant, TenantId};
use switch::{Clock, Plugins, Switch, SwitchConfig};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What the operator decides.
#[derive(Clone, Debug)]
pub struct SystemConfig {
    /// Database, recordings and compiled plugins live here.
    pub data: PathBuf,
    pub http: SocketAddr,
    pub sip: SocketAddr,
    /// The address phones can reach us at, when it is not the one we are bound to.
    pub public_address: Option<IpAddr>,
    /// A side that sends no RTP for so long is taken for lost.
    pub media_timeout: Duration,
    /// Live calls at once: each takes two sockets.
    pub calls_max: usize,
}

/// A running system.
#[derive(Debug)]
pub struct System {
    pub http: SocketAddr,
    pub sip: SocketAddr,
    pub company: Tenant,
    pub control: control::Handle,
    store: Store,
    switch: Switch,
    stop_web: oneshot::Sender<()>,
    web: JoinHandle<std::io::Result<()>>,
}

impl System {
    /// Opens the store without starting anything: to put a company into it first.
    pub async fn open(config: &SystemConfig) -> anyhow::Result<Store> {
        let file = config.data.join("ladus.db");
        let store = Store::open(&file).await;
        store.with_context(|| format!("cannot open the database {}", file.display()))
    }

    pub async fn start(config: SystemConfig, store: Store) -> anyhow::Result<System> {
        let company = store.tenant(TenantId::FIRST);
        let recordings = config.data.join("recordings");
        let listener = TcpListener::bind(config.http)
            .await
            .with_context(|| format!("cannot serve the web page on {}", config.http))?;
        let http = listener.local_addr()?;
        let (control, desk) = control::desk();
        let plugins = plugins(config.data.join("plugins")).await?;
        let (stock, stock_indicators) = (plugins.stock_cards(), plugins.indicator_cards());
        let switch_config = SwitchConfig {
            sip: config.sip,
            public_address: config.public_address,
            recordings: recordings.clone(),
            media_timeout: config.media_timeout,
            calls_max: config.calls_max,
        };
        let switch = switch::start(switch_config, company.clone(), desk, plugins).await?;
        let sip = switch.sip();
        let api = web_api::Api {
            store: store.clone(),
            tenant: TenantId::FIRST,
            control: control.clone(),
            stock,
            stock_indicators,
            page,
            config: web_api::Config {
                sip_address: public(sip, config.public_address).to_string(),
                public_url: format!("http://{http}"),
                recordings,
            },
        };
        let (stop_web, stopped) = oneshot::channel();
        let service = web_api::router(api).into_make_service_with_connect_info::<SocketAddr>();
        let web = tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            axum::serve(listener, service).with_graceful_shutdown(stopped).await
        });
        Ok(System { http, sip, company, control, store, switch, stop_web, web })
    }

    /// The link that logs in once: to the first-run page, or as the first administrator.
    pub async fn start_link(&self) -> anyhow::Result<String> {
        let token = self.company.issue_start_token(Clock::start().now().0).await?;
        let host = if self.http.ip().is_unspecified() {
            SocketAddr::new(IpAddr::from([127, 0, 0, 1]), self.http.port())
        } else {
            self.http
        };
        Ok(format!("http://{host}/start#token={token}"))
    }

    /// The database: still open after [`System::stop_but_store`].
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Takes no new calls, lets the others end for at most `patience`, writes everything down.
    pub async fn stop(self, patience: Duration) {
        let store = self.store.clone();
        self.stop_but_store(patience).await;
        store.close().await;
    }

    /// The same, but the journal can still be read.
    pub async fn stop_but_store(self, patience: Duration) {
        self.switch.stop(patience).await;
        let _ = self.stop_web.send(());
        // Live streams never end by themselves.
        if tokio::time::timeout(Duration::from_millis(300), self.web).await.is_err() {
            tracing::debug!("open pages were cut off");
        }
    }
}

/// The host with the stock policies, compiled by a child of ours or taken from the cache.
async fn plugins(cache_dir: PathBuf) -> anyhow::Result<Plugins> {
    let program = std::env::current_exe().context("the program's own file is not found")?;
    let compiler = Compiler::Child { program, args: vec!["plugin-compile".into()] };
    let plugins = tokio::task::spawn_blocking(move || -> anyhow::Result<_> {
        let host = Host::new(HostConfig { compiler, cache_dir })?;
        let plugins = Plugins::open(host, STOCK).context("a stock policy was refused")?;
        plugins.with_indicators(STOCK_INDICATORS).context("a stock indicator was refused")
    });
    plugins.await?
}

fn public(sip: SocketAddr, public: Option<IpAddr>) -> SocketAddr {
    public.map_or(sip, |address| SocketAddr::new(address, sip.port()))
}

/// A file of the built page.
fn page(path: &str) -> Option<web_api::Asset> {
    let file = web_ui::file(path)?;
    Some(web_api::Asset { bytes: file.bytes, media_type: file.mime.into() })
}
