import { closeSync, openSync, writeSync } from 'node:fs'
import type { Frame } from 'node-av/lib'
import { openAudio, statedDurationMs } from './open-audio.ts'
import { type ChildRequest, createProgress } from './protocol.ts'
import { channelFilter, runGraph } from './run-graph.ts'

const HEADER_BYTES = 44

/** Decodes to a 16-bit mono WAV file, the format that speech recognisers read. */
export async function writePcmFile(
  request: Extract<ChildRequest, { kind: 'decode-to-pcm' }>,
): Promise<{ decodedDurationMs: number; sizeBytes: number }> {
  const audio = openAudio(request.inputFile)
  const file = openSync(request.outputFile, 'wx')
  let dataBytes = 0
  try {
    writeSync(file, wavHeader(0, request.sampleRateHz))
    const decodedMs = await runGraph(
      audio,
      `${channelFilter(audio.source)},aformat=sample_fmts=s16:channel_layouts=mono:sample_rates=${request.sampleRateHz},asetnsamples=n=8192:p=0`,
      {
        maxDurationMs: request.maxDurationMs,
        cut: request.cut,
        onProgress: createProgress(request.cut?.endMs ?? statedDurationMs(audio)),
      },
      (frame) => {
        dataBytes += writeSamples(file, frame)
      },
    )
    writeSync(file, wavHeader(dataBytes, request.sampleRateHz), 0, HEADER_BYTES, 0)
    return { decodedDurationMs: Math.round(decodedMs), sizeBytes: dataBytes + HEADER_BYTES }
  } finally {
    closeSync(file)
    audio.demuxer.closeSync()
  }
}

function writeSamples(file: number, frame: Frame): number {
  const bytes = frame.data?.[0]?.subarray(0, frame.nbSamples * 2)
  if (!bytes) return 0
  let offset = 0
  while (offset < bytes.length) offset += writeSync(file, bytes, offset)
  return bytes.length
}

function wavHeader(dataBytes: number, sampleRateHz: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRateHz, 24)
  header.writeUInt32LE(sampleRateHz * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(dataBytes, 40)
  return header
}
