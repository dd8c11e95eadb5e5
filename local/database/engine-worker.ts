import { fsyncSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { vector } from '@electric-sql/pglite-pgvector'
import { buildQuery } from './build-messages.ts'
import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.ts'
import { parametersSql, settingsSql } from './session-settings.ts'

// Postgres leaves its main loop with this status after an ordinary error and continues; any other status is fatal.
const expectedExit = 100
const partBytes = 256 * 1024

const port = parentPort
if (port === null) throw new Error('engine-worker.ts is a worker thread, not a program')
const start: EngineStart = workerData

const db = await PGlite.create({
  dataDir: start.dataDirectory,
  extensions: { vector, pg_trgm, unaccent, citext, pgcrypto },
  startParams: startParameters(start.fsync),
  initDbStartParams: ['--wal-segsize=4'],
})
watchMainLoop()
if (start.fsync) provideFsync()

const initial = await db.query<(string | null)[]>(`${settingsSql([])} union all ${parametersSql}`, [], {
  rowMode: 'array',
})
reply({ kind: 'ready', rows: initial.rows })

let output = Buffer.allocUnsafeSlow(partBytes)
let outputBytes = 0
let runs = 0
/** The number of the last cancelled run. */
let cancelled = 0

// Called through the inspector, because this thread receives no messages while a statement runs.
Object.assign(globalThis, {
  cancelRun(run: number): void {
    cancelled = run
    if (run === runs) setCancel(true)
  },
})

port.on('message', (request: EngineRequest) => {
  if (request === 'close') {
    close().catch((error) => fail(error))
    return
  }
  run(request)
  const bytes = takeOutput()
  reply({ kind: 'done', bytes }, [bytes.buffer])
})

function run(batch: Uint8Array): void {
  outputBytes = 0
  runs += 1
  // A late cancel request for the previous run must not end this one.
  setCancel(cancelled === runs)
  // Finishes before it returns. The promise only covers a file sync, which a real folder does not need.
  db.execProtocolRawStream(batch, { syncToFs: false, onRawData: keepOutput }).catch(fail)
  // A Postgres timer that fires between two runs would end the process. The gateway keeps the timeouts instead.
  db.Module._clear_setitimer()
}

/** Sets the flags by which a Postgres signal handler asks the running statement to stop. */
function setCancel(requested: boolean): void {
  const { wasmMemory, _QueryCancelPending, _InterruptPending } = db.Module
  const memory = new Int32Array(wasmMemory.buffer)
  memory[_QueryCancelPending >> 2] = requested ? 1 : 0
  if (requested) memory[_InterruptPending >> 2] = 1
}

function keepOutput(bytes: Uint8Array): void {
  if (outputBytes + bytes.length > output.length) {
    const part = takeOutput()
    if (part.length > 0) reply({ kind: 'part', bytes: part }, [part.buffer])
    if (bytes.length > output.length) output = Buffer.allocUnsafeSlow(bytes.length)
  }
  output.set(bytes, outputBytes)
  outputBytes += bytes.length
}

function takeOutput(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(outputBytes)
  bytes.set(output.subarray(0, outputBytes))
  outputBytes = 0
  return bytes
}

async function close(): Promise<void> {
  run(buildQuery('CHECKPOINT'))
  await db.close()
  reply({ kind: 'closed' })
}

/**
 * PGlite ignores every exception of the main loop and would process the same bytes endlessly. After anything but an
 * ordinary error exit, the session's memory cannot be trusted, so the thread and the database process end.
 */
function watchMainLoop(): void {
  const once = db.Module._PostgresMainLoopOnce
  db.Module._PostgresMainLoopOnce = () => {
    try {
      once()
    } catch (error) {
      if (!isExpectedExit(error)) fail(error)
      throw error
    }
  }
}

function isExpectedExit(error: unknown): boolean {
  return exitStatus(error) === expectedExit
}

function exitStatus(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
}

/** Adds fsync to Emscripten's folder file system, which has none, so that a commit survives a power failure. */
function provideFsync(): void {
  const operations: unknown = db.Module.FS.filesystems.NODEFS.stream_ops
  Object.assign(operations ?? {}, {
    fsync(stream: { nfd?: number }): number {
      if (stream.nfd !== undefined) fsyncSync(stream.nfd)
      return 0
    },
  })
}

function startParameters(fsync: boolean): string[] {
  const options = [
    'shared_buffers=64MB',
    'maintenance_work_mem=128MB',
    'wal_sync_method=fsync',
    'min_wal_size=16MB',
    'max_wal_size=64MB',
  ]
  return [
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F' || !fsync),
    ...options.flatMap((option) => ['-c', option]),
  ]
}

function reply(message: EngineReply, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer)
}

function fail(error: unknown): never {
  const status = exitStatus(error)
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  reply({ kind: 'broken', reason: status === undefined ? reason : `it ended with status ${status}` })
  process.exit(1)
}
