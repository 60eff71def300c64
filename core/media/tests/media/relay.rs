//! One relayed call as its two phones hear it.

use crate::call::{AGENT, CALLER, Call, HELD, OTHER_AGENT, STRANGER, TUNE, agreed};
use media::{Codec, Direction, DropReason, Forward, Mode, RtpViewMut, Side, Talker};

#[test]
fn a_caller_hears_one_stream_from_music_to_the_second_agent() {
    let mut call = Call::new(Codec::Pcma, Codec::Pcma);
    call.relay.set_mode(Mode::Waiting);
    call.play_music(100);
    call.relay.set_mode(Mode::Joined);
    call.talk(100);
    assert!(call.caller_ear.hears(440) && call.agent_ear.hears(700));

    call.relay.set_mode(Mode::Silent);
    call.talk(50);
    call.relay.set_mode(Mode::Joined);
    call.talk(50);

    call.relay.set_leg(call.now_ms, Side::Agent, None);
    call.relay.set_mode(Mode::Waiting);
    call.play_music(50);
    call.agent_talker = Talker::tone(Codec::Pcma, 1_000, 0xA6E2);
    call.agent_address = OTHER_AGENT;
    call.relay.set_leg(call.now_ms, Side::Agent, Some(agreed(OTHER_AGENT, Codec::Pcma)));
    call.relay.set_mode(Mode::Joined);
    call.talk(100);

    assert!(call.caller_ear.hears(1_000));
    let heard = call.caller_ear.heard();
    assert_eq!((heard.received, heard.sources), (400, 1));
    assert_eq!((heard.lost, heard.late, heard.others), (0, 0, 0));
    // Marked: the first music, the talk, the talk after hold, music again, the second agent.
    assert_eq!(heard.markers, 5);
    // The pause is the only break in the caller's clock, and it is as long as it was.
    assert_eq!(heard.jumps, 1);
}

#[test]
fn the_timestamps_of_a_stream_follow_the_clock_over_a_pause() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_mode(Mode::Joined);
    let before = call.sent(Side::Agent);
    call.relay.set_mode(Mode::Silent);
    call.now_ms += 2_000;
    call.relay.set_mode(Mode::Joined);
    let after = call.sent(Side::Agent);
    assert_eq!(after.sequence, before.sequence.wrapping_add(1));
    assert_eq!(after.timestamp.wrapping_sub(before.timestamp), 16_000);
    assert!(after.marker);
}

#[test]
fn loss_and_reordering_show_through_unchanged() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_mode(Mode::Joined);
    let mut packets: Vec<_> = (0..10).map(|_| call.agent_talker.packet().to_vec()).collect();
    packets.swap(4, 5);
    packets.remove(7);
    for packet in &packets {
        call.deliver(Side::Agent, AGENT, packet);
    }
    let heard = call.caller_ear.heard();
    assert_eq!((heard.received, heard.lost, heard.late), (9, 1, 1));
    let counters = call.relay.counters(Side::Agent);
    assert_eq!((counters.packets, counters.lost, counters.late), (9, 1, 1));
    assert_eq!(counters.bytes, 9 * 172);
}

#[test]
fn a_packet_from_before_the_switch_does_not_steal_a_number() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_mode(Mode::Waiting);
    let early = call.agent_talker.packet();
    call.play_music(5);
    call.relay.set_mode(Mode::Joined);
    call.talk(3);
    assert_eq!(call.deliver(Side::Agent, AGENT, &early), Forward::Drop(DropReason::Late));
    assert_eq!(call.caller_ear.heard().late, 0);
}

#[test]
fn a_phone_that_starts_its_stream_anew_is_followed_without_a_gap() {
    let mut call = Call::new(Codec::Pcma, Codec::Pcmu);
    call.relay.set_mode(Mode::Joined);
    call.talk(20);
    // Another SSRC, then the same SSRC with other numbers.
    call.agent_talker = Talker::tone(Codec::Pcmu, 440, 0x77);
    call.talk(20);
    for _ in 0..40_000 {
        call.agent_talker.packet();
    }
    call.talk(20);
    let heard = call.caller_ear.heard();
    assert_eq!((heard.sources, heard.lost, heard.late), (1, 0, 0));
    // Of the leap within one SSRC, the first packet is not believed.
    assert_eq!((heard.received, heard.markers), (59, 3));
    assert_eq!(call.relay.counters(Side::Agent).lost, 0);
}

#[test]
fn the_sequence_and_the_clock_may_wrap() {
    let mut call = Call::new(Codec::Pcma, Codec::Pcma);
    call.relay.set_mode(Mode::Joined);
    call.talk(70_000);
    let heard = call.caller_ear.heard();
    assert_eq!((heard.received, heard.lost, heard.late, heard.jumps), (70_000, 0, 0, 0));
    assert_eq!(call.relay.counters(Side::Agent).jitter, 0);
}

