/**
 * `npm run bench -- media [--json] [recording …]`: measures the preparation of a recording: CPU seconds (of all child
 * processes, user and system) per hour of audio, wall time and peak memory, step by step, and beside it what plain
 * FFmpeg takes for two passes of its loudness filter and the same ladder. Without a recording it uses 15 minutes of speech
 * of the shared test data in mono and in stereo at 44.1 kHz, and in mono at 16 kHz. Linux only (it reads /proc).
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { encodeLadder } from '#lib/media/encode-ladder.ts'
import { chooseSampleRateHz } from '#lib/media/hls-ladder.ts'
import { levelLoudness } from '#lib/media/level-loudness.ts'
import { measureLoudness } from '#lib/media/measure-loudness.ts'
import { probeMedia } from '#lib/media/probe-media.ts'
import { makeRecordings } from '../measure/make-recordings.ts'

const CLOCK_TICKS_PER_SECOND = 100
const SAMPLE_EVERY_MS = 20
const PAGE_BYTES = 4096

interface StepCost {
  step: string
  wallSeconds: number
  cpuSeconds: number
  cpuSecondsPerAudioHour: number
  peakRssMbOfOneProcess: number
  peakRssMbTogether: number
}

const json = process.argv.includes('--json')
const given = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const folder = await mkdtemp(path.join(tmpdir(), 'selah-bench-'))
try {
  for (const filePath of given.length > 0 ? given : await makeRecordings(folder)) {
    const report = await measureJob(filePath, path.join(folder, 'ladder'))
    console.log(json ? JSON.stringify(report) : `${formatReport(report)}\n`)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

type Report = Awaited<ReturnType<typeof measureJob>>

async function measureJob(filePath: string, outputDir: string) {
  const steps: StepCost[] = []
  const measureStep = async <Result>(
    name: string,
    work: () => Promise<Result>,
  ): Promise<{ cost: StepCost; result: Result }> => {
    const watch = watchDescendants()
    const startedAt = performance.now()
    const result = await work()
    const wallSeconds = (performance.now() - startedAt) / 1000
    return { cost: { step: name, wallSeconds, cpuSecondsPerAudioHour: 0, ...watch.stop() }, result }
  }
  const step = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const { cost, result } = await measureStep(name, work)
    steps.push(cost)
    return result
  }

  const probe = await step('probe', () => probeMedia({ filePath }))
  const audioHours = probe.durationMs / 3_600_000
  const measurement = await step('measure', () => measureLoudness({ filePath, probe }))
  const gain = await step('level', async () => levelLoudness(measurement))
  const ladder = await step('encode', () =>
    encodeLadder({
      filePath,
      outputDir,
      ...gain,
      durationMs: measurement.decodedDurationMs,
      probe,
    }),
  )
  const { cost: plain } = await measureStep('plain FFmpeg', () =>
    encodePlainly(filePath, outputDir, probe, ladder.renditions),
  )
  for (const cost of [...steps, plain]) cost.cpuSecondsPerAudioHour = cost.cpuSeconds / audioHours
  const sum = (pick: (cost: StepCost) => number) => steps.reduce((total, cost) => total + pick(cost), 0)
  return {
    machine: { node: process.versions.node, cpus: cpus().length, loadAverage: loadavg()[0] ?? 0 },
    audio: {
      seconds: Math.round(probe.durationMs / 1000),
      container: probe.container,
      channels: probe.channels,
      sampleRateHz: probe.sampleRateHz,
    },
    ladder: ladder.renditions.map(({ name, channels, sizeBytes }) => ({ name, channels, sizeBytes })),
    levelling: { gainDb: gain.gainDb, predictedLufs: gain.predictedLufs },
    steps,
    plain,
    /** The whole job, with the podcast file that plain FFmpeg does not make here. */
    shareOfPlain: sum((cost) => cost.cpuSeconds) / plain.cpuSeconds,
    total: {
      wallSeconds: sum((cost) => cost.wallSeconds),
      cpuSeconds: sum((cost) => cost.cpuSeconds),
      cpuSecondsPerAudioHour: sum((cost) => cost.cpuSecondsPerAudioHour),
      peakRssMbOfOneProcess: Math.max(...steps.map((cost) => cost.peakRssMbOfOneProcess)),
      peakRssMbTogether: Math.max(...steps.map((cost) => cost.peakRssMbTogether)),
    },
  }
}

