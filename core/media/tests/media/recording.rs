//! Talks on tape: where every word lies on the file's time line.

use bytes::Bytes;
use media::{
    BLOCK_BYTES, Codec, Interleaver, RtpView, RtpViewMut, Side, Talker, WAV_HEADER_BYTES,
    WavHeader, is_tone, pcm16, peaks, silence, wav_header,
};
use proptest::prelude::*;

const LAW: Codec = Codec::Pcma;
const START: u64 = 1_000_000;

/// A tape and the blocks taken from it, in imagined time.
struct Studio {
    tape: Interleaver,
    now_ms: u64,
    data: Vec<u8>,
}

impl Studio {
    fn new() -> Self {
        Self { tape: Interleaver::new(LAW, START), now_ms: START, data: Vec::new() }
    }

    fn hear(&mut self, side: Side, law: Codec, packet: &[u8]) {
        self.tape.push(self.now_ms, side, law, RtpView::parse(packet).expect("it is RTP"));
        self.take();
    }

    /// A side talks for so many packets, one every 20 ms.
    fn talk(&mut self, side: Side, talker: &mut Talker, packets: usize) {
        for _ in 0..packets {
            self.hear(side, LAW, &talker.packet());
            self.now_ms += 20;
        }
    }

    fn take(&mut self) {
        while let Some(block) = self.tape.block(self.now_ms) {
            assert_eq!(block.len(), BLOCK_BYTES);
            self.data.extend_from_slice(&block);
        }
    }

    /// The left and the right samples of the whole recording.
    fn finish(mut self) -> (Vec<i16>, Vec<i16>) {
        let rest = self.tape.finish(self.now_ms);
        let bytes = rest.data_bytes();
        rest.for_each(|block: Bytes| self.data.extend_from_slice(&block));
        assert_eq!(self.data.len() as u64, bytes);
        let samples = pcm16(LAW, &self.data);
        let left = samples.iter().step_by(2).copied().collect();
        (left, samples.iter().skip(1).step_by(2).copied().collect())
    }
}

fn quiet(samples: &[i16]) -> bool {
    samples.iter().all(|sample| sample.unsigned_abs() <= 8)
}

/// A packet with chosen numbers that says one byte over and over.
fn packet(ssrc: u32, timestamp: u32, byte: u8, samples: usize) -> Vec<u8> {
    let mut packet = vec![byte; 12 + samples];
    packet[..2].copy_from_slice(&[0x80, LAW.payload_type()]);
    let mut view = RtpViewMut::parse(&mut packet).expect("it is RTP");
    view.set_ssrc(ssrc);
    view.set_timestamp(timestamp);
    packet
}

#[test]
fn the_caller_is_left_and_the_agent_is_right() {
    let mut studio = Studio::new();
    let mut caller = Talker::tone(LAW, 700, 1);
    let mut agent = Talker::tone(LAW, 440, 2);
    for _ in 0..100 {
        studio.hear(Side::Caller, LAW, &caller.packet());
        studio.talk(Side::Agent, &mut agent, 1);
    }
    assert_eq!(studio.tape.duration_ms(), 1_980);
    let (left, right) = studio.finish();
    assert_eq!((left.len(), right.len()), (16_000, 16_000));
    assert!(is_tone(&left, 700) && is_tone(&right, 440));
}

#[test]
fn who_speaks_later_lies_later_and_the_gap_is_silence() {
    let mut studio = Studio::new();
    studio.talk(Side::Caller, &mut Talker::tone(LAW, 700, 1), 50);
    studio.now_ms += 3_000;
    studio.talk(Side::Agent, &mut Talker::tone(LAW, 440, 2), 50);
    let (left, right) = studio.finish();
    assert_eq!(left.len(), 5 * 8_000);
    assert!(is_tone(&left[..8_000], 700) && quiet(&left[8_000..]));
    assert!(quiet(&right[..32_000]) && is_tone(&right[32_000..], 440));
}

#[test]
fn the_other_law_is_written_in_the_files_law() {
    let mut studio = Studio::new();
    let mut talker = Talker::tone(Codec::Pcmu, 440, 1);
    for _ in 0..50 {
        studio.hear(Side::Agent, Codec::Pcmu, &talker.packet());
        studio.now_ms += 20;
    }
    let (left, right) = studio.finish();
    assert!(quiet(&left) && is_tone(&right, 440));
    assert!((media::tone_level(&right, 440) - 0.25).abs() < 0.01);
}

