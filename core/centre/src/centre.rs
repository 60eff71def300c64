//! The machine itself. Start at [`Centre::handle`].

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use acd::{AgentId, CallId, EndCause, Engine, Office, Policy, Time};
use media::Side;
use sip::{Endpoint, EndpointConfig, LegId};

use crate::call::Call;
use crate::devices::Device;
use crate::farewell::Farewell;
use crate::input::{Config, Input, MediaOrder, Output, Relay};
use crate::office::OfficeCall;
use crate::outside::Origin;
use crate::{Fact, Plan, What};

/// Free relays below which more are ordered: bursts must not wait for `bind`.
const RELAYS_LOW: usize = 32;

/// Relays ordered at a time.
const RELAYS_STEP: u32 = 64;

/// Workers that could not bind all that was ordered are out of sockets: they are asked again only
/// after this.
const RELAYS_RETRY: Duration = Duration::from_secs(10);

/// One contact centre.
#[derive(Debug)]
pub struct Centre {
    pub(crate) config: Config,
    pub(crate) plan: Arc<Plan>,
    /// Transactions, dialogs and registrations.
    pub(crate) endpoint: Endpoint,
    /// Who talks to whom, and when.
    pub(crate) engine: Engine,
    /// Live calls: from the INVITE until the caller's leg is over.
    pub(crate) calls: BTreeMap<CallId, Call>,
    /// Which call a leg belongs to, and as what. A leg that is not here is on its way out.
    pub(crate) legs: BTreeMap<LegId, Role>,
    /// Registered phones by SIP user.
    pub(crate) devices: BTreeMap<String, Device>,
    /// Bound and unused, the one that rested longest first: late packets of an old call die out.
    relays: VecDeque<Relay>,
    /// Relays bound so far, used or not.
    relays_bound: usize,
    /// A `Bind` is under way.
    relays_ordered: bool,
    /// No relays are ordered before this.
    relays_rest_until: Time,
    next_call: u64,
    /// No new calls are taken: we are going down.
    pub(crate) draining: bool,
    /// No new calls are taken: the journal does not keep up.
    pub(crate) overloaded: bool,
    /// Legs that cannot be heard, and when to ask next whether they are still there.
    pub(crate) probes: BTreeSet<(Time, LegId)>,
    /// Those who hear our last words, and when each is hung up on.
    pub(crate) farewells: BTreeMap<LegId, Farewell>,
    pub(crate) farewell_ends: BTreeSet<(Time, LegId)>,
    /// Callers who keep their place and have no leg now.
    pub(crate) callbacks: BTreeMap<CallId, Origin>,
    /// Calls that have left a line and entered no other yet.
    lineless: BTreeSet<CallId>,
    /// Legs that we dialled to the outside.
    pub(crate) outside: BTreeSet<LegId>,
    /// Calls between our own phones, and from them to the outside.
    pub(crate) offices: BTreeMap<CallId, OfficeCall>,
    /// Who has calls that no group offered, in the order in which they began.
    pub(crate) own_calls: BTreeMap<AgentId, Vec<(CallId, Office)>>,
    /// People whose own call is over, which the engine has not heard yet.
    pub(crate) freed: Vec<(AgentId, CallId)>,
    /// Calls whose caller's leg is over; forgotten once the engine's orders for them are done.
    pub(crate) left: Vec<CallId>,
    /// What the endpoint said and nobody has heard yet.
    pub(crate) sip_out: Vec<sip::Output>,
    /// What the engine said and nobody has carried out yet.
    pub(crate) acd_out: Vec<acd::Output>,
}

/// What a leg is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    Caller(CallId),
    Agent(CallId),
    /// Of an office call: the phone that dialled is the caller, whoever is called the agent.
    Office(CallId, Side),
}

impl Centre {
    /// A centre at rest, with an empty plan: nobody may register and nobody may call.
    pub fn new(config: Config) -> Centre {
        let endpoint = Endpoint::new(EndpointConfig {
            seed: config.seed,
            product: concat!("Ladus/", env!("CARGO_PKG_VERSION")).to_owned(),
            // A call is two legs of some transactions each, and each lives 32 s after its end.
            transactions_max: config.calls_max.saturating_mul(40).max(20_000),
            legs_max: config.calls_max.saturating_mul(3).max(1_000),
        });
        Centre {
            plan: Arc::new(Plan::default()),
            endpoint,
            engine: Engine::new(acd::Plan::default()),
            calls: BTreeMap::new(),
            legs: BTreeMap::new(),
            devices: BTreeMap::new(),
            relays: VecDeque::new(),
            relays_bound: 0,
            relays_ordered: false,
            relays_rest_until: Time(0),
            next_call: config.first_call,
            draining: false,
            overloaded: false,
            probes: BTreeSet::new(),
            farewells: BTreeMap::new(),
            farewell_ends: BTreeSet::new(),
            callbacks: BTreeMap::new(),
            lineless: BTreeSet::new(),
            outside: BTreeSet::new(),
            offices: BTreeMap::new(),
            own_calls: BTreeMap::new(),
            freed: Vec::new(),
            left: Vec::new(),
            sip_out: Vec::new(),
            acd_out: Vec::new(),
            config,
        }
    }

