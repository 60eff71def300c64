//! An agent's phone keeps itself known to its registrar.

use std::time::Duration;

use sip::{Endpoint, Register, Time};

use super::{Account, PhoneEvent};

/// A registrar that is down or says no is asked again after this.
const RETRY: Duration = Duration::from_secs(5);
/// A registrar that grants less is asked no more often than this.
const REFRESH_MIN: Duration = Duration::from_secs(1);

/// The registration of one phone.
#[derive(Debug)]
pub(super) struct Registration {
    account: Account,
    /// When the next REGISTER is sent; `None` while one is under way.
    pub(super) due: Option<Time>,
    /// The binding is being removed: whatever the answer, it is the last one.
    has_left: bool,
}

impl Registration {
    pub(super) fn new(account: Account) -> Registration {
        Registration { account, due: Some(Time::default()), has_left: false }
    }

    pub(super) fn expire(
        &mut self,
        now: Time,
        endpoint: &mut Endpoint,
        out: &mut Vec<sip::Output>,
    ) {
        if self.due.is_some_and(|due| due <= now) {
            self.due = None;
            endpoint.register(now, self.asking_for(self.account.expires), out);
        }
    }

    /// Removes the binding for good.
    pub(super) fn leave(&mut self, now: Time, endpoint: &mut Endpoint, out: &mut Vec<sip::Output>) {
        (self.due, self.has_left) = (None, true);
        endpoint.register(now, self.asking_for(Duration::ZERO), out);
    }

    pub(super) fn done(&mut self, now: Time, status: u16, granted: Duration) -> PhoneEvent {
        if self.has_left {
            return PhoneEvent::Unregistered;
        }
        if !(200..300).contains(&status) {
            self.due = Some(now + RETRY);
            return PhoneEvent::RegisterFailed { status };
        }
        self.due = Some(now + (granted / 2).max(REFRESH_MIN));
        PhoneEvent::Registered
    }

    fn asking_for(&self, expires: Duration) -> Register {
        let Account { flow, login, .. } = &self.account;
        Register { flow: *flow, login: login.clone(), expires }
    }
}
