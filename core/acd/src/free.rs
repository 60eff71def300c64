//! A group's free agents, in the built-in order.

use std::collections::VecDeque;

use crate::{AgentId, Time};

/// A free agent's place: the lowest order of this group for him, then the longest idle, then the
/// id. Small, because a decision walks over many and finds them in no cache.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Seat {
    /// The order, and below it since when he is idle.
    rank: u64,
    pub(crate) agent: AgentId,
}

/// Milliseconds since 1970 until the year 10889: what a moment takes beside an order of 16 bits.
const MOMENT_BITS: u32 = 48;

impl Seat {
    pub(crate) fn new(order: u16, idle_since: Time, agent: AgentId) -> Seat {
        let moment = idle_since.0.min((1 << MOMENT_BITS) - 1);
        Seat { rank: u64::from(order) << MOMENT_BITS | moment, agent }
    }

    /// The order of the group for this agent.
    pub(crate) fn order(self) -> u16 {
        (self.rank >> MOMENT_BITS) as u16
    }
}

/// Free agents of one group, the first in the built-in order first.
///
/// Who becomes free goes to the end of his order, and who is rung mostly stood at its front. So
/// each order has a queue, and an event that moves an agent in each of his groups reads a few bytes
/// of each. Whoever stands elsewhere (he logs off, he refuses) is found by halving.
#[derive(Debug, Default)]
pub(crate) struct Free {
    /// By order; one that nobody has any more keeps its room.
    orders: Vec<(u16, VecDeque<Seat>)>,
    count: usize,
}

impl Free {
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Seat> {
        self.orders.iter().flat_map(|(_, seats)| seats)
    }

    /// True when it was not there.
    pub(crate) fn insert(&mut self, seat: Seat) -> bool {
        let order = seat.order();
        let nth = match self.orders.binary_search_by_key(&order, |(order, _)| *order) {
            Ok(nth) => nth,
            Err(nth) => {
                self.orders.insert(nth, (order, VecDeque::new()));
                nth
            }
        };
        let seats = &mut self.orders[nth].1;
        if seats.back().is_none_or(|last| *last < seat) {
            seats.push_back(seat);
        } else {
            let Err(nth) = seats.binary_search(&seat) else { return false };
            seats.insert(nth, seat);
        }
        self.count += 1;
        true
    }

    /// True when it was there.
    pub(crate) fn remove(&mut self, seat: &Seat) -> bool {
        let order = seat.order();
        let found = self.orders.binary_search_by_key(&order, |(order, _)| *order);
        let Some((_, seats)) = found.ok().and_then(|nth| self.orders.get_mut(nth)) else {
            return false;
        };
        if seats.front() == Some(seat) {
            seats.pop_front();
        } else {
            let Ok(nth) = seats.binary_search(seat) else { return false };
            seats.remove(nth);
        }
        self.count -= 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Free, Seat};
    use crate::{AgentId, Time};

    proptest! {
        #[test]
        fn it_is_a_sorted_set(
            steps in prop::collection::vec((any::<bool>(), 0..4_u16, 0..6_u64, 0..6_u64), 0..200),
        ) {
            let (mut free, mut set) = (Free::default(), BTreeSet::new());
            for (comes, order, since, agent) in steps {
                let seat = Seat::new(order, Time(since), AgentId(agent));
                if comes {
                    prop_assert_eq!(free.insert(seat), set.insert(seat));
                } else {
                    prop_assert_eq!(free.remove(&seat), set.remove(&seat));
                }
                prop_assert_eq!((free.len(), free.is_empty()), (set.len(), set.is_empty()));
                prop_assert!(free.iter().eq(&set));
            }
        }
    }
}
