import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Services } from '#lib/create-services.ts'
import { createSignedDownloadUrl } from '#lib/storage/create-signed-download-url.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { listObjects } from '#lib/storage/list-objects.ts'

/**
 * Everything about a processed sermon except ids and times. Two sermons of the same recording have equal facts when
 * everything exists once and no work was repeated, whatever crashed.
 */
export type Facts = Record<string, unknown>

const uuidPattern = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/

const openWorkSchema = z.object({ runs: z.number(), open: z.number(), waiting: z.number() })

/** Whether all requested work has ended, according to the engine and the product. */
export async function hasEnded({ db }: Pick<Services, 'db'>, sermonId: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select
      (select count(*)::int from runs where sermon_id = ${sermonId}) as runs,
      (select count(*)::int from runs where sermon_id = ${sermonId}
        and status in ('queued', 'delayed', 'running', 'waiting'))
      + (select count(*)::int from engine.runs where tags @> array[${`sermon_${sermonId}`}]
        and finished_at is null) as open,
      (select count(*)::int from events where sermon_id = ${sermonId} and state = 'pending') as waiting`)
  const { runs, open, waiting } = openWorkSchema.parse(rows[0])
  return runs > 0 && open === 0 && waiting === 0
}

/** Returns the runs that have not ended, according to the engine and the product. */
export async function describeOpen({ db }: Pick<Services, 'db'>, sermonId: string): Promise<string> {
  const { rows } = await db.execute(sql`
    select coalesce(engine_run.task_id, recorded.task_id) as task, engine_run.id as run,
      engine_run.status as engine, recorded.status as recorded, attempts.number as attempt,
      attempts.outcome, attempts.started_at as begun
    from (select * from engine.runs where tags @> array[${`sermon_${sermonId}`}]) engine_run
    full join (select * from runs where sermon_id = ${sermonId}) recorded on recorded.id = engine_run.id
    left join engine.attempts on attempts.run_id = engine_run.id
    where engine_run.finished_at is null or recorded.finished_at is null
    order by attempts.id`)
  return JSON.stringify(rows)
}

/** Reads the facts of a sermon. */
export async function readFacts(
  services: Pick<Services, 'db' | 'storage'>,
  { sermonId, churchId }: { sermonId: string; churchId: string },
): Promise<Facts> {
  const { db } = services
  const one = async (query: ReturnType<typeof sql>) => (await db.execute(query)).rows
  const tag = `sermon_${sermonId}`
  return {
    parts: await one(sql`
      select media_status, media_error, transcript_status, transcript_error, index_status, index_error, duration_ms
      from sermons where id = ${sermonId}`),
    transcripts: await one(sql`
      select source, is_draft, is_approximate, jsonb_array_length(words) as words, jsonb_array_length(sentences) as sentences
      from transcripts where sermon_id = ${sermonId}`),
    passages: await one(sql`
      select passages.position, passages.text, transcripts.id is not null as of_transcript, passages.embedder
      from passages left join transcripts on transcripts.id = passages.transcript_id
        and transcripts.revision = (select transcript_revision from sermons where id = ${sermonId})
      where passages.sermon_id = ${sermonId} order by passages.position, passages.id`),
    assets: await one(sql`
      select kind, case when kind in ('transcript_upload', 'clip') then '' else name end as name, revision,
        case kind when 'podcast' then null else size_bytes end as size_bytes, uploaded_at is not null as uploaded
      from media_assets where sermon_id = ${sermonId} order by 1, 2, 3`),
    clips: await one(sql`
      select shape, status, progress, error, start_ms, end_ms, size_bytes from clips where sermon_id = ${sermonId}`),
    cuts: await one(sql`
      select state, progress, error, media_revision, start_ms, end_ms from recording_cuts where sermon_id = ${sermonId}`),
    proposals: await one(sql`
      select state, media_revision, start_ms, end_ms from cut_proposals where sermon_id = ${sermonId}`),
    // Their revision counts how often they were stored, which a repeated step does again.
    chapters: await one(sql`
      select source, media_revision, chapters from chapter_lists where sermon_id = ${sermonId} order by 2, 3`),
    objects: await readObjects(services, { sermonId, churchId }),
    announcements: await one(sql`
      select count(*)::int as times from audit_log
      where subject = ${sermonId} and action = 'sermon.processed'`),
    steps: await one(sql`
      select split_part(work_key, '/', 2) || '/' || name as step, status
      from run_steps where sermon_id = ${sermonId} order by 1, 2`),
    'steps completed': await one(sql`
      select step, count(*)::int as times from crash_matrix.history
      where sermon_id = ${sermonId} and status = 'completed' group by 1 order by 1`),
    'steps begun after their end': await one(sql`
      select distinct step from crash_matrix.history later
      where sermon_id = ${sermonId} and status = 'running' and exists (
        select 1 from crash_matrix.history earlier
        where earlier.step_id = later.step_id and earlier.status = 'completed' and earlier.id < later.id
      )`),
    runs: await one(sql`
      select task_id, status, count(*)::int as times from runs where sermon_id = ${sermonId}
      group by 1, 2 order by 1, 2`),
    'runs of the engine': await one(sql`
      select task_id, status, count(*)::int as times from engine.runs where tags @> array[${tag}]
      group by 1, 2 order by 1, 2`),
    'attempts that succeeded': await one(sql`
      select runs.task_id, count(*)::int as times from engine.attempts
      join engine.runs on runs.id = attempts.run_id
      where runs.tags @> array[${tag}] and attempts.outcome = 'succeeded' group by 1 order by 1`),
    events: await one(sql`
      select type, state, count(*)::int as times from events where sermon_id = ${sermonId} group by 1, 2 order by 1, 2`),
    'dead letters': await one(sql`
      select kind, reason from dead_letters where sermon_id = ${sermonId} order by 1, 2`),
  }
}

/** Lists the files in storage itself, not those in the product's records. */
async function readObjects(
  services: Pick<Services, 'storage'>,
  { sermonId, churchId }: { sermonId: string; churchId: string },
): Promise<unknown[]> {
  const folder = `${churchId}/${sermonId}`
  const listed = await Promise.all(
    Object.values(buckets).map(async (bucket) => {
      const objects = await listObjects(services, { bucket, folder })
      return Promise.all(
        objects.map(async ({ path, sizeBytes }) => ({
          bucket,
          name: path.slice(folder.length + 1).replace(uuidPattern, 'id'),
          sizeBytes: path.endsWith('.mp3') ? sizeBytes - (await readTagBytes(services, path)) : sizeBytes,
        })),
      )
    }),
  )
  const sortKey = (object: { bucket: string; name: string; sizeBytes: number }) =>
    `${object.bucket}/${object.name} ${object.sizeBytes}`
  return listed.flat().sort((a, b) => sortKey(a).localeCompare(sortKey(b)))
}

/** The length of the tag of a podcast file: its cover is drawn from the title, which differs between the sermons. */
async function readTagBytes(services: Pick<Services, 'storage'>, path: string): Promise<number> {
  const url = await createSignedDownloadUrl(services, {
    bucket: buckets.media,
    path,
    lifeSeconds: 60,
    audience: 'server',
  })
  const head = await (await fetch(url, { headers: { range: 'bytes=0-9' } })).bytes()
  if (new TextDecoder('latin1').decode(head.subarray(0, 3)) !== 'ID3') throw new Error(`${path} has no tag`)
  return head.subarray(6, 10).reduce((sum, byte) => sum * 128 + byte, 10)
}
