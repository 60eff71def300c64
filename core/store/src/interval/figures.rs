//! The rows of a quarter as bytes: seven bits of a number at a time, the low ones first.
//!
//! A row is its group and its agent, each one more than the id and 0 when it has none, then how
//! many numbers follow, and these.

use acd::{AgentId, GroupId};
use stats::{Numbers, Quarter, Tables};

use crate::Error;

/// Seven bits, and one that says that more follow.
const MORE: u8 = 0x80;

pub(super) fn written(tables: &Tables) -> Vec<u8> {
    let mut bytes = Vec::new();
    for Numbers { group, agent, numbers, quarter: _ } in tables.numbers() {
        write(&mut bytes, group.map_or(0, |group| group.0 + 1));
        write(&mut bytes, agent.map_or(0, |agent| agent.0 + 1));
        write(&mut bytes, numbers.len() as u64);
        numbers.into_iter().for_each(|number| write(&mut bytes, number));
    }
    bytes
}

/// Adds the rows that were written.
pub(super) fn add(tables: &mut Tables, quarter: Quarter, bytes: &[u8]) -> Result<(), Error> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let row = row(&mut rest, quarter);
        if row.is_none_or(|row| tables.add(row).is_err()) {
            let cause = format!("the figures of quarter {}", quarter.0);
            return Err(Error::Corrupt { table: "interval", cause });
        }
    }
    Ok(())
}

fn row(rest: &mut &[u8], quarter: Quarter) -> Option<Numbers> {
    let group = read(rest)?.checked_sub(1).map(GroupId);
    let agent = read(rest)?.checked_sub(1).map(AgentId);
    let length = usize::try_from(read(rest)?).ok()?;
    // Each number has a byte at least.
    let mut numbers = Vec::with_capacity(length.min(rest.len()));
    for _ in 0..length {
        numbers.push(read(rest)?);
    }
    Some(Numbers { quarter, group, agent, numbers })
}

fn write(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= u64::from(MORE) {
        bytes.push((number as u8) | MORE);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (&byte, others) = rest.split_first()?;
        *rest = others;
        number |= u64::from(byte & !MORE) << shift;
        if byte & MORE == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_size_are_read_as_they_were_written() {
        let mut bytes = Vec::new();
        let numbers = [0, 1, 127, 128, 16_383, 16_384, 900_000, u64::MAX];
        numbers.into_iter().for_each(|number| write(&mut bytes, number));
        let mut rest = bytes.as_slice();
        let read: Vec<u64> = std::iter::from_fn(|| read(&mut rest)).collect();
        assert_eq!((read.as_slice(), rest.len()), (numbers.as_slice(), 0));
    }

    #[test]
    fn bytes_that_are_no_rows_are_told() {
        let (quarter, mut tables) = (Quarter(7), Tables::default());
        let hours = [0, 4, 4, 100, 0, 50, 0];
        assert!(add(&mut tables, quarter, &hours).is_ok());
        assert_eq!(written(&tables), hours);
        for wrong in [&[0_u8, 4, 4, 100][..], &[0, 0, 4, 1, 1, 1, 1], &[1, 0, 200], &[MORE; 12]] {
            assert!(add(&mut Tables::default(), quarter, wrong).is_err(), "{wrong:?}");
        }
    }
}