async function encodePlainly(
  filePath: string,
  outputDir: string,
  source: { channels: number; sampleRateHz: number },
  ladder: readonly { bitrateBps: number; channels: number }[],
): Promise<void> {
  const script = path.resolve(import.meta.dirname, '../measure/encode-plainly.ts')
  const renditions = ladder.map((rendition) => `${rendition.bitrateBps / 1000}x${rendition.channels}`)
  await promisify(execFile)(process.execPath, [
    script,
    filePath,
    outputDir,
    source.channels === 1 ? '1' : '2',
    String(chooseSampleRateHz(source)),
    renditions.join(','),
  ])
}

/**
 * Watches everything that this process starts, also what a sandbox starts in turn, until `stop`. The last
 * reading of a process is up to 20 ms older than its end.
 */
function watchDescendants() {
  const cpuSeconds = new Map<number, number>()
  let one = 0
  let together = 0
  const sample = () => {
    let sum = 0
    for (const pid of descendantsOf(process.pid)) {
      const stat = readProcFile(`${pid}/stat`)
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const ticks = Number(fields[11]) + Number(fields[12])
      if (ticks > 0) cpuSeconds.set(pid, ticks / CLOCK_TICKS_PER_SECOND)
      const rssMb = (Number(fields[21] ?? 0) * PAGE_BYTES) / 1024 / 1024
      one = Math.max(one, rssMb)
      sum += rssMb
    }
    together = Math.max(together, sum)
  }
  const timer = setInterval(sample, SAMPLE_EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      return {
        cpuSeconds: [...cpuSeconds.values()].reduce((total, seconds) => total + seconds, 0),
        peakRssMbOfOneProcess: Math.round(one),
        peakRssMbTogether: Math.round(together),
      }
    },
  }
}

function descendantsOf(pid: number): number[] {
  const children = readProcFile(`${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
  return children.flatMap((child) => [child, ...descendantsOf(child)])
}

/** Empty when the process has ended. */
function readProcFile(name: string): string {
  try {
    return readFileSync(`/proc/${name}`, 'latin1')
  } catch {
    return ''
  }
}

function formatReport({ audio, machine, steps, plain, shareOfPlain, total, ladder }: Report): string {
  const row = (name: string, cost: Omit<StepCost, 'step'>) =>
    [
      name.padEnd(12),
      cost.wallSeconds.toFixed(1).padStart(8),
      cost.cpuSeconds.toFixed(1).padStart(8),
      cost.cpuSecondsPerAudioHour.toFixed(1).padStart(14),
      String(cost.peakRssMbOfOneProcess).padStart(10),
      String(cost.peakRssMbTogether).padStart(10),
    ].join(' ')
  return [
    `${audio.seconds} s of ${audio.container}, ${audio.channels} channel(s), ${audio.sampleRateHz} Hz, to ${ladder.map(({ name }) => name).join(', ')}`,
    `Node ${machine.node}, ${machine.cpus} CPUs, load average ${machine.loadAverage.toFixed(1)}`,
    '',
    'step           wall s    CPU s   CPU s/h audio   RSS MB  together',
    ...steps.map(({ step, ...cost }) => row(step, cost)),
    row('total', total),
    row('plain FFmpeg', plain),
    '',
    `The whole job takes ${shareOfPlain.toFixed(2)} of the processor time of plain FFmpeg.`,
  ].join('\n')
}
