//! The relays of a centre: binds them, runs them, passes orders on.

use std::collections::BTreeMap;
use std::net::IpAddr;

use centre::{MediaOrder, Relay, RelayId};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use crate::relay::{self, Orders, Shared, Sockets};

/// All relays bound so far.
#[derive(Debug)]
pub(crate) struct Pool {
    /// Where the relays' tasks run: not on the centre's own thread.
    workers: Handle,
    address: IpAddr,
    shared: Shared,
    orders: BTreeMap<RelayId, Orders>,
    /// Orders to one relay that go out together: a relay is woken once for them, not once for each.
    pending: Vec<MediaOrder>,
    pending_for: RelayId,
    bound: mpsc::UnboundedSender<Bound>,
    next: u32,
}

/// Relays that are ready.
#[derive(Debug)]
pub(crate) struct Bound(Vec<(Relay, Orders)>);

impl Pool {
    pub(crate) fn new(
        workers: Handle,
        address: IpAddr,
        shared: Shared,
    ) -> (Pool, mpsc::UnboundedReceiver<Bound>) {
        let (bound, ready) = mpsc::unbounded_channel();
        let pool = Pool {
            workers,
            address,
            shared,
            orders: BTreeMap::new(),
            pending: Vec::new(),
            pending_for: RelayId(0),
            bound,
            next: 0,
        };
        (pool, ready)
    }

    /// Carries out an order, or keeps it for its relay until the next [`Pool::flush`].
    pub(crate) fn obey(&mut self, order: MediaOrder) {
        let id = match &order {
            MediaOrder::Bind { more } => return self.bind(*more),
            MediaOrder::SetLeg { relay, .. }
            | MediaOrder::SetMode { relay, .. }
            | MediaOrder::Play { relay, .. }
            | MediaOrder::StartRecording { relay, .. }
            | MediaOrder::StopRecording { relay, .. }
            | MediaOrder::Release { relay } => *relay,
        };
        if id != self.pending_for {
            self.flush();
            self.pending_for = id;
        }
        self.pending.push(order);
    }

    /// Sends what is pending; to be called when an input is dealt with.
    pub(crate) fn flush(&mut self) {
        let id = self.pending_for;
        let orders = std::mem::take(&mut self.pending);
        let Some(relay) = self.orders.get(&id).filter(|_| !orders.is_empty()) else { return };
        if let Err(error) = relay.give(orders) {
            tracing::error!(relay = id.0, %error, "a relay does not take its orders");
        }
    }

    /// Takes relays that are ready and says which.
    pub(crate) fn take(&mut self, bound: Bound) -> Vec<Relay> {
        let mut relays = Vec::with_capacity(bound.0.len());
        for (relay, orders) in bound.0 {
            self.orders.insert(relay.id, orders);
            relays.push(relay);
        }
        relays
    }

    fn bind(&mut self, more: u32) {
        let first = self.next;
        self.next += more;
        let (address, shared, bound) = (self.address, self.shared.clone(), self.bound.clone());
        self.workers.spawn(async move {
            let mut relays = Vec::new();
            for id in first..first + more {
                match start(RelayId(id), address, shared.clone()).await {
                    Ok(relay) => relays.push(relay),
                    Err(error) => {
                        tracing::error!(%error, "no socket for a relay: raise the open file limit");
                        break;
                    }
                }
            }
            let _ = bound.send(Bound(relays));
        });
    }
}

async fn start(id: RelayId, address: IpAddr, shared: Shared) -> std::io::Result<(Relay, Orders)> {
    let sockets = Sockets::bind(address).await?;
    let (caller_port, agent_port) = sockets.ports()?;
    let (orders, taken) = relay::orders();
    let mut seed = [0; 8];
    getrandom::fill(&mut seed).map_err(std::io::Error::other)?;
    tokio::spawn(relay::run(u64::from_le_bytes(seed), sockets, shared, taken));
    Ok((Relay { id, caller_port, agent_port }, orders))
}
