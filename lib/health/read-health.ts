import { sql } from 'drizzle-orm'
import type { Services } from '#lib/create-services.ts'
import { type ModelState, readModelStates } from '#lib/models/read-model-states.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { chooseReranker } from '#lib/search/choose-reranker.ts'
import { chooseTranscriber } from '#lib/transcripts/choose-transcriber.ts'

type Mode = 'local' | 'hosted'
export type ServiceHealth = { mode: Mode; state: 'ok' | 'down' | 'off'; detail?: string }

export type Health = {
  status: 'ok' | 'down'
  services: Record<'database' | 'storage' | 'jobs' | 'speech' | 'embeddings' | 'answers', ServiceHealth>
}

const CHECK_TIMEOUT_MS = 3000

async function readState(check: () => Promise<unknown>): Promise<'ok' | 'down'> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_TIMEOUT_MS)
  })
  try {
    await Promise.race([check(), timeout])
    return 'ok'
  } catch {
    return 'down'
  } finally {
    clearTimeout(timer)
  }
}

async function respond(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) })
  await response.body?.cancel()
  if (response.status >= 500) throw new Error(`answered ${response.status}`)
}

/** Throws when no job engine has noted in the database lately that it works. */
async function requireHeartbeat(db: Services['db']): Promise<void> {
  const { rows } = await db.execute(
    sql`select 1 from engine.hosts where stopped_at is null and heartbeat_at > now() - interval '15 seconds'`,
  )
  if (rows.length === 0) throw new Error('No job engine works on this database.')
}

const MEGABYTE = 1_000_000

/** How far a model is that is not there yet. */
function describeDownload({ id, state, receivedBytes, totalBytes, failure }: ModelState): string[] {
  if (state === 'ready') return []
  const share = `${Math.floor(receivedBytes / MEGABYTE)} of ${Math.ceil(totalBytes / MEGABYTE)} MB`
  const doing = state === 'waiting' ? 'waits for its download' : `${state}, ${share}`
  return [`${id} ${doing}${failure ? `. ${failure.message}` : ''}`]
}

/** Checks every service. `status` is `down` when a required service is down. */
export async function readHealth({ db, env }: Services): Promise<Health> {
  const mode = (name: string): Mode => (env.SELAH_EMBEDDED.includes(name) ? 'local' : 'hosted')
  // The engine of another machine answers there alone; its signs of life are in the database.
  const isEngineElsewhere = env.SELAH_RUN === 'web' && mode('jobs') === 'local'
  const [database, storage, jobs, transcriber] = await Promise.all([
    readState(() => db.execute(sql`select 1`)),
    readState(() => respond(`${env.SUPABASE_URL}/storage/v1/status`)),
    readState(() => (isEngineElsewhere ? requireHeartbeat(db) : respond(`${env.TRIGGER_API_URL}/`))),
    chooseTranscriber(env),
  ])
  const embedder = chooseEmbedder(env)
  const models = await readModelStates(env)
  const downloadsOf = (kind: ModelState['kind']) =>
    models.filter((model) => model.kind === kind).flatMap(describeDownload)
  const needed = isEngineElsewhere ? [database, storage] : [database, storage, jobs]
  return {
    status: needed.every((state) => state === 'ok') ? 'ok' : 'down',
    services: {
      database: { mode: mode('database'), state: database },
      storage: { mode: mode('storage'), state: storage },
      jobs: { mode: mode('jobs'), state: jobs },
      speech: {
        mode: env.DEEPGRAM_API_KEY ? 'hosted' : 'local',
        state: transcriber ? 'ok' : 'off',
        detail: [
          transcriber?.label ?? 'no recogniser; sermons wait for a transcript',
          ...downloadsOf('speech'),
        ].join('; '),
      },
      embeddings: {
        mode: env.OPENAI_API_KEY || env.OPENAI_BASE_URL ? 'hosted' : 'local',
        state: 'ok',
        detail: [
          embedder?.id ?? 'word meanings',
          chooseReranker(env)?.id ?? [],
          ...downloadsOf('sentence-embedder'),
          ...downloadsOf('reranker'),
        ]
          .flat()
          .join('; '),
      },
      answers: {
        mode: env.OPENAI_API_KEY || env.OPENAI_BASE_URL ? 'hosted' : 'local',
        state: 'ok',
        detail: env.OPENAI_API_KEY || env.OPENAI_BASE_URL ? env.OPENAI_CHAT_MODEL : 'extractive',
      },
    },
  }
}
