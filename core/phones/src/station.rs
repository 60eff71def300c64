//! A phone at its SIP socket.

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use sim::phone::{Account, Agent, Behaviour, Phone, PhoneConfig};
use sip::{Flow, Login, Time};

use crate::dice::Dice;
use crate::open::Registrar;
use crate::scenario::AgentPhone;

/// Asked for by agents' phones, which refresh after half of it.
const EXPIRES: Duration = Duration::from_secs(300);

/// One phone, or a trunk of them, and its socket.
#[derive(Debug)]
pub(crate) struct Station {
    pub(crate) phone: Phone,
    pub(crate) socket: UdpSocket,
    /// From this socket to the system under test.
    pub(crate) flow: Flow,
    /// Where it stands in the world's list of moments.
    pub(crate) due: Option<Time>,
    pub(crate) registered: bool,
}

impl Station {
    /// An agent's phone.
    pub(crate) fn agent(
        agent: &AgentPhone,
        media: SocketAddr,
        registrar: Registrar,
        (socket, flow): (UdpSocket, Flow),
        dice: &mut Dice,
    ) -> Station {
        let login = Login { user: agent.user.clone(), password: agent.password.clone() };
        let account = match registrar {
            Registrar::Server => Some(Account { flow, login, expires: EXPIRES }),
            #[cfg(test)]
            Registrar::Nobody => None,
        };
        let rings = agent.habits.plans(dice);
        let registered = account.is_none();
        let behaviour = Behaviour::Agent(Agent { account, media, rings });
        Station { registered, ..Station::new(behaviour, (socket, flow), dice) }
    }

    /// A trunk.
    pub(crate) fn callers(at: (UdpSocket, Flow), dice: &mut Dice) -> Station {
        Station::new(Behaviour::Caller, at, dice)
    }

    fn new(behaviour: Behaviour, at: (UdpSocket, Flow), dice: &mut Dice) -> Station {
        let config =
            PhoneConfig { seed: dice.seed(), product: "Ladus phones".to_owned(), behaviour };
        Station {
            phone: Phone::new(config),
            socket: at.0,
            flow: at.1,
            due: None,
            registered: false,
        }
    }
}
