//! Which policy decides for which group.

use std::collections::BTreeMap;

use acd::{GroupId, Policy, Question, Reply};
use plugin_host::{Plugin, RoutingPolicy as Seats};
use store::RoutingPolicy;

/// The policies of one centre: the plugins it may choose from, and who sits where.
#[derive(Debug, Default)]
pub struct Policies {
    longest_idle: Option<Plugin>,
    seats: Seats,
    chosen: BTreeMap<GroupId, RoutingPolicy>,
}

impl Policies {
    /// `longest_idle` is the stock plugin.
    pub fn new(longest_idle: Plugin) -> Policies {
        Policies { longest_idle: Some(longest_idle), seats: Seats::new(), chosen: BTreeMap::new() }
    }

    /// No plugins: every group has the built-in order, whatever the plan says.
    pub fn built_in() -> Policies {
        Policies::default()
    }

    /// The plan says which policy each group has. Groups that are not named lose theirs; a group
    /// whose policy stays keeps its plugin's record of failures.
    pub(crate) fn choose(&mut self, chosen: &BTreeMap<GroupId, RoutingPolicy>) {
        for group in self.chosen.keys().filter(|group| !chosen.contains_key(group)) {
            self.seats.set(*group, None);
        }
        for (&group, &policy) in chosen {
            if self.chosen.get(&group) == Some(&policy) {
                continue;
            }
            let plugin = match policy {
                RoutingPolicy::BuiltIn => None,
                RoutingPolicy::LongestIdle => self.longest_idle.clone(),
            };
            self.seats.set(group, plugin);
        }
        self.chosen = chosen.clone();
    }
}

impl Policy for Policies {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        self.seats.choose(question)
    }

    fn looks_at(&self, group: GroupId) -> usize {
        self.seats.looks_at(group)
    }
}
