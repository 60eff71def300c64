//! Which known word was probably meant.

use super::others::NAME_MAX;

/// The nearest of the words: at most one slip, and one more for every four letters; else one that
/// begins so. Among equals the one that comes first.
pub(super) fn nearest<'a>(
    word: &str,
    mut known: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().take(LETTERS_MAX).collect();
    let allowed = 1 + letters.len() / 4;
    let slips_of = |known: &'a str| (slips(&letters, &known.chars().collect::<Vec<_>>()), known);
    let near = known.clone().map(slips_of);
    let near = near.filter(|(slips, known)| *slips <= allowed && *slips < known.chars().count());
    let near = near.min_by_key(|(slips, _)| *slips).map(|(_, known)| known);
    near.or_else(|| known.find(|known| letters.len() >= 3 && known.starts_with(word)))
}

/// No word that we know is longer; a longer one need not be compared to its end.
const LETTERS_MAX: usize = NAME_MAX;

/// Letters to change, to add, to leave out or to swap with their neighbour.
fn slips(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let change = last[j - 1] + usize::from(one[i - 1] != other[j - 1]);
            let mut least = change.min(last[j] + 1).min(row[j - 1] + 1);
            let swapped =
                i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            if swapped {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[track_caller]
    fn check(word: &str, meant: Option<&str>) {
        let known = ["answered", "offers", "talk", "talks", "asa", "group.average"];
        assert_eq!(nearest(word, known.into_iter()), meant, "{word}");
    }

    #[test]
    fn a_slip_of_the_pen_is_understood_and_another_word_is_not() {
        check("answred", Some("answered"));
        check("asnwered", Some("answered"));
        check("tlak", Some("talk"));
        check("grup.average", Some("group.average"));
        check("group", Some("group.average"));
        check("gr", None);
        check("salary", None);
        check("x", None);
        check("", None);
    }
}
