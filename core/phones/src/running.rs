//! A play on a thread of its own: sockets, timers and the handle to it.

use std::cell::RefCell;
use std::io;
use std::net::UdpSocket;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::Interest;
use tokio::sync::watch;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use crate::audio::ROUND_MS;
use crate::open::{Registrar, open};
use crate::play::{Phase, Wish};
use crate::report::Report;
use crate::scenario::Scenario;
use crate::world::World;

/// How often the owner sees new counts.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// Why a play could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("a phone could not open its socket: {0}")]
    Socket(#[source] io::Error),
    #[error("the phones' thread could not start: {0}")]
    Thread(#[source] io::Error),
    #[error("callers need a number to dial and a rate above zero")]
    NobodyToCall,
}

/// A play that runs. Dropping it hangs everything up.
#[derive(Debug)]
pub struct Running {
    wish: watch::Sender<Wish>,
    status: watch::Receiver<Status>,
}

/// What the owner sees.
#[derive(Clone, Debug)]
struct Status {
    phase: Phase,
    report: Report,
}

/// Opens all sockets and begins the play on a thread of its own.
pub fn start(scenario: Scenario) -> Result<Running, StartError> {
    run(open(&scenario, Registrar::Server)?)
}

/// Begins the play with phones that are ready.
pub(crate) fn run(world: World) -> Result<Running, StartError> {
    let (wish, wished) = watch::channel(Wish::PlayOn);
    let first = Status { phase: Phase::Registering, report: Report::default() };
    let (told, status) = watch::channel(first);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(StartError::Thread)?;
    let play = move || {
        let played = LocalSet::new().block_on(&runtime, perform(world, wished, told));
        if let Err(error) = played {
            tracing::error!(%error, "the phones stopped: a socket cannot be read");
        }
    };
    let thread = std::thread::Builder::new().name("phones".to_owned());
    thread.spawn(play).map_err(StartError::Thread)?;
    Ok(Running { wish, status })
}

impl Running {
    /// The counts of the last tenth of a second.
    pub fn report(&self) -> Report {
        self.status.borrow().report.clone()
    }

    pub fn phase(&self) -> Phase {
        self.status.borrow().phase
    }

    /// Waits until the counts are so, or the play has ended.
    pub async fn until(&mut self, condition: impl Fn(Phase, &Report) -> bool) -> Report {
        let is_met = |status: &Status| {
            status.phase == Phase::Ended || condition(status.phase, &status.report)
        };
        // An error means that the thread is gone: what it told last is all there is.
        let _gone = self.status.wait_for(is_met).await.map(|_| ());
        self.report()
    }

    /// Waits until the play ends by itself.
    pub async fn ended(&mut self) -> Report {
        self.until(|phase, _| phase == Phase::Ended).await
    }

    /// No new calls; waits until the live ones are over, bounded by [`Scenario::finish_max`].
    pub async fn finish(&mut self) -> Report {
        self.wish.send_replace(Wish::Finish);
        self.ended().await
    }

    /// Hangs up everything and takes all phones off.
    pub async fn stop(&mut self) -> Report {
        self.wish.send_replace(Wish::Leave);
        self.ended().await
    }
}

/// The thread's own task: keeps time, follows the owner's wish, tells him the counts.
async fn perform(
    world: World,
    mut wished: watch::Receiver<Wish>,
    told: watch::Sender<Status>,
) -> io::Result<()> {
    let woken = Arc::clone(&world.woken);
    let world = Rc::new(RefCell::new(world));
    listen_everywhere(&world)?;
    world.borrow_mut().begin();
    let mut report = interval(REPORT_EVERY);
    report.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let due = Instant::from_std(world.borrow().next_due());
        tokio::select! {
            () = sleep_until(due) => (),
            () = woken.notified() => (),
            _ = report.tick() => tell(&world.borrow(), &told),
            wish = wished.changed() => {
                // Nobody owns us any more: leave.
                let wish = wish.map_or(Wish::Leave, |()| *wished.borrow_and_update());
                world.borrow_mut().play.wish = wish;
            }
        }
        let mut world = world.borrow_mut();
        let before = world.play.phase;
        world.tick();
        // Who measures wants to know at once when calls begin and end.
        if world.play.phase != before {
            tell(&world, &told);
        }
        if world.play.phase == Phase::Ended {
            return Ok(());
        }
    }
}

fn tell(world: &World, told: &watch::Sender<Status>) {
    told.send_replace(Status { phase: world.play.phase, report: world.report() });
}

/// One small task for each socket, and one for all mouths.
fn listen_everywhere(world: &Rc<RefCell<World>>) -> io::Result<()> {
    let stations = world.borrow().stations.len();
    for place in 0..stations {
        let socket = world.borrow().stations[place].socket.try_clone()?;
        let world = Rc::clone(world);
        spawn_local(when_readable(socket, move || world.borrow_mut().drain(place)));
    }
    let ears = world.borrow().audio.as_ref().map_or(0, |audio| audio.sockets.len());
    for ear in 0..ears {
        let Some(socket) = world.borrow().audio.as_ref().map(|it| it.sockets[ear].try_clone())
        else {
            continue;
        };
        let world = Rc::clone(world);
        let listen = move || world.borrow_mut().audio.as_mut().is_none_or(|it| it.listen(ear));
        spawn_local(when_readable(socket?, listen));
    }
    if ears > 0 {
        spawn_local(speak(Rc::clone(world)));
    }
    Ok(())
}

/// Calls `drain` whenever the socket has something; it says whether it left nothing behind. It
/// reads the socket by itself: a phone must see what has come before the reactor has looked.
async fn when_readable(socket: UdpSocket, mut drain: impl FnMut() -> bool) -> io::Result<()> {
    let socket = tokio::net::UdpSocket::from_std(socket)?;
    loop {
        socket.readable().await?;
        let empty = || if drain() { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(()) };
        // The error is what tells tokio to wait for the next datagram.
        let _empty = socket.try_io(Interest::READABLE, empty);
    }
}

/// Makes up for rounds that came late: a phone's clock does not stop either.
async fn speak(world: Rc<RefCell<World>>) {
    let mut round = interval(Duration::from_millis(ROUND_MS));
    round.set_missed_tick_behavior(MissedTickBehavior::Burst);
    loop {
        round.tick().await;
        if let Some(audio) = &mut world.borrow_mut().audio {
            audio.speak();
        }
    }
}
