/**
 * `npm run bench -- startup [--json]`: measures a cold start (a fresh clone and an empty npm cache), warm
 * starts of the same clone, and the memory of each process some seconds after the first answer.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { listProcessTree, type ProcessMemory } from '../measure/list-process-tree.ts'
import { type StartMeasurement, startByNpm } from '../measure/start-by-npm.ts'

const root = path.resolve(import.meta.dirname, '../..')
const warmStarts = 3
const restMs = 5_000

interface Report {
  machine: { node: string; cpus: number; memoryGb: number }
  cold: StartMeasurement
  warm: StartMeasurement[]
  memory: ProcessMemory[]
}

const temporary = await mkdtemp(path.join(tmpdir(), 'selah-bench-'))
try {
  const report = await measure(temporary)
  console.log(process.argv.includes('--json') ? JSON.stringify(report, null, 2) : formatReport(report))
} finally {
  await rm(temporary, { recursive: true, force: true })
}

async function measure(folder: string): Promise<Report> {
  const clone = path.join(folder, 'clone')
  // The last commit, as in a fresh clone.
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone])
  const options = {
    cwd: clone,
    environment: bareEnvironment(folder),
  }
  const cold = await startByNpm(options)
  await cold.stop()

  const warm: StartMeasurement[] = []
  let memory: ProcessMemory[] = []
  for (let run = 0; run < warmStarts; run += 1) {
    const selah = await startByNpm(options)
    warm.push(selah.measurement)
    if (run === warmStarts - 1) {
      await delay(restMs)
      memory = listProcessTree(selah.pid)
    }
    await selah.stop()
  }
  return {
    machine: {
      node: process.versions.node,
      cpus: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
    },
    cold: cold.measurement,
    warm,
    memory,
  }
}

/** Returns the environment of a machine without the project: neither its Node nor its caches are on the path. */
function bareEnvironment(folder: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !/^(npm_|SELAH_|DATABASE_URL|SUPABASE_|TRIGGER_|OPENAI_|DEEPGRAM_)/.test(entry[0]),
  )
  const isOfProject = (directory: string) => directory.startsWith(root) || directory.includes('/.runtime/')
  const searchPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((directory) => !isOfProject(directory))
  return {
    ...Object.fromEntries(inherited),
    PATH: searchPath.join(path.delimiter),
    npm_config_cache: path.join(folder, 'npm-cache'),
    PORT: '0',
    SELAH_HOST: '127.0.0.1',
    SELAH_DATA_DIR: path.join(folder, 'data'),
    SELAH_SAMPLES: '0',
    SELAH_NO_APT: '1',
    SELAH_MODELS: 'off',
    SELAH_ENV_FILES: '0',
  }
}

function formatReport({ machine, cold, warm, memory }: Report): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  const row = (label: string, value: string) => `  ${label.padEnd(44)}${value.padStart(10)}`
  const totalMb = memory.reduce((sum, { rssMb }) => sum + rssMb, 0)
  return [
    `${machine.cpus} CPUs, ${machine.memoryGb} GB`,
    'Cold start, empty npm cache',
    ...cold.steps.map(({ label, ms }) => row(label, seconds(ms))),
    row('ready line', seconds(cold.readyMs)),
    row('first page', seconds(cold.firstPageMs)),
    'Warm start',
    ...warm.map(({ readyMs, firstPageMs }) =>
      row(`first page (ready line ${seconds(readyMs)})`, seconds(firstPageMs)),
    ),
    'Memory at rest (RSS)',
    ...memory.map(({ name, rssMb }) => row(name, `${rssMb} MB`)),
    row('together', `${totalMb} MB`),
  ].join('\n')
}
