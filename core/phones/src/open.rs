//! Opens the sockets of a play.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};

use sip::{Flow, Transport};

use crate::audio::{Audio, CALLS_PER_SOCKET};
use crate::dice::Dice;
use crate::play::{Play, Trunks};
use crate::running::StartError;
use crate::scenario::Scenario;
use crate::socket;
use crate::station::Station;
use crate::world::{Cast, World};

/// Sockets that all callers share: each holds the dialogs of its calls.
const TRUNK_SOCKETS: usize = 4;
/// Calls that wait for agents need ears too; how many, is not known beforehand.
const CALLERS_SOUND_MIN: usize = 4 * CALLS_PER_SOCKET;

/// Where agents' phones register.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Registrar {
    /// At the system under test.
    Server,
    /// Nowhere: the callers know their addresses.
    #[cfg(test)]
    Nobody,
}

/// Everything that can fail for want of sockets fails here, before anything is sent.
pub(crate) fn open(scenario: &Scenario, registrar: Registrar) -> Result<World, StartError> {
    let callers = scenario.callers.as_ref();
    if callers.is_some_and(|it| it.numbers.is_empty() || it.per_second <= 0.0) {
        return Err(StartError::NobodyToCall);
    }
    let mut dice = Dice::new(scenario.seed);
    let (cast, play) = cast(scenario, registrar, &mut dice).map_err(StartError::Socket)?;
    Ok(World::new(cast, dice, play))
}

fn cast(scenario: &Scenario, registrar: Registrar, dice: &mut Dice) -> io::Result<(Cast, Play)> {
    let mut ears = Ears { audio: scenario.media.then(Audio::new), sinks: Vec::new() };
    let agents = scenario.agents.len();
    let media = ears.at(scenario.agents_from, agents)?;
    let mut stations = Vec::with_capacity(agents + TRUNK_SOCKETS);
    for (place, agent) in scenario.agents.iter().enumerate() {
        let at = station_at(place, scenario.agents_from, scenario.server)?;
        let media = media[place % media.len()];
        stations.push(Station::agent(agent, media, registrar, at, dice));
    }
    let mut trunks = None;
    if let Some(callers) = scenario.callers.clone() {
        for place in agents..agents + TRUNK_SOCKETS {
            let at = station_at(place, callers.from, scenario.server)?;
            stations.push(Station::callers(at, dice));
        }
        let media = ears.at(callers.from, agents.max(CALLERS_SOUND_MIN))?;
        trunks = Some(Trunks { callers, media, placed: 0, next: None });
    }
    let Ears { audio, sinks } = ears;
    Ok((Cast { stations, agents, audio, sinks }, Play::new(trunks, scenario.finish_max)))
}

/// Where RTP goes to.
struct Ears {
    audio: Option<Audio>,
    sinks: Vec<UdpSocket>,
}

impl Ears {
    /// Addresses that so many calls share; never none.
    fn at(&mut self, address: IpAddr, calls: usize) -> io::Result<Vec<SocketAddr>> {
        if let Some(audio) = &mut self.audio {
            return audio.bind(address, calls);
        }
        let sink = socket::bind_sink(address)?;
        let local = sink.local_addr()?;
        self.sinks.push(sink);
        Ok(vec![local])
    }
}

fn station_at(place: usize, from: IpAddr, server: SocketAddr) -> io::Result<(UdpSocket, Flow)> {
    let socket = socket::bind(from)?;
    let local = socket.local_addr()?;
    let flow = Flow { id: place as u64, transport: Transport::Udp, local, remote: server };
    Ok((socket, flow))
}
