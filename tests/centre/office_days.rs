//! Made-up stories of an office and a call centre on the same phones: whatever people do and
//! whatever the network does, the judge finds nothing and everybody is at rest in the end.

use sim::world::{Size, World};

const PEOPLE: [&str; 4] = ["mari", "jaan", "tiit", "leo"];
const CALLERS: [&str; 2] = ["kati", "uku"];
/// Stories of some ninety seconds, sixty deeds each.
const STORIES: u64 = 150;

const SCENE: &str = "
    group sales ring=6s wrap=2s
    agent mari sales=1
    agent jaan sales=2
    agent tiit
    agent leo
    0s phones may call outside
    0s 5551000 has a phone
";

#[test]
fn an_office_and_a_call_centre_share_their_phones() {
    let (mut office, mut served) = (0, 0);
    for seed in 1..=STORIES {
        let mut dice = Dice(seed);
        let mut world = World::new(Size { seed, ..Size::default() });
        let mut story = SCENE.to_owned();
        world.play(SCENE).unwrap();
        let mut at_ms = 1_000;
        for _ in 0..60 {
            at_ms += 1 + dice.below(3_000);
            let deed =
                format!("{}.{:03}s {}", at_ms / 1_000, at_ms % 1_000, deed(&world, &mut dice));
            story += &format!("    {deed}\n");
            world.play(&deed).unwrap();
        }
        at_ms += 1_000;
        let everybody = PEOPLE.iter().chain(&CALLERS).chain(["5551000"].iter());
        for who in everybody {
            for last in ["mend", "hangs up"] {
                let deed =
                    if last == "mend" { format!("mend {who}") } else { format!("{who} {last}") };
                let deed = format!("{}s {deed}", at_ms / 1_000 + 1);
                story += &format!("    {deed}\n");
                // A caller who never dialled has no phone to hang up.
                let _ = world.play(&deed);
            }
        }
        let rest = world.rest();
        let told = world.story();
        if let Err(problems) = rest {
            panic!("story {seed}: {problems}\n{story}\n{told}");
        }
        office += told.matches(" is answered\n").count();
        served += told.matches(" talks with ").count();
    }
    assert!(
        office > 100 && served > 100,
        "little happened: {office} office calls, {served} served"
    );
}

/// What somebody does next; nobody dials with a phone that is in use.
fn deed(world: &World, dice: &mut Dice) -> String {
    let busy = world.busy_parties();
    let person = dice.of(&PEOPLE);
    let caller = dice.of(&CALLERS);
    let free = |who: &str| busy.iter().all(|(name, _)| name != who);
    match dice.below(20) {
        0..=4 if free(person) => format!("{person} dials {}", dice.of(&PEOPLE)),
        5 if free(person) => format!("{person} dials 5551000"),
        6 if free(person) => format!("{person} dials sales"),
        7 | 8 if free(caller) => format!("{caller} dials sales"),
        0..=10 => format!("{person} answers"),
        11 => "5551000 answers".to_owned(),
        12 => "5551000 hangs up".to_owned(),
        13 | 14 => format!("{person} hangs up"),
        15 => format!("{person} rejects"),
        16 => format!("{person} holds"),
        17 => format!("{person} resumes"),
        18 => format!("cut {person}"),
        _ => format!("mend {person}"),
    }
}

/// The same every time: Knuth's constants.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        let (times, plus) = (6_364_136_223_846_793_005, 1_442_695_040_888_963_407);
        self.0 = self.0.wrapping_mul(times).wrapping_add(plus);
        (self.0 >> 33) % end
    }

    fn of<'a>(&mut self, names: &[&'a str]) -> &'a str {
        let at = self.below(names.len() as u64);
        names[usize::try_from(at).unwrap_or_default()]
    }
}
