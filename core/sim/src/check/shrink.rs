//! Makes a failing script short: whole lines first, then people and groups, then settings.

/// Tries of one search; a day of a thousand lines needs a few thousand.
const TRIES_MAX: usize = 20_000;

/// The shortest script that was found of which `fails` still says true. What is left fails, or is
/// the script itself.
pub fn shortest(script: Vec<String>, fails: &dyn Fn(&[String]) -> bool) -> Vec<String> {
    let mut search = Search { best: script, fails, tries: 0 };
    loop {
        let before = search.size();
        search.drop_lines();
        search.drop_names();
        search.drop_words();
        if search.size() == before {
            return search.best;
        }
    }
}

struct Search<'a> {
    best: Vec<String>,
    fails: &'a dyn Fn(&[String]) -> bool,
    tries: usize,
}

impl Search<'_> {
    fn size(&self) -> (usize, usize) {
        (self.best.len(), self.best.iter().map(String::len).sum())
    }

    /// Takes over a shorter script that still fails.
    fn attempt(&mut self, shorter: Vec<String>) -> bool {
        self.tries += 1;
        let taken = self.tries <= TRIES_MAX && shorter != self.best && (self.fails)(&shorter);
        if taken {
            self.best = shorter;
        }
        taken
    }

    /// Drops runs of lines, long ones first.
    fn drop_lines(&mut self) {
        let mut length = self.best.len() / 2;
        while length > 0 {
            let mut from = 1;
            while from < self.best.len() {
                let to = (from + length).min(self.best.len());
                let mut shorter = self.best.clone();
                shorter.drain(from..to);
                if !self.attempt(shorter) {
                    from = to;
                }
            }
            length /= 2;
        }
    }

    /// Drops an agent or a group with all that is said of them.
    fn drop_names(&mut self) {
        let heads = self.best.iter().filter_map(|line| {
            let mut words = line.split_whitespace();
            matches!(words.next(), Some("group" | "agent")).then(|| words.next())?
        });
        let names: Vec<String> = heads.map(str::to_owned).collect();
        for name in names {
            let without = |line: &String| {
                let of = |word: &str| word.split(['=', '\'']).next() == Some(&name);
                let mut words: Vec<&str> = line.split_whitespace().collect();
                let about = words.iter().take(3).any(|&word| !word.contains('=') && of(word));
                words.retain(|&word| !of(word));
                let about = about || line.split_whitespace().last().is_some_and(&of);
                (!about || line.contains(&format!(" {name}="))).then(|| words.join(" "))
            };
            let shorter = self.best.iter().filter_map(without).collect();
            self.attempt(shorter);
        }
    }

    /// Drops one setting or membership after another.
    fn drop_words(&mut self) {
        let mut line = 1;
        while line < self.best.len() {
            let words: Vec<String> =
                self.best[line].split_whitespace().map(str::to_owned).collect();
            for nth in (0..words.len()).rev() {
                let mut now: Vec<&str> = self.best[line].split_whitespace().collect();
                if nth < now.len() && now[nth].contains('=') {
                    now.remove(nth);
                    let mut shorter = self.best.clone();
                    shorter[line] = now.join(" ");
                    self.attempt(shorter);
                }
            }
            line += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use acd::BuiltIn;

    use super::shortest;
    use crate::timeline;

    fn lines(script: &str) -> Vec<String> {
        script.trim().lines().map(|line| line.trim().to_owned()).collect()
    }

    #[test]
    fn a_long_story_shrinks_to_what_it_is_about() {
        let story = lines(
            "
            timeline 1
            group sales ring=10s wrap=5s
            group support max=3
            agent mari sales=1 support=2/5s
            agent jaan support=1
            0s mari logs on
            1s jaan logs on
            2s c1 arrives at support
            3s jaan answers c1
            4s c2 arrives at sales
            5s mari's phone rings c2
            6s c2 hangs up
            7s c1 hangs up
            8s jaan takes a break for tea
            ",
        );
        let caller_left = |script: &[String]| {
            let told = timeline::play(&script.join("\n"), &mut BuiltIn);
            told.is_ok_and(|told| told.contains("caller_left"))
        };
        let left = lines(
            "
            timeline 1
            group sales
            agent mari sales=1
            0s mari logs on
            4s c2 arrives at sales
            6s c2 hangs up
            ",
        );
        assert_eq!(shortest(story, &caller_left), left);
    }

    #[test]
    fn a_story_that_does_not_fail_is_left_alone() {
        let story = lines("timeline 1\ngroup sales\n0s nothing happens");
        assert_eq!(shortest(story.clone(), &|_| false), story);
    }
}