    /// Takes one input and writes everything that follows from it to `out`.
    pub fn handle(
        &mut self,
        now: Time,
        input: Input,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        self.endpoint.expire(sip_time(now), &mut self.sip_out);
        self.farewells_due(now, out);
        self.probe_due(now, policy, out);
        if self.engine.deadline().is_some_and(|deadline| deadline <= now) {
            self.engine(now, acd::Event::TimePassed, policy);
        }
        self.settle(now, policy, out);
        self.note(now, input, policy, out);
        self.settle(now, policy, out);
        self.order_relays(now, out);
    }

    /// The next moment at which the centre wants [`Input::TimePassed`].
    pub fn deadline(&self) -> Option<Time> {
        let sip = self.endpoint.deadline().map(|time| Time(time.0));
        let probe = self.probes.first().map(|(at, _)| *at);
        let farewell = self.farewell_ends.first().map(|(at, _)| *at);
        [sip, probe, farewell, self.engine.deadline()].into_iter().flatten().min()
    }

    /// While true new calls are refused with 503.
    pub fn set_overloaded(&mut self, overloaded: bool) {
        self.overloaded = overloaded;
    }

    /// The distribution engine, for boards.
    pub fn distribution(&self) -> &Engine {
        &self.engine
    }

    /// Who calls, as far as the call is live or its caller keeps his place.
    pub fn caller_of(&self, call: CallId) -> Option<&str> {
        let kept = || self.callbacks.get(&call).map(|origin| origin.caller.as_str());
        self.calls.get(&call).map(|call| call.caller.as_str()).or_else(kept)
    }

    /// Registered phones by SIP user.
    pub fn devices(&self) -> &BTreeMap<String, Device> {
        &self.devices
    }

    /// The plan in force.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Live calls, and legs and transactions in the SIP machines: all zero when all is quiet.
    pub fn load(&self) -> (usize, usize, usize) {
        let (legs, transactions) = self.endpoint.load();
        (self.calls.len() + self.offices.len(), legs, transactions)
    }

    /// Free relays, and all that are bound: the same number when no call is live.
    pub fn relays(&self) -> (usize, usize) {
        (self.relays.len(), self.relays_bound)
    }

    fn note(&mut self, now: Time, input: Input, policy: &mut dyn Policy, out: &mut Vec<Output>) {
        match input {
            Input::PlanChanged(plan) => self.plan_changed(now, plan, policy, out),
            Input::Received { flow, bytes } => {
                self.endpoint.receive(sip_time(now), flow, bytes, &mut self.sip_out);
            }
            Input::FlowClosed { flow } => {
                self.endpoint.flow_closed(sip_time(now), flow, &mut self.sip_out);
            }
            Input::Wished { agent, wish, by } => {
                self.engine(now, acd::Event::AgentWished { agent, wish, by }, policy);
            }
            Input::WrapUpEnded { agent } => {
                self.engine(now, acd::Event::WrapUpEnded { agent }, policy);
            }
            Input::CallMoved { call, to, by } => {
                self.engine(now, acd::Event::CallMoved { call, to, by }, policy);
            }
            Input::CallPromoted { call, priority, by } => {
                self.engine(now, acd::Event::CallPromoted { call, priority, by }, policy);
            }
            Input::Transferred { call, to, by } => {
                self.engine(now, acd::Event::Transferred { call, to, by }, policy);
            }
            Input::ServedLast { caller, agent } => {
                self.engine(now, acd::Event::ServedLast { caller, agent }, policy);
            }
            Input::DayClosed(last_day) => {
                self.engine(now, acd::Event::DayClosed(last_day), policy);
            }
            Input::CallbackKept { kept, flow } => self.callback_kept(now, *kept, flow, policy),
            Input::CallbackEnded { call, by } => {
                let why = acd::CallbackEnd::Ended;
                self.engine(now, acd::Event::CallbackEnded { call, why, by }, policy);
            }
            Input::RelaysBound(relays) => {
                self.relays_ordered = false;
                if relays.len() < RELAYS_STEP as usize {
                    self.relays_rest_until = now + RELAYS_RETRY;
                }
                self.relays_bound += relays.len();
                self.relays.extend(relays);
            }
            Input::KeyPressed { call, key } => self.key_pressed(now, call, key, policy),
            Input::MediaSilent { call, side } => {
                self.media_silent(now, call, side, policy, out);
            }
            Input::RecordingStored { call, bytes, duration_ms, sha256 } => {
                let what = What::RecordingStored { call, bytes, duration_ms, sha256 };
                out.push(Output::Tell(Fact { at: now, what }));
            }
            Input::RecordingFailed { call, cause } => {
                let what = What::RecordingFailed { call, cause };
                out.push(Output::Tell(Fact { at: now, what }));
            }
            Input::Drain => self.drain(now, policy),
            Input::EndAll => self.end_all(now, policy, out),
            Input::TimePassed => (),
        }
    }

