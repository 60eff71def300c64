//! What every handler may use.

use std::borrow::Cow;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use control::{Board, Handle, IndicatorCard, PluginCard};
use store::{Store, Tenant, TenantId};
use tokio::sync::Semaphore;

use crate::door::Door;
use crate::problem::Problem;

/// Pages that may watch at once: each holds a connection and gets five boards a second at most.
const WATCHERS_MAX: usize = 500;

/// Passwords checked at once: each check takes 19 MiB and a core for some 50 ms.
const PASSWORD_CHECKS_MAX: usize = 2;

/// Everything the API is made of.
pub struct Api {
    pub store: Store,
    /// Whose page this is. One company for now.
    pub tenant: TenantId,
    pub control: Handle,
    /// The policies that every Ladus brings along.
    pub stock: Vec<PluginCard>,
    /// And the indicators.
    pub stock_indicators: Vec<IndicatorCard>,
    /// The page's files, by their path without the first slash.
    pub page: fn(&str) -> Option<Asset>,
    pub config: Config,
}

/// What the API must know about the rest of the system.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where phones register, as an administrator types it: `192.0.2.1:5060`.
    pub sip_address: String,
    /// Where the page is reached. With `https` the cookies are for secure connections only.
    pub public_url: String,
    /// The folder of recordings.
    pub recordings: PathBuf,
}

/// One file of the page.
#[derive(Clone, Debug)]
pub struct Asset {
    pub bytes: Cow<'static, [u8]>,
    /// For example `text/html; charset=utf-8`.
    pub media_type: Cow<'static, str>,
}

/// The state of the router. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) tenant: Tenant,
    pub(crate) control: Handle,
    pub(crate) stock: Vec<PluginCard>,
    pub(crate) stock_indicators: Vec<IndicatorCard>,
    pub(crate) page: fn(&str) -> Option<Asset>,
    pub(crate) config: Config,
    pub(crate) door: Door,
    pub(crate) watchers: Arc<Semaphore>,
    pub(crate) password_checks: Semaphore,
    /// The newest board as JSON: written once, however many watch.
    board: Mutex<Option<(Arc<Board>, Arc<str>)>>,
}

impl App {
    pub(crate) fn new(api: Api) -> App {
        App(Arc::new(Inner {
            tenant: api.store.tenant(api.tenant),
            store: api.store,
            control: api.control,
            stock: api.stock,
            stock_indicators: api.stock_indicators,
            page: api.page,
            config: api.config,
            door: Door::default(),
            watchers: Arc::new(Semaphore::new(WATCHERS_MAX)),
            password_checks: Semaphore::new(PASSWORD_CHECKS_MAX),
            board: Mutex::new(None),
        }))
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Inner {
    /// Returns when what was just written is in force.
    pub(crate) async fn in_force(&self) -> Result<(), Problem> {
        match self.control.plan_changed().await {
            Ok(_) => Ok(()),
            Err(refused) => Err(Problem::not_in_force(&refused)),
        }
    }

    /// Has days closed that an indicator is missing. The change is in force in any case: when the
    /// switch is busy they are closed after midnight.
    pub(crate) fn close_days(&self) {
        if let Err(refused) = self.control.indicators_changed() {
            tracing::warn!(%refused, "days of indicators are closed later");
        }
    }

    /// The board as JSON text, from the cache when it is the one that was written last.
    pub(crate) fn board_text(
        &self,
        board: &Arc<Board>,
        write: impl FnOnce(&Board) -> String,
    ) -> Arc<str> {
        let mut cached = self.board.lock().unwrap_or_else(PoisonError::into_inner);
        match &*cached {
            Some((known, text)) if Arc::ptr_eq(known, board) => text.clone(),
            Some(_) | None => {
                let text: Arc<str> = write(board).into();
                *cached = Some((board.clone(), text.clone()));
                text
            }
        }
    }

    /// Cookies of a page on https are for https only.
    pub(crate) fn is_secure(&self) -> bool {
        self.config.public_url.starts_with("https://")
    }
}
