/**
 * `npm run bench -- media [--json] [recording]`: measures the preparation of a recording: CPU seconds (of all child
 * processes, user and system) per hour of audio, wall time and peak memory, step by step, and beside it what plain
 * FFmpeg takes for two passes of its loudness filter and the same ladder. Without a recording it uses the longest one of the shared test data, or ten generated minutes. Linux only (it reads /proc).
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { findSharedData } from '#harness/find-shared-data.ts'
import { makeWav } from '#harness/media/make-wav.ts'
import { encodeLadder } from '#lib/media/encode-ladder.ts'
import { levelLoudness } from '#lib/media/level-loudness.ts'
import { measureLoudness } from '#lib/media/measure-loudness.ts'
import { probeMedia } from '#lib/media/probe-media.ts'

const CLOCK_TICKS_PER_SECOND = 100
const SAMPLE_EVERY_MS = 100

interface StepCost {
  step: string
  wallSeconds: number
  cpuSeconds: number
  cpuSecondsPerAudioHour: number
  peakRssMbOfOneProcess: number
  peakRssMbTogether: number
}

const json = process.argv.includes('--json')
const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
const folder = await mkdtemp(path.join(tmpdir(), 'selah-bench-'))
try {
  const filePath =
    given ?? findSharedData('speech/sermon-1-synthetic-flite-rms.mp3') ?? (await generate(folder))
  const report = await measureJob(filePath, path.join(folder, 'ladder'))
  console.log(json ? JSON.stringify(report, null, 2) : formatReport(report))
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
    const sampler = sampleMemory()
    const startedAt = performance.now()
    const cpuBefore = await childrenCpuSeconds()
    const result = await work()
    const memory = await sampler.stop()
    const cpuSeconds = (await childrenCpuSeconds()) - cpuBefore
    const wallSeconds = (performance.now() - startedAt) / 1000
    return { cost: { step: name, wallSeconds, cpuSeconds, cpuSecondsPerAudioHour: 0, ...memory }, result }
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
    encodePlainly(filePath, outputDir, probe.channels === 1 ? 1 : 2, ladder.renditions),
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
  folder: string,
  channels: 1 | 2,
  ladder: readonly { bitrateBps: number; channels: number }[],
): Promise<void> {
  const script = path.resolve(import.meta.dirname, '../measure/encode-plainly.ts')
  const renditions = ladder.map((rendition) => `${rendition.bitrateBps / 1000}x${rendition.channels}`)
  await promisify(execFile)(process.execPath, [
    script,
    filePath,
    folder,
    String(channels),
    renditions.join(','),
  ])
}

/** Returns the CPU time of all ended children of this process. */
async function childrenCpuSeconds(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / CLOCK_TICKS_PER_SECOND
}

function sampleMemory() {
  let one = 0
  let together = 0
  const sample = async () => {
    const sizes = await childrenRssMb()
    one = Math.max(one, ...sizes)
    together = Math.max(
      together,
      sizes.reduce((total, size) => total + size, 0),
    )
  }
  const timer = setInterval(sample, SAMPLE_EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      return { peakRssMbOfOneProcess: Math.round(one), peakRssMbTogether: Math.round(together) }
    },
  }
}

/** Returns the memory of each running child of this process. */
async function childrenRssMb(): Promise<number[]> {
  const entries = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const statuses = await Promise.all(
    entries.map((entry) => readFile(`/proc/${entry}/status`, 'latin1').catch(() => '')),
  )
  return statuses
    .filter((status) => Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === process.pid)
    .map((status) => Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024)
}

async function generate(into: string): Promise<string> {
  const file = path.join(into, 'generated.wav')
  await writeFile(file, makeWav({ durationMs: 600_000, channels: 2, sampleRateHz: 44_100 }))
  return file
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