#[test]
fn a_burst_and_a_shuffle_are_put_in_order() {
    let mut talker = Talker::tone(LAW, 440, 1);
    let packets: Vec<_> = (0..50).map(|_| talker.packet()).collect();
    let mut smooth = Studio::new();
    let mut rough = Studio::new();
    for (number, packet) in packets.iter().enumerate() {
        smooth.hear(Side::Agent, LAW, packet);
        smooth.now_ms += 20;
        // The network holds ten packets up and delivers them at once, the youngest first.
        rough.now_ms = START + 20 * number as u64;
        if !(10..20).contains(&number) {
            rough.hear(Side::Agent, LAW, packet);
        }
        if number == 20 {
            packets[10..20].iter().rev().for_each(|held| rough.hear(Side::Agent, LAW, held));
        }
    }
    rough.now_ms = smooth.now_ms;
    assert_eq!(rough.tape.dropped(), 0);
    assert_eq!(rough.finish(), smooth.finish());
}

#[test]
fn what_comes_after_its_block_has_left_is_dropped_and_nothing_shifts() {
    let mut studio = Studio::new();
    let mut talker = Talker::tone(LAW, 440, 1);
    studio.talk(Side::Agent, &mut talker, 1);
    let lost = talker.packet();
    studio.talk(Side::Agent, &mut talker, 60);
    studio.hear(Side::Agent, LAW, &lost);
    assert_eq!(studio.tape.dropped(), 1);
    let (_, right) = studio.finish();
    assert!(quiet(&right[160..320]) && is_tone(&right[320..320 + 60 * 160], 440));
}

#[test]
fn a_new_source_begins_where_it_is_heard() {
    let mut studio = Studio::new();
    studio.hear(Side::Agent, LAW, &packet(1, 50_000, 0xAA, 160));
    studio.now_ms += 500;
    studio.hear(Side::Agent, LAW, &packet(2, 9, 0xAA, 160));
    studio.now_ms += 500;
    let (_, right) = studio.finish();
    assert!(quiet(&right[160..4_000]) && !quiet(&right[4_000..4_160]) && quiet(&right[4_160..]));
}

#[test]
fn the_timestamp_may_wrap_in_mid_word() {
    let mut studio = Studio::new();
    for step in 0..100_u32 {
        let timestamp = 0_u32.wrapping_sub(50 * 160).wrapping_add(step * 160);
        studio.hear(Side::Caller, LAW, &packet(1, timestamp, 0xAA, 160));
        studio.now_ms += 20;
    }
    let (left, _) = studio.finish();
    assert!(left.iter().all(|sample| *sample > 30_000));
}

#[test]
fn timestamps_that_stood_still_over_a_hold_do_not_pull_words_into_the_past() {
    let mut studio = Studio::new();
    let mut talker = Talker::tone(LAW, 440, 1);
    studio.talk(Side::Agent, &mut talker, 50);
    studio.now_ms += 10_000;
    studio.talk(Side::Agent, &mut talker, 50);
    let (_, right) = studio.finish();
    assert!(quiet(&right[8_000..88_000]) && is_tone(&right[88_000..], 440));
}

#[test]
fn leaping_timestamps_do_not_lengthen_the_file() {
    let mut studio = Studio::new();
    for step in 0..100_u32 {
        let leap = packet(1, step.wrapping_mul(0x1357_9BDF), 0xAA, 160);
        studio.hear(Side::Caller, LAW, &leap);
        studio.now_ms += 20;
    }
    let (left, _) = studio.finish();
    assert!(left.len() <= 16_000 + 8_160, "{}", left.len());
}

#[test]
fn a_flood_fills_one_second_ahead_and_no_more() {
    let mut studio = Studio::new();
    let mut talker = Talker::tone(LAW, 440, 1);
    for _ in 0..5_000 {
        studio.hear(Side::Caller, LAW, &talker.packet());
    }
    assert!(studio.tape.dropped() > 4_900);
    let (left, _) = studio.finish();
    assert!(left.len() <= 8_160);
}

#[test]
fn a_fast_clock_costs_a_packet_now_and_then() {
    let mut studio = Studio::new();
    let mut talker = Talker::tone(LAW, 440, 1);
    // 1 % fast for five minutes: three seconds too much audio.
    for step in 0..15_150_u64 {
        studio.now_ms = START + step * 20 * 100 / 101;
        studio.hear(Side::Caller, LAW, &talker.packet());
    }
    assert!((95..=105).contains(&studio.tape.dropped()), "{}", studio.tape.dropped());
    let (left, _) = studio.finish();
    assert!(left.chunks_exact(8_000).all(|second| is_tone(second, 440)));
}

