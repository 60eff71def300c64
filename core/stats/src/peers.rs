//! What somebody's figure is beside the others': mean, median, percentile, rank, and what was to be
//! expected of anybody with the same mix of groups and hours.

use std::collections::BTreeMap;
use std::ops::Range;

use acd::{AgentId, GroupId};

use crate::indicator::{Better, Metric};
use crate::quarter::{Place, Quarter};
use crate::{AgentFigures, Tables};

/// The average of those who have a value.
pub fn mean(column: &[Option<f64>]) -> Option<f64> {
    let known = sorted(column);
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

/// Half of those who have a value have more, half have less.
pub fn median(column: &[Option<f64>]) -> Option<f64> {
    percentile(column, 0.5)
}

/// The value below which a share (0 to 1) of them lies, between neighbours in proportion.
pub fn percentile(column: &[Option<f64>], share: f64) -> Option<f64> {
    let known = sorted(column);
    let last = known.len().checked_sub(1).filter(|_| (0.0..=1.0).contains(&share))?;
    let place = share * last as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let low = known[below];
    Some(known.get(below + 1).map_or(low, |high| low + (high - low) * part))
}

/// Everybody's place, from 1: as many are better as the place says, less one. Equals share a place,
/// and whoever has no value has none.
pub fn ranks(column: &[Option<f64>], better: Better) -> Vec<Option<usize>> {
    let known = sorted(column);
    let place = |value: f64| match better {
        Better::Less => known.partition_point(|it| *it < value),
        Better::More => known.len() - known.partition_point(|it| *it <= value),
    };
    column.iter().map(|value| value.filter(|it| it.is_finite()).map(|it| 1 + place(it))).collect()
}

/// In order; what is not a number is no value.
fn sorted(column: &[Option<f64>]) -> Vec<f64> {
    let mut known: Vec<f64> =
        column.iter().flatten().copied().filter(|it| it.is_finite()).collect();
    known.sort_unstable_by(f64::total_cmp);
    known
}

/// A group at an hour of the day, by the clocks of the place.
type Mix = (u8, Option<GroupId>);

/// What anybody would have come to with the same mix of groups and hours, one column for each
/// metric, in the order of `people`: for `Figures::with_expected`.
///
/// * What comes of offers (all metrics from `answered` to `transfers`): for each group and hour of
///   the day, his offers there times the sum of the metric of everybody there by the sum of
///   everybody's offers there. Seven of Mari's ten offers at a bad hour make seven tenths of what
///   is expected of her a bad hour's.
/// * `offers`, `break-ms`, `idle-ms`, `unreachable-ms`: for each hour of the day, his time logged
///   on times the sum of the metric of everybody by the sum of everybody's time logged on. Hours
///   belong to no group.
/// * `logged-on-ms` is his own: when he works is not his merit.
///
/// "Everybody" are all agents in the tables, he among them, so that over all of them the expected
/// sum is the real one, and a ratio of two expectations is the expectation of the ratio. Who has no
/// offers (or no time logged on) has no expectation.
pub fn expected(
    tables: &Tables,
    quarters: Range<Quarter>,
    place: &Place,
    people: &[AgentId],
) -> Vec<(Metric, Vec<Option<f64>>)> {
    let sums = tables.sum_by(quarters, place, |cell| {
        cell.agent.map(|agent| ((cell.wall.hour, cell.group), agent))
    });
    let mut everybody: BTreeMap<Mix, AgentFigures> = BTreeMap::new();
    let mut own: BTreeMap<AgentId, Vec<(Mix, AgentFigures)>> = BTreeMap::new();
    for (((hour, group), agent), tally) in sums {
        let mix = (hour, group);
        *everybody.entry(mix).or_default() += &tally.work;
        // Offers count among the hours too: by time logged on, whatever the group.
        if group.is_some() {
            *everybody.entry((hour, None)).or_default() += &tally.work;
        }
        own.entry(agent).or_default().push((mix, tally.work));
    }
    let column = |&metric: &Metric| {
        let of = |agent| expected_of(metric, own.get(agent).map_or(&[], Vec::as_slice), &everybody);
        (metric, people.iter().map(of).collect())
    };
    Metric::ALL.iter().map(column).collect()
}

fn expected_of(
    metric: Metric,
    own: &[(Mix, AgentFigures)],
    everybody: &BTreeMap<Mix, AgentFigures>,
) -> Option<f64> {
    let by_time = is_by_time(metric);
    let base =
        |figures: &AgentFigures| if by_time { logged_on_ms(figures) } else { figures.offers() };
    let (mut sum, mut bases) = (0.0, 0);
    for (mix, figures) in own.iter().filter(|(mix, _)| mix.1.is_none() == by_time) {
        let (all, his) = (everybody.get(mix)?, base(figures));
        if his > 0 {
            let rate = metric.of(all).unwrap_or(0) as f64 / base(all) as f64;
            sum += his as f64 * rate;
            bases += his;
        }
    }
    (bases > 0).then_some(sum)
}

fn logged_on_ms(figures: &AgentFigures) -> u64 {
    figures.hours.map_or(0, |hours| hours.logged_on_ms)
}

/// Whether it comes of time logged on and not of offers.
fn is_by_time(metric: Metric) -> bool {
    match metric {
        Metric::Offers
        | Metric::LoggedOnMs
        | Metric::BreakMs
        | Metric::IdleMs
        | Metric::UnreachableMs => true,
        Metric::Answered
        | Metric::Missed
        | Metric::Rejected
        | Metric::Busy
        | Metric::Unreachable
        | Metric::CallerLeft
        | Metric::Withdrawn
        | Metric::RingMs
        | Metric::RingAnsweredMs
        | Metric::RingMissedMs
        | Metric::Talks
        | Metric::TalkMs
        | Metric::HoldMs
        | Metric::WrapUpMs
        | Metric::ShortTalks
        | Metric::ShortTalkMs
        | Metric::InstantHangUps
        | Metric::QuickTransfers
        | Metric::Transfers => false,
    }
}

#[cfg(test)]
mod tests {
    use acd::{Outcome, Time};

    use super::*;
    use crate::ledger::{Book as _, Stretch};
    use crate::presence::Standing;

    const HOUR_MS: u64 = 3_600_000;
    const ALL: Range<Quarter> = Quarter(0)..Quarter(u32::MAX);
    const EASY: GroupId = GroupId(1);
    const HARD: GroupId = GroupId(2);
    const MARI: AgentId = AgentId(1);
    const JAAN: AgentId = AgentId(2);
    const KATI: AgentId = AgentId(3);

    /// Of `offers` in an hour so many were answered, each after 3 s, and the others missed.
    fn offered(tables: &mut Tables, of: (GroupId, AgentId), hour: u64, offers: u64, answered: u64) {
        for nth in 0..offers {
            let (outcome, rang_ms) = if nth < answered {
                (Outcome::Answered, 3_000)
            } else {
                (Outcome::NoAnswer, 20_000)
            };
            let at = Time(hour * HOUR_MS + nth * 60_000);
            tables.work(at, of, |it| it.offer_ended(outcome, rang_ms));
        }
    }

    fn column(columns: &[(Metric, Vec<Option<f64>>)], metric: Metric) -> Vec<Option<f64>> {
        let found = columns.iter().find(|(it, _)| *it == metric);
        found.map(|(_, column)| column.clone()).unwrap()
    }

    /// At five in the afternoon the hard group's callers are answered in 8 of 20 offers, whoever
    /// gets them; in the morning the easy group's in 18 of 20.
    fn day() -> Tables {
        let mut tables = Tables::default();
        offered(&mut tables, (HARD, MARI), 17, 10, 4);
        offered(&mut tables, (HARD, JAAN), 17, 10, 4);
        offered(&mut tables, (EASY, JAAN), 9, 10, 8);
        offered(&mut tables, (EASY, KATI), 9, 10, 10);
        tables
    }

    #[test]
    fn whoever_took_the_hard_group_at_the_worst_hour_is_not_punished() {
        let (tables, people) = (day(), [MARI, JAAN, KATI, AgentId(9)]);
        let columns = expected(&tables, ALL, &Place::utc(), &people);
        // Mari: 10 × 8/20. Jaan: 10 × 8/20 + 10 × 18/20. Kati: 10 × 18/20.
        let answered = column(&columns, Metric::Answered);
        assert_eq!(answered, [Some(4.0), Some(13.0), Some(9.0), None]);
        // 12 of 20 offers of the bad hour rang 20 s in vain, 2 of 20 of the good one.
        let missed = column(&columns, Metric::RingMissedMs);
        assert_eq!(missed, [Some(120_000.0), Some(140_000.0), Some(20_000.0), None]);
        // Her own four answers are what was to be expected; plain averages would have said that she
        // answers 40 % where others answer 73 %.
        assert_eq!(tables.agents(ALL)[&MARI].handled, 4);
    }

    #[test]
    fn over_everybody_the_expected_sum_is_the_real_one() {
        let tables = day();
        let agents = tables.agents(ALL);
        let people: Vec<AgentId> = agents.keys().copied().collect();
        for (metric, column) in expected(&tables, ALL, &Place::utc(), &people) {
            let real: u64 = agents.values().filter_map(|it| metric.of(it)).sum();
            let sum: f64 = column.iter().flatten().sum();
            let by_time = is_by_time(metric);
            assert!(by_time || (sum - real as f64).abs() < 1e-6, "{}: {sum} {real}", metric.name());
        }
    }

    #[test]
    fn what_comes_of_time_is_expected_by_time_logged_on_at_those_hours() {
        let mut tables = day();
        let mut on = |agent, from: u64, to: u64, standing| {
            let stretch = Stretch { from: Time(from * HOUR_MS), to: Time(to * HOUR_MS) };
            tables.present(stretch, agent, standing);
        };
        on(MARI, 17, 18, Standing::Busy);
        on(JAAN, 17, 18, Standing::Idle);
        on(JAAN, 8, 10, Standing::Idle);
        on(KATI, 9, 10, Standing::OnBreak);
        let columns = expected(&tables, ALL, &Place::utc(), &[MARI, JAAN, KATI]);
        // 20 offers in two hours logged on at 17, none at 8, 20 in two at 9.
        let offers = column(&columns, Metric::Offers);
        assert_eq!(offers, [Some(10.0), Some(20.0), Some(10.0)]);
        let half = Some(HOUR_MS as f64 / 2.0);
        let breaks = column(&columns, Metric::BreakMs);
        assert_eq!(breaks, [Some(0.0), half, half]);
        let logged_on = column(&columns, Metric::LoggedOnMs);
        assert_eq!(logged_on, [1.0, 3.0, 1.0].map(|hours| Some(hours * HOUR_MS as f64)));
    }

    #[test]
    fn hours_are_those_of_the_place() {
        // 13:30 and 14:20 UTC are one hour in Kolkata, 19 o'clock, and two in London.
        let mut tables = Tables::default();
        tables.work(Time(13 * HOUR_MS + 1_800_000), (EASY, MARI), |it| {
            it.offer_ended(Outcome::NoAnswer, 20_000);
        });
        tables.work(Time(14 * HOUR_MS + 1_200_000), (EASY, JAAN), |it| {
            it.offer_ended(Outcome::Answered, 2_000);
        });
        let answered = |zone| {
            let place = Place::new(zone).unwrap();
            column(&expected(&tables, ALL, &place, &[MARI, JAAN]), Metric::Answered)
        };
        assert_eq!(answered("Asia/Kolkata"), [Some(0.5), Some(0.5)]);
        assert_eq!(answered("UTC"), [Some(0.0), Some(1.0)]);
    }

    #[test]
    fn averages_leave_out_who_has_no_value() {
        let column = [Some(4.0), None, Some(1.0), Some(f64::NAN), Some(2.0), Some(9.0)];
        assert_eq!((mean(&column), median(&column)), (Some(4.0), Some(3.0)));
        assert_eq!(percentile(&column, 0.25), Some(1.75));
        assert_eq!((percentile(&column, 0.0), percentile(&column, 1.0)), (Some(1.0), Some(9.0)));
        assert_eq!(percentile(&column, 1.1), None);
        assert_eq!((median(&[]), mean(&[])), (None, None));
        assert_eq!((median(&[Some(3.0)]), median(&[Some(1.0), Some(9.0)])), (Some(3.0), Some(5.0)));
        assert_eq!(median(&[Some(1.0), Some(2.0), Some(9.0)]), Some(2.0));
        assert_eq!((mean(&[None]), median(&[]), percentile(&[None], 0.5)), (None, None, None));
    }

    #[test]
    fn equals_share_a_place_and_which_way_is_good_is_said() {
        let column = [Some(4.0), None, Some(1.0), Some(4.0), Some(9.0)];
        assert_eq!(ranks(&column, Better::Less), [Some(2), None, Some(1), Some(2), Some(4)]);
        assert_eq!(ranks(&column, Better::More), [Some(2), None, Some(4), Some(2), Some(1)]);
    }
}
