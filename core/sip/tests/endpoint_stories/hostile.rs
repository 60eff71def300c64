//! Datagrams from hell: nothing panics, nothing is kept for strangers.

use bytes::Bytes;
use sip::Output;

use crate::puppet::{Ask, Puppet};
use crate::world::{CENTRE, World};

const DATAGRAMS: usize = 60_000;

/// A small generator: the same datagrams in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// Some bytes of a message changed, doubled, removed, or swapped for another message's.
    fn mutate(&mut self, seeds: &[Bytes]) -> Bytes {
        let mut bytes = seeds[self.below(seeds.len())].to_vec();
        for _ in 0..self.below(6) {
            if bytes.is_empty() {
                break;
            }
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(40)).min(bytes.len());
            match self.below(6) {
                0 => bytes[at] = u8::try_from(self.below(256)).unwrap(),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                3 => {
                    let other = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len());
                    let to = (from + self.below(200)).min(other.len());
                    bytes.splice(at..end, other[from..to].iter().copied());
                }
                4 => bytes[at] = b" \r\n\t;,<>\"@:=\\%0"[self.below(15)],
                _ => bytes.truncate(at),
            }
        }
        Bytes::from(bytes)
    }
}

/// A centre in the middle of its work, and what was said so far by everybody.
fn busy_world() -> (World, Vec<Bytes>) {
    let mut world = World::new();
    world.listen();
    world.play(
        "
        0s phone registers
        1s trunk dials 6001000
        2s centre rings
        3s centre answers
        4s centre dials mari
        5s phone rings
        6s phone answers
        7s phone dials 6002000
        8s centre rings
        9s trunk dials 6003000
        10s trunk hangs up
        11s centre dials mari
        ",
    );
    let heard = world.heard();
    assert!(heard.len() > 25);
    (world, heard)
}

#[test]
fn mutated_datagrams_never_panic() {
    let (mut world, seeds) = busy_world();
    let mut dice = Dice(7);
    let addresses = ["10.0.0.2:5060", "10.0.0.3:5060", "10.7.7.7:5060"];
    let addresses = addresses.map(|address| address.parse().unwrap());
    let mut sent = 0;
    for number in 0..DATAGRAMS {
        let bytes = dice.mutate(&seeds);
        let from = addresses[dice.below(addresses.len())];
        let out = world.inject(from, CENTRE, bytes);
        sent += out.iter().filter(|output| matches!(output, Output::Send { .. })).count();
        if number % 100 == 0 {
            // Time passes slowly, so that everything stays in the middle of its work.
            world.now = sip::Time(world.now.0 + 1);
            let mut out = Vec::new();
            world.sides[CENTRE].endpoint.expire(world.now, &mut out);
        }
    }
    assert!(sent > DATAGRAMS / 10, "most of it was understood: {sent}");
    world.run_until(sip::Time(world.now.0 + 4_000_000));
}

#[test]
fn random_bytes_are_passed_over() {
    let mut world = World::new();
    let mut dice = Dice(11);
    for _ in 0..20_000 {
        let length = dice.below(200);
        let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(dice.below(256)).unwrap()).collect();
        let from = "10.7.7.7:5060".parse().unwrap();
        assert!(world.inject(from, CENTRE, Bytes::from(bytes)).is_empty());
    }
    assert_eq!(world.sides[CENTRE].endpoint.load(), (0, 0));
}

#[test]
fn flood_of_strangers_costs_no_state() {
    let mut puppet = Puppet::at("10.7.7.7:5060", World::with_limits(100, 10));
    for number in 0..2_000u32 {
        let branch = &number.to_string();
        for line in ["INVITE sip:1@10.0.0.1", "REGISTER sip:10.0.0.1", "OPTIONS sip:1@10.0.0.1"] {
            puppet.ask(Ask { line, branch, cseq: number + 1, ..Ask::default() });
        }
    }
    assert_eq!(puppet.load(), (0, 0));
    assert_eq!(puppet.heard.len(), 6_000);
}

#[test]
fn flood_through_a_trunk_stops_at_the_limits() {
    let mut puppet = Puppet::at("10.0.0.2:5060", World::with_limits(100, 1_000));
    for number in 0..2_000u32 {
        let branch = &number.to_string();
        let line = "INVITE sip:1@10.0.0.1";
        puppet.ask(Ask { line, branch, cseq: number + 1, ..Ask::default() });
    }
    assert_eq!(puppet.load(), (100, 100));
}
