/**
 * Makes a 16-bit WAV that resembles speech: noise in syllables, with a pause of 0.6 s in every three
 * seconds. `level` is the highest amplitude, 0..1; another `seed` makes different noise of the same kind.
 */
export function makeWav(options: {
  durationMs: number
  level?: number
  channels?: 1 | 2
  sampleRateHz?: number
  seed?: number
}): Buffer {
  const { durationMs, level = 0.1, channels = 1, sampleRateHz = 16_000 } = options
  const frames = Math.round((durationMs * sampleRateHz) / 1000)
  const samples = Buffer.alloc(frames * channels * 2)
  let state = options.seed ?? 1
  // Most of the power is below 800 Hz, as in a voice, so that a codec keeps it, unlike white noise.
  const keep = Math.exp((-2 * Math.PI * 800) / sampleRateHz)
  const smooth = [0, 0]
  for (let frame = 0; frame < frames; frame += 1) {
    const second = frame / sampleRateHz
    const syllable = second % 3 > 2.4 ? 0 : 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * second)
    for (let channel = 0; channel < channels; channel += 1) {
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
      const filtered = (smooth[channel] ?? 0) * keep + (state / 2_147_483_648 - 1) * (1 - keep)
      smooth[channel] = filtered
      const sample = Math.max(-1, Math.min(1, filtered * 3)) * syllable * level
      samples.writeInt16LE(Math.round(sample * 32_767), (frame * channels + channel) * 2)
    }
  }
  return Buffer.concat([wavHeader(samples.length, channels, sampleRateHz), samples])
}

/** Makes a mono 16-bit WAV of a tone that gets louder and quieter every two seconds, 32 kB per second. It has no speech. */
export function makeTone({ durationMs }: { durationMs: number }): Buffer {
  const sampleRateHz = 16_000
  const frames = Math.round((durationMs * sampleRateHz) / 1000)
  const samples = Buffer.alloc(frames * 2)
  for (let frame = 0; frame < frames; frame += 1) {
    const second = frame / sampleRateHz
    const swell = Math.sin((Math.PI * (second % 2)) / 2)
    samples.writeInt16LE(Math.round(9000 * swell * Math.sin(2 * Math.PI * 220 * second)), frame * 2)
  }
  return Buffer.concat([wavHeader(samples.length, 1, sampleRateHz), samples])
}

/** Makes the 44-byte header; `dataBytes` may be wrong, as in truncated files. */
export function wavHeader(dataBytes: number, channels: number, sampleRateHz: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(sampleRateHz, 24)
  header.writeUInt32LE(sampleRateHz * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(dataBytes, 40)
  return header
}
