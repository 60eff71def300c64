//! A formula as an indicator over the figures of a period.

use acd::{Actor, AgentId, CallId, Fact, GroupId, Outcome as Ended, Time, Wish};
use stats::Summary;
use stats::formula::{Formula, Others};
use stats::indicator::{
    Better, Figures, Indicator as _, Metric, Outcome, Period, Reason, Scale, Unit,
};

const MARI: AgentId = AgentId(1);
const JAAN: AgentId = AgentId(2);
const TIIT: AgentId = AgentId(3);
const HOUR_MS: u64 = 3_600_000;

/// Mari answers three calls and misses one in two hours, Jaan lets one of two ring, Tiit has been
/// logged on since before the journal begins and has no call.
fn figures() -> Figures {
    let mut summary = Summary::default();
    for agent in [MARI, JAAN] {
        summary.fold(Time(0), &Fact::AgentWish { agent, wish: Wish::On, by: Actor::Agent });
    }
    let offers = [
        (MARI, Ended::Answered, 2_500),
        (MARI, Ended::Answered, 2_500),
        (MARI, Ended::Answered, 4_000),
        (MARI, Ended::NoAnswer, 20_000),
        (JAAN, Ended::Answered, 1_000),
        (JAAN, Ended::NoAnswer, 20_000),
    ];
    for (at, (agent, outcome, rang_ms)) in (1..).zip(offers) {
        let (call, group) = (CallId(at), GroupId(1));
        summary.fold(Time(at), &Fact::OfferEnded { call, group, agent, outcome, rang_ms });
    }
    let period = Period { from: Time(0), to: Time(2 * HOUR_MS) };
    Figures::new(&summary, period, &[MARI, JAAN, TIIT])
}

#[track_caller]
fn outcomes(text: &str, figures: &Figures, sample_min: u32) -> Vec<Outcome> {
    let others = Others::default().with_column("streak", Some(Unit::Count));
    let formula = Formula::read(text, &others).expect("a formula");
    formula.judged(Better::Less, sample_min).evaluate(figures).expect("is worked out")
}

#[track_caller]
fn values(text: &str, figures: &Figures, expected: [Option<f64>; 3]) {
    let values = outcomes(text, figures, 0).iter().map(Outcome::value).collect::<Vec<_>>();
    assert_eq!(values, expected, "{text}");
}

#[test]
fn times_are_seconds_to_the_last_digit() {
    values("asa", &figures(), [Some(3.0), Some(1.0), None]);
    values("asa_with_missed", &figures(), [Some(7.25), Some(10.5), None]);
    values("ring_answered", &figures(), [Some(9.0), Some(1.0), Some(0.0)]);
    values("answered_per_hour", &figures(), [Some(1.5), Some(0.5), None]);
}

#[test]
fn why_somebody_has_no_value_is_told() {
    let unknown = Reason::NotKnown { metric: Metric::LoggedOnMs, expected: false };
    let words = "“logged_on” is not known";
    assert_eq!(unknown.to_string(), words);
    assert_eq!(outcomes("answered_per_hour", &figures(), 0)[2], Outcome::None(unknown));
    assert_eq!(outcomes("asa", &figures(), 0)[2], Outcome::None(Reason::NoNumber));
    let Outcome::None(reason) = &outcomes("expected(talk)", &figures(), 0)[0] else {
        panic!("nothing was expected");
    };
    assert_eq!(reason.to_string(), "it is not known what “talk” was to be expected");
}

#[test]
fn whoever_lets_the_phone_ring_is_not_spared_by_the_fewest_cases() {
    let few = |sample, least| Outcome::None(Reason::TooFew { sample, least });
    let [mari, jaan, _] = &outcomes("answer_rate", &figures(), 2)[..] else { panic!("three") };
    assert_eq!((mari.value(), jaan.value()), (Some(0.75), Some(0.5)));
    assert_eq!(outcomes("asa", &figures(), 2)[1], few(1, 2));
    assert_eq!(outcomes("logged_on", &figures(), 2)[1], few(1, 2));
}

#[test]
fn what_was_to_be_expected_and_what_others_have_come_to_are_columns() {
    let figures = figures()
        .with_expected(vec![
            (Metric::Answered, vec![Some(2.0), Some(2.0), None]),
            (Metric::RingAnsweredMs, vec![Some(5_000.0), Some(4_000.0), None]),
        ])
        .with_indicator("streak", vec![Some(2.0), None, Some(0.0)]);
    values("answered / expected(answered)", &figures, [Some(1.5), Some(0.5), None]);
    values("expected(asa)", &figures, [Some(2.5), Some(2.0), None]);
    values("streak + answered", &figures, [Some(5.0), None, Some(0.0)]);
    values("expected(streak)", &figures, [None, None, None]);
    assert_eq!(figures.expected(Metric::TalkMs), [None; 3]);
}

#[test]
fn a_formula_says_what_it_looks_at_and_on_which_scale() {
    let formula = Formula::read("asa / expected(talk) + missed_rate", &Others::default());
    let formula = formula.expect("a formula").judged(Better::Less, 5);
    let needs =
        [Metric::Offers, Metric::Answered, Metric::Missed, Metric::RingAnsweredMs, Metric::TalkMs];
    assert_eq!(formula.needs(), needs);
    let scale = Scale { unit: Unit::Ratio, better: Better::Less, sample_min: 5 };
    assert_eq!(formula.scale(), scale);
    assert!(!formula.needs_stories());
}