#[test]
fn two_laws_meet_and_both_phones_hear_their_own() {
    let mut call = Call::new(Codec::Pcma, Codec::Pcmu);
    call.relay.set_mode(Mode::Joined);
    assert_eq!(call.sent(Side::Agent).payload_type, 8);
    assert_eq!(call.sent(Side::Caller).payload_type, 0);
    call.talk(50);
    assert!((call.caller_ear.level(440) - 0.25).abs() < 0.02);
    assert!((call.agent_ear.level(700) - 0.25).abs() < 0.02);
}

#[test]
fn digits_reach_the_other_phone_under_its_own_number() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    let mut caller = agreed(CALLER, Codec::Pcmu);
    caller.dtmf = Some(126);
    call.relay.set_leg(call.now_ms, Side::Caller, Some(caller));
    call.relay.set_mode(Mode::Joined);
    let mut press = call.caller_talker.packet()[..16].to_vec();
    RtpViewMut::parse(&mut press).unwrap().set_payload_type(126);
    let sent = call.forwarded(Side::Caller, CALLER, &mut press);
    assert_eq!(sent.map(|sent| sent.payload_type), Ok(101));

    let mut deaf = agreed(AGENT, Codec::Pcmu);
    deaf.dtmf = None;
    call.relay.set_leg(call.now_ms, Side::Agent, Some(deaf));
    let mut press = call.caller_talker.packet()[..16].to_vec();
    RtpViewMut::parse(&mut press).unwrap().set_payload_type(126);
    let dropped = call.forwarded(Side::Caller, CALLER, &mut press);
    assert_eq!(dropped, Err(DropReason::NoTelephoneEvents));
}

#[test]
fn what_nobody_agreed_on_is_dropped_and_counted() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_mode(Mode::Joined);
    call.talk(1);
    let mut comfort_noise = call.agent_talker.packet().to_vec();
    RtpViewMut::parse(&mut comfort_noise).unwrap().set_payload_type(13);
    call.now_ms += 5_000;
    let dropped = call.deliver(Side::Agent, AGENT, &comfort_noise);
    assert_eq!(dropped, Forward::Drop(DropReason::PayloadType));
    assert_eq!(call.relay.silent_for_ms(call.now_ms, Side::Agent), Some(0), "it is alive");
    let header_only = call.agent_talker.packet()[..12].to_vec();
    for bytes in [b"stun".as_slice(), &header_only] {
        let dropped = call.deliver(Side::Agent, AGENT, bytes);
        assert_eq!(dropped, Forward::Drop(DropReason::Invalid));
    }
    let counters = call.relay.counters(Side::Agent);
    assert_eq!((counters.dropped_payload_type, counters.dropped_invalid), (1, 2));
    assert_eq!(counters.packets, 1);
}

#[test]
fn a_stranger_who_guesses_the_port_is_not_heard_and_hears_nothing() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_mode(Mode::Joined);
    let mut hostile = Talker::tone(Codec::Pcmu, 3_000, 666);
    for _ in 0..10 {
        let dropped = call.deliver(Side::Agent, STRANGER, &hostile.packet());
        assert_eq!(dropped, Forward::Drop(DropReason::Source));
        call.talk(5);
    }
    assert_eq!(call.relay.counters(Side::Agent).dropped_source, 10);
    assert_eq!(call.relay.target(Side::Agent), Some(AGENT));
    assert!(call.caller_ear.hears(440));
    assert_eq!(call.caller_ear.heard().markers, 1);
}

#[test]
fn a_phone_behind_a_nat_is_found_by_its_first_packet() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_symmetric(Side::Agent, true);
    call.relay.set_leg(call.now_ms, Side::Agent, None);
    let private = "10.0.0.9:4000".parse().unwrap();
    call.relay.set_leg(call.now_ms, Side::Agent, Some(agreed(private, Codec::Pcmu)));
    call.relay.set_mode(Mode::Joined);
    assert_eq!(call.relay.target(Side::Agent), Some(private));
    call.deliver(Side::Agent, STRANGER, &Talker::silent(Codec::Pcmu, 1).packet());
    assert_eq!(call.relay.target(Side::Agent), Some(STRANGER));
}