#[test]
fn a_long_hold_is_given_away_block_by_block_and_stays_silent() {
    let mut studio = Studio::new();
    studio.talk(Side::Caller, &mut Talker::tone(LAW, 700, 1), 5);
    studio.now_ms += 600_000;
    studio.talk(Side::Caller, &mut Talker::tone(LAW, 700, 9), 5);
    let (left, _) = studio.finish();
    assert_eq!(left.len(), 600_200 * 8);
    assert!(quiet(&left[800..800 + 600_000 * 8]));
}

#[test]
fn a_call_that_nobody_ends_stops_being_recorded_after_a_day() {
    let mut tape = Interleaver::new(LAW, START);
    tape.push(u64::MAX, Side::Agent, LAW, RtpView::parse(&packet(1, 1, 0, 160)).unwrap());
    assert_eq!(tape.duration_ms(), 24 * 3_600_000);
}

#[test]
fn a_whole_file_can_be_read_back_and_drawn() {
    let mut studio = Studio::new();
    studio.talk(Side::Caller, &mut Talker::tone(LAW, 700, 1), 50);
    studio.talk(Side::Agent, &mut Talker::tone(LAW, 440, 2), 53);
    let rest = studio.tape.finish(studio.now_ms);
    assert_eq!(rest.duration_ms(), 2_060);
    let mut file = wav_header(LAW, rest.data_bytes() as u32).to_vec();
    file.extend(&studio.data);
    rest.for_each(|block| file.extend_from_slice(&block));
    let header = WavHeader::parse(&file).unwrap();
    assert_eq!(header.codec, LAW);
    assert_eq!(header.data(&file).len(), file.len() - WAV_HEADER_BYTES);
    let picture = peaks(&file).unwrap();
    let half = picture.left.len() / 2;
    assert!(picture.left[..half - 30].iter().all(|peak| *peak > 40));
    assert!(picture.left[half + 30..].iter().all(|peak| *peak == 0));
    assert!(picture.right[half + 30..].iter().all(|peak| *peak > 40));
}

#[test]
fn an_empty_recording_is_empty() {
    let rest = Interleaver::new(LAW, START).finish(START);
    assert_eq!((rest.data_bytes(), rest.count()), (0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Packets of any numbers at any time: the length follows the clock, memory stays bounded.
    #[test]
    fn no_stream_can_hurt_the_tape(
        packets in prop::collection::vec(
            (any::<bool>(), 0_u64..1_500, 0_u32..3, any::<u32>(), 1_usize..400), 0..60),
    ) {
        let mut studio = Studio::new();
        for (agent, wait_ms, ssrc, timestamp, samples) in packets {
            studio.now_ms += wait_ms;
            let side = if agent { Side::Agent } else { Side::Caller };
            studio.hear(side, LAW, &packet(ssrc, timestamp, silence(LAW), samples));
        }
        let length = (studio.now_ms - START) * 8;
        let (left, right) = studio.finish();
        prop_assert_eq!(left.len(), right.len());
        prop_assert!((length..=length + 8_000 + 400).contains(&(left.len() as u64)));
        prop_assert!(quiet(&left) && quiet(&right));
    }

    /// Loss and small delays change nothing in the place of what does come.
    #[test]
    fn every_packet_that_comes_lies_where_its_timestamp_puts_it(
        fates in prop::collection::vec(prop::option::weighted(0.8, 0_u64..200), 1..150),
    ) {
        let mut arrivals: Vec<(u64, u32)> = fates
            .iter()
            .enumerate()
            // The first packet comes at once and anchors the rest.
            .filter_map(|(number, fate)| {
                let delay = if number == 0 { 0 } else { (*fate)? };
                Some((20 * number as u64 + delay, number as u32))
            })
            .collect();
        arrivals.sort_unstable();
        let mut studio = Studio::new();
        for (at_ms, number) in &arrivals {
            studio.now_ms = START + at_ms;
            let spoken = packet(7, 5_000 + 160 * number, 0xAA, 160);
            studio.hear(Side::Caller, LAW, &spoken);
        }
        prop_assert_eq!(studio.tape.dropped(), 0);
        let (left, _) = studio.finish();
        for number in 0..fates.len() {
            let frame = left.get(160 * number..160 * (number + 1));
            let spoken = arrivals.iter().any(|(_, came)| *came as usize == number);
            let lies = frame.is_some_and(|frame| frame.iter().all(|sample| *sample > 30_000));
            prop_assert_eq!(lies, spoken, "frame {}", number);
        }
    }
}
