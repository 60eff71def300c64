// An imagined conversation: two voices of two pitches that take turns, as WAV and as peaks.

const RATE = 8_000;
/** Long enough to seek in, short enough to make on the spot. */
const LENGTH_MAX_S = 60;
const PEAKS = 600;

function loudness(second, side, seed) {
  const turn = Math.floor(second / 2.7 + seed) % 2 === side;
  if (!turn) return 0.015;
  return 0.25 + 0.3 * Math.abs(Math.sin(second * 6.1 + seed)) * Math.abs(Math.sin(second * 1.7));
}

const seconds = (call) => Math.min(call.recording.duration_ms / 1000, LENGTH_MAX_S);

export function wavOf(call) {
  const samples = Math.floor(seconds(call) * RATE);
  const wav = Buffer.alloc(44 + samples * 4);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 4, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 4, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 4, 40);
  for (let sample = 0; sample < samples; sample++) {
    const at = sample / RATE;
    for (const side of [0, 1]) {
      const tone = Math.sin(2 * Math.PI * (side === 0 ? 220 : 330) * at);
      const value = tone * loudness(at, side, call.id) * 20_000;
      wav.writeInt16LE(Math.round(value), 44 + sample * 4 + side * 2);
    }
  }
  return wav;
}

export function peaksOf(call) {
  const side = (which) =>
    Array.from({ length: PEAKS }, (_, place) =>
      Math.round(255 * loudness((place / PEAKS) * seconds(call), which, call.id)),
    );
  return { left: side(0), right: side(1) };
}
