//! Agents' phones: which are registered, whose they are, and which one rings.

use acd::{AgentId, Event, Policy, Time};

use crate::centre::Centre;
use crate::input::Output;
use crate::{Fact, What};

/// A registered phone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Device {
    pub agent: AgentId,
    pub contact: String,
    pub user_agent: String,
    /// When it registered: the newest phone of an agent rings.
    pub since: Time,
}

impl Centre {
    pub(crate) fn registered(
        &mut self,
        now: Time,
        (sip_user, contact, user_agent): (String, String, String),
        first: bool,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some(&agent) = self.plan.devices.get(&sip_user) else { return };
        let since = self.devices.get(&sip_user).filter(|_| !first).map_or(now, |it| it.since);
        let device =
            Device { agent, contact: contact.clone(), user_agent: user_agent.clone(), since };
        if self.devices.insert(sip_user.clone(), device).is_none() {
            let what = What::DeviceRegistered { agent, sip_user, contact, user_agent };
            out.push(Output::Tell(Fact { at: now, what }));
        }
        self.engine(now, Event::AgentReachable { agent, reachable: true }, policy);
    }

    pub(crate) fn unregistered(
        &mut self,
        now: Time,
        sip_user: String,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some(device) = self.devices.remove(&sip_user) else { return };
        let agent = device.agent;
        out.push(Output::Tell(Fact { at: now, what: What::DeviceLost { agent, sip_user } }));
        if self.newest_device(agent).is_none() {
            self.engine(now, Event::AgentReachable { agent, reachable: false }, policy);
        }
    }

    /// The phone that rings for an agent: the one that registered last.
    pub(crate) fn newest_device(&self, agent: AgentId) -> Option<String> {
        let phones = self.devices.iter().filter(|(_, device)| device.agent == agent);
        let newest = phones.max_by_key(|(_, device)| device.since)?;
        Some(newest.0.clone())
    }

    /// The plan may have given a registered phone to somebody else, or to nobody.
    pub(crate) fn rehome_devices(
        &mut self,
        now: Time,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let is_moved = |(user, device): &(&String, &Device)| {
            self.plan.devices.get(*user) != Some(&device.agent)
        };
        let moved = self.devices.iter().filter(is_moved);
        let moved: Vec<(String, Device)> =
            moved.map(|(user, device)| (user.clone(), device.clone())).collect();
        for (sip_user, device) in moved {
            self.unregistered(now, sip_user.clone(), policy, out);
            let phone = (sip_user, device.contact, device.user_agent);
            self.registered(now, phone, true, policy, out);
        }
    }
}
