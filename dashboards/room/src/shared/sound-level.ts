const FLOOR_DB = -60;
const CEILING_DB = -12;

/** `samples`: PCM in [-1, 1]. */
export function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** Loudness on a bar, [0, 1]: 0 at -60 dBFS and below, 1 at -12 dBFS and above. */
export function meterLevel(rms: number): number {
  if (rms <= 0) return 0;
  const db = 20 * Math.log10(rms);
  return Math.min(1, Math.max(0, (db - FLOOR_DB) / (CEILING_DB - FLOOR_DB)));
}

/** Above this level on the bar something other than room noise is heard (-36 dBFS). */
export const VOICE_LEVEL = 0.5;

/** Sound above `VOICE_LEVEL` needed before a microphone counts as working, milliseconds. */
export const VOICE_NEEDED_MS = 300;