    /// Carries messages between endpoint and engine until both have nothing to say.
    fn settle(&mut self, now: Time, policy: &mut dyn Policy, out: &mut Vec<Output>) {
        while !self.is_settled() {
            for output in std::mem::take(&mut self.acd_out) {
                match output {
                    acd::Output::Do(action) => self.act(now, action, policy, out),
                    acd::Output::Tell(at, fact) => {
                        self.follow(&fact);
                        let origin = self.origin_to_tell(&fact);
                        let told = origin.into_iter().chain([What::Acd(fact)]);
                        out.extend(told.map(|what| Output::Tell(Fact { at, what })));
                    }
                }
            }
            if self.acd_out.is_empty() {
                self.forget_left(now, out);
                self.free(now, policy);
            }
            for output in std::mem::take(&mut self.sip_out) {
                match output {
                    sip::Output::Send { flow, bytes } => out.push(Output::Send { flow, bytes }),
                    sip::Output::Tell(event) => self.heard(now, event, policy, out),
                }
            }
        }
        for id in std::mem::take(&mut self.lineless) {
            self.callbacks.remove(&id);
        }
    }

    fn is_settled(&self) -> bool {
        let nothing_said = self.sip_out.is_empty() && self.acd_out.is_empty();
        nothing_said && self.left.is_empty() && self.freed.is_empty()
    }

    /// Which line a call is in, as the engine tells it.
    fn follow(&mut self, fact: &acd::Fact) {
        if let acd::Fact::QueueEntered { call, group, .. } = fact {
            self.lineless.remove(call);
            if let Some(call) = self.calls.get_mut(call) {
                call.group = *group;
            }
            if let Some(origin) = self.callbacks.get_mut(call) {
                origin.group = *group;
            }
        }
        if let acd::Fact::QueueLeft { call, .. } = fact {
            self.lineless.insert(*call);
        }
    }

    fn plan_changed(
        &mut self,
        now: Time,
        plan: Arc<Plan>,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        self.plan = Arc::clone(&plan);
        self.endpoint.set_access(sip_time(now), plan.access.clone(), &mut self.sip_out);
        // Phones without credentials are lost before anybody new is rung on them.
        self.settle(now, policy, out);
        self.rehome_devices(now, policy, out);
        self.engine(now, acd::Event::PlanChanged(Arc::clone(&plan.acd)), policy);
        self.end_lost_callbacks(now, policy);
        // An agent who is new to the engine may have had his phone on for hours.
        for agent in self.devices.values().map(|device| device.agent).collect::<Vec<_>>() {
            self.engine(now, acd::Event::AgentReachable { agent, reachable: true }, policy);
        }
    }

    fn end_all(&mut self, now: Time, policy: &mut dyn Policy, out: &mut Vec<Output>) {
        self.drain(now, policy);
        self.settle(now, policy, out);
        // Those who wait go first, those who talk last: nobody's phone rings for a caller who is
        // about to be let go.
        let mut calls: Vec<(bool, bool, CallId)> = self
            .calls
            .values()
            .map(|call| {
                let talks = call.agent.as_ref().is_some_and(|agent| agent.connected);
                (talks, call.agent.is_some(), call.id)
            })
            .collect();
        calls.sort_unstable();
        self.end_offices(now, out);
        for (_, _, id) in calls {
            let Some(call) = self.calls.get(&id) else { continue };
            if let Some(leg) = call.caller_leg {
                self.endpoint.hang_up(sip_time(now), leg, &mut self.sip_out);
            }
            self.caller_gone(now, id, EndCause::System, policy);
            self.settle(now, policy, out);
        }
    }

    pub(crate) fn engine(&mut self, now: Time, event: acd::Event, policy: &mut dyn Policy) {
        self.engine.handle(now, event, policy, &mut self.acd_out);
    }

    pub(crate) fn new_call_id(&mut self) -> CallId {
        let id = CallId(self.next_call);
        self.next_call += 1;
        id
    }

    pub(crate) fn is_full(&self) -> bool {
        self.calls.len() + self.offices.len() >= self.config.calls_max
    }

    pub(crate) fn take_relay(&mut self) -> Option<Relay> {
        self.relays.pop_front()
    }

    pub(crate) fn give_back(&mut self, relay: Relay, out: &mut Vec<Output>) {
        out.push(Output::Media(MediaOrder::Release { relay: relay.id }));
        self.relays.push_back(relay);
    }

    fn order_relays(&mut self, now: Time, out: &mut Vec<Output>) {
        let full = self.relays_bound >= self.config.calls_max;
        let may_order = !self.relays_ordered && now >= self.relays_rest_until;
        if self.relays.len() < RELAYS_LOW && may_order && !full {
            self.relays_ordered = true;
            out.push(Output::Media(MediaOrder::Bind { more: RELAYS_STEP }));
        }
    }
}

/// The SIP machines count the same milliseconds.
pub(crate) fn sip_time(now: Time) -> sip::Time {
    sip::Time(now.0)
}

/// How long past its ring time an offer's INVITE may live: the engine's own timer ends it first.
pub(crate) const OFFER_GRACE: Duration = Duration::from_secs(5);