#[test]
fn a_relay_serves_the_next_call_with_another_stream_and_the_same_trust() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_symmetric(Side::Agent, true);
    call.relay.set_mode(Mode::Joined);
    call.talk(3);
    call.relay.release();
    assert_eq!(call.relay.mode(), Mode::Silent);
    assert_eq!(call.relay.counters(Side::Agent), media::Counters::default());
    let packet = call.agent_talker.packet();
    let dropped = call.deliver(Side::Agent, AGENT, &packet);
    assert_eq!(dropped, Forward::Drop(DropReason::NoLeg));

    call.relay.set_leg(call.now_ms, Side::Caller, Some(agreed(CALLER, Codec::Pcmu)));
    call.relay.set_leg(call.now_ms, Side::Agent, Some(agreed(AGENT, Codec::Pcmu)));
    call.relay.set_mode(Mode::Joined);
    call.agent_address = STRANGER;
    call.talk(3);
    assert_eq!(call.caller_ear.heard().sources, 2);
    assert_eq!(call.relay.target(Side::Agent), Some(STRANGER));
}

#[test]
fn a_held_side_hears_nothing_and_is_not_expected_to_speak() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_mode(Mode::Joined);
    call.talk(10);
    for (direction, remote) in
        [(Direction::RecvOnly, AGENT), (Direction::Inactive, AGENT), (Direction::RecvOnly, HELD)]
    {
        let held = media::Agreed { direction, ..agreed(remote, Codec::Pcmu) };
        call.relay.set_leg(call.now_ms, Side::Agent, Some(held));
        let packet = call.caller_talker.packet();
        let dropped = call.deliver(Side::Caller, CALLER, &packet);
        assert_eq!(dropped, Forward::Drop(DropReason::Held));
        assert_eq!(call.relay.silent_for_ms(call.now_ms + 60_000, Side::Agent), None);
    }
    call.relay.set_leg(call.now_ms, Side::Agent, Some(agreed(AGENT, Codec::Pcmu)));
    assert_eq!(call.relay.silent_for_ms(call.now_ms + 60_000, Side::Agent), Some(60_000));
    call.talk(10);
    assert_eq!(call.agent_ear.heard().sources, 1);
}

#[test]
fn silence_is_counted_from_the_last_packet_even_while_music_plays() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_mode(Mode::Waiting);
    call.play_music(50);
    assert_eq!(call.relay.silent_for_ms(call.now_ms, Side::Caller), Some(1_000));
    let packet = call.caller_talker.packet();
    let dropped = call.deliver(Side::Caller, CALLER, &packet);
    assert_eq!(dropped, Forward::Drop(DropReason::NotJoined));
    assert_eq!(call.relay.silent_for_ms(call.now_ms + 300, Side::Caller), Some(300));
}

#[test]
fn music_is_for_those_who_wait_and_can_hear() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    let mut packet = [0; media::MUSIC_PACKET];
    assert_eq!(call.relay.music(0, &TUNE, &mut packet), None);
    call.relay.set_mode(Mode::Waiting);
    assert_eq!(call.relay.music(0, &TUNE, &mut packet), Some((Side::Caller, CALLER)));
    let held = media::Agreed { direction: Direction::RecvOnly, ..agreed(CALLER, Codec::Pcmu) };
    call.relay.set_leg(0, Side::Caller, Some(held));
    assert_eq!(call.relay.music(0, &TUNE, &mut packet), None);
    call.relay.release();
    call.relay.set_mode(Mode::Waiting);
    assert_eq!(call.relay.music(0, &TUNE, &mut packet), None);
}

#[test]
fn jitter_is_measured_as_the_standard_says() {
    let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
    call.relay.set_mode(Mode::Joined);
    for step in 0..500_u64 {
        // Every second packet is 10 ms late: the transit changes by 80 samples each time.
        call.now_ms = 20 * step + 10 * (step % 2);
        let packet = call.agent_talker.packet();
        call.deliver(Side::Agent, AGENT, &packet);
    }
    let jitter = call.relay.counters(Side::Agent).jitter;
    assert!((75..=80).contains(&jitter), "{jitter}");
}

#[test]
fn words_are_said_over_the_music_without_a_click_and_the_music_goes_on() {
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let mut call = Call::new(codec, codec);
        call.relay.set_mode(Mode::Waiting);
        call.play_music(50);
        let words = media::Words::new(media::Language::Estonian, [media::Clip::Done]);
        call.relay.say(Side::Caller, &words);
        let frames = usize::try_from(words.duration_ms() / 20).unwrap();
        let (mut all, mut said) = (Vec::new(), Vec::new());
        for frame in 0..frames + 2 {
            let mut packet = [0; media::MUSIC_PACKET];
            assert!(call.relay.music(call.now_ms, &TUNE, &mut packet).is_some());
            call.caller_ear.hear(&packet);
            let samples = packet[12..].iter().map(|byte| media::decode(codec, *byte));
            all.extend(samples.clone());
            if (1..=frames).contains(&frame) {
                said.extend(samples);
            }
            call.now_ms += 20;
        }
        let sound = media::Clip::Done.sound(media::Language::Estonian);
        let alaw = sound.iter().map(|byte| media::decode(Codec::Pcma, *byte));
        let furthest = said.iter().zip(alaw).map(|(heard, was)| heard.abs_diff(was)).max();
        assert!(furthest.unwrap() < 1_100, "the words as they are on file: {furthest:?}");
        let seam = |at: usize| all[at].abs_diff(all[at - 1]);
        assert!(seam(160) < 400 && seam(160 * (frames + 1)) < 400, "no click at either seam");
        call.play_music(50);
        let heard = call.caller_ear.heard();
        assert_eq!((heard.sources, heard.jumps, heard.lost, heard.markers), (1, 0, 0, 1));
    }
}

