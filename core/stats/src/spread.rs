//! How evenly work is spread over people.

/// One kind of work (calls, milliseconds of talk) over the people who were there to do it.
///
/// Who was there and got nothing counts as nothing. People who were there for an hour and those who
/// were there all day count alike, so a spread says something beside another one of the same people
/// and hours, and little by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    pub people: u64,
    pub sum: u64,
    /// What the least busy one had.
    pub least: u64,
    /// What the busiest one had.
    pub most: u64,
    /// The coefficient of variation: the standard deviation (of all people, not of a sample)
    /// divided by the mean; 0 is perfectly even. `None` when nobody had anything.
    pub variation: Option<f64>,
}

impl Spread {
    /// Of one value for each of the people.
    pub fn of(values: impl IntoIterator<Item = u64>) -> Spread {
        let values: Vec<u64> = values.into_iter().collect();
        let (people, sum) = (values.len() as u64, values.iter().sum::<u64>());
        let mean = sum as f64 / people as f64;
        let squares = values.iter().map(|&value| (value as f64 - mean).powi(2)).sum::<f64>();
        Spread {
            people,
            sum,
            least: values.iter().copied().min().unwrap_or(0),
            most: values.iter().copied().max().unwrap_or(0),
            variation: (sum > 0).then(|| (squares / people as f64).sqrt() / mean),
        }
    }

    /// How many times as much the busiest one had as the least busy one; `None` when that one had
    /// nothing.
    pub fn most_to_least(&self) -> Option<f64> {
        (self.least > 0).then(|| self.most as f64 / self.least as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::Spread;

    #[test]
    fn even_work_has_no_variation_and_idle_people_count() {
        let even = Spread::of([7, 7, 7]);
        assert_eq!((even.variation, even.most_to_least()), (Some(0.0), Some(1.0)));
        // Mean 5, deviations 3, 1, 1, 3: the root of 5, over 5.
        let uneven = Spread::of([2, 4, 6, 8]);
        assert_eq!(uneven.variation.map(|it| (it * 1e4).round()), Some(4_472.0));
        assert_eq!((uneven.people, uneven.sum, uneven.most_to_least()), (4, 20, Some(4.0)));
        let one_does_it_all = Spread::of([10, 0]);
        assert_eq!((one_does_it_all.variation, one_does_it_all.most_to_least()), (Some(1.0), None));
    }

    #[test]
    fn without_work_or_people_there_is_no_variation() {
        assert_eq!(Spread::of([0, 0]).variation, None);
        assert_eq!(Spread::of([]), Spread::default());
    }
}
