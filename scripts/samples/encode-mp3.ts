import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from './run-program.ts'
import { SAMPLE_RATE } from './speak.ts'

const KILOBITS = '40'

/** Joins the pieces and writes them as one mono mp3 at a constant 40 kbit/s. */
export async function encodeMp3(
  pieces: readonly Int16Array[],
  output: { file: string; title: string },
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'selah-encode-'))
  try {
    const raw = join(folder, 'sound.pcm')
    await writeFile(
      raw,
      Buffer.concat(pieces.map((piece) => Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))),
    )
    const input = ['-r', '-s', String(SAMPLE_RATE / 1000), '--bitwidth', '16', '-m', 'm']
    await runProgram('lame', ['--quiet', ...input, '-b', KILOBITS, '--tt', output.title, raw, output.file])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