#[test]
fn words_are_said_to_one_who_hears_no_music_and_end_when_a_talk_begins() {
    let mut call = Call::new(Codec::Pcma, Codec::Pcma);
    call.relay.set_mode(Mode::Silent);
    let mut packet = [0; media::MUSIC_PACKET];
    assert!(!call.relay.speaks());
    let words = media::Words::new(media::Language::English, [media::Clip::Closed]);
    call.relay.say(Side::Caller, &words);
    assert!(call.relay.speaks());
    for _ in 0..words.duration_ms() / 20 {
        assert_eq!(call.relay.music(0, &TUNE, &mut packet), Some((Side::Caller, CALLER)));
    }
    assert!(!call.relay.speaks(), "all is said");
    call.relay.say(Side::Caller, &words);
    call.relay.set_mode(Mode::Joined);
    assert!(!call.relay.speaks());
}

#[test]
fn an_agent_hears_music_while_his_caller_is_called_back() {
    let mut call = Call::new(Codec::Pcma, Codec::Pcma);
    call.relay.set_mode(Mode::CallingBack);
    let mut packet = [0; media::MUSIC_PACKET];
    let played = call.relay.music(0, &TUNE, &mut packet);
    assert_eq!(played.map(|(side, _)| side), Some(Side::Agent));
}

#[test]
fn a_key_of_a_waiting_caller_is_told_once_and_a_talk_keeps_its_keys() {
    let mut call = Call::new(Codec::Pcma, Codec::Pcma);
    let press = |call: &mut Call, timestamp: u32, sequence: u16| {
        let event = media::DtmfEvent { digit: '5', end: sequence > 2, volume: 10, duration: 160 };
        let mut packet = vec![0x80, 101];
        packet.extend(sequence.to_be_bytes());
        packet.extend(timestamp.to_be_bytes());
        packet.extend([0, 0, 0, 9]);
        packet.extend(event.write().unwrap());
        call.deliver(Side::Caller, CALLER, &packet);
        call.relay.take_key()
    };
    call.relay.set_mode(Mode::Waiting);
    let told: Vec<_> = (1..6).filter_map(|at| press(&mut call, 8_000, at)).collect();
    assert_eq!(told, ['5']);
    assert_eq!(press(&mut call, 16_000, 6), Some('5'), "pressed again");
    call.relay.set_mode(Mode::Joined);
    assert_eq!(press(&mut call, 24_000, 7), None);
}

#[test]
fn a_caller_whom_the_agent_holds_hears_music_and_nothing_through_it() {
    let mut call = Call::new(Codec::Pcma, Codec::Pcma);
    call.relay.set_mode(Mode::Joined);
    call.talk(10);
    assert!(!call.relay.speaks());
    for direction in [Direction::RecvOnly, Direction::Inactive] {
        let held = media::Agreed { direction, ..agreed(AGENT, Codec::Pcma) };
        call.relay.set_leg(call.now_ms, Side::Agent, Some(held));
        assert!(call.relay.speaks());
        let packet = call.agent_talker.packet();
        assert_eq!(call.deliver(Side::Agent, AGENT, &packet), Forward::Drop(DropReason::Held));
        let mut music = [0; media::MUSIC_PACKET];
        let played = call.relay.music(call.now_ms, &TUNE, &mut music);
        assert_eq!(played, Some((Side::Caller, CALLER)));
    }
    call.relay.set_leg(call.now_ms, Side::Agent, Some(agreed(AGENT, Codec::Pcma)));
    assert!(!call.relay.speaks());
    call.talk(50);
    assert!(call.caller_ear.hears(440));
    assert_eq!(call.caller_ear.heard().sources, 1);
    // The caller's own hold is his exchange's affair: the agent hears what it plays.
    let held = media::Agreed { direction: Direction::RecvOnly, ..agreed(CALLER, Codec::Pcma) };
    call.relay.set_leg(call.now_ms, Side::Caller, Some(held));
    assert!(!call.relay.speaks());
}
