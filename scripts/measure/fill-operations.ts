import type pg from 'pg'

export interface OperationsSize {
  runs: number
  events: number
  deadLetters: number
  /** The number of spans, and of log lines. */
  telemetry: number
  otherChurches: number
}

type Query = Pick<pg.Client, 'query'>

/** SQL condition for the runs that this file inserts, as opposed to those of the installation. */
const filled = ({ prefix }: Names) => `r.id like 'run_bench' || ${prefix} || '%'`

/** One process-sermon run with its four children. */
const RUNS_PER_REQUEST = 5
const SERMONS = 2000
/** Rows of one statement: while it runs, no other client is served. */
const CHUNK = 10_000

/**
 * Fills a database like years of use, for one church and, with less data, for others: runs of
 * the last thirty days (more of them recent), their attempts, steps, spans and logs, events and dead letters.
 * All values are derived from row numbers, so two fillings are equal. No work is open, so the reconciler finds
 * nothing to do.
 */
export async function fillOperations(client: Query, churchId: string, size: OperationsSize): Promise<void> {
  const others: string[] = []
  for (let index = 0; index < size.otherChurches; index += 1) {
    const { rows } = await client.query(
      `insert into churches (slug, name) values ('bench-' || $1, 'Church ' || $1) returning id`,
      [index + 1],
    )
    others.push(String(rows[0]?.id))
  }
  await fillChurch(client, churchId, 'a', size)
  for (const [index, other] of others.entries()) {
    const share = (count: number) => Math.floor(count / 20)
    await fillChurch(client, other, `o${index}`, {
      ...size,
      runs: share(size.runs),
      events: share(size.events),
      deadLetters: share(size.deadLetters),
      telemetry: share(size.telemetry),
    })
  }
  await client.query('vacuum analyze')
}

async function fillChurch(
  client: Query,
  churchId: string,
  prefix: string,
  size: OperationsSize,
): Promise<void> {
  const names = { church: `'${churchId}'::uuid`, prefix: `'${prefix}'` }
  await client.query(`
    insert into sermons (church_id, slug, title, media_status, transcript_status, index_status, media_revision,
      transcript_revision, publication, duration_ms, created_at, updated_at)
    select ${names.church}, ${names.prefix} || '-sermon-' || n,
      (array['The Lost Coin', 'Born Again', 'A Pillar of Cloud', 'The Vineyard', 'Manna', 'By Still Waters',
        'The Narrow Gate', 'A Cloud of Witnesses'])[1 + n % 8] || ', part ' || (1 + n / 8),
      'failed', 'failed', 'failed', 1, 1, 'published', 1800000 + n * 137,
      now() - interval '40 days', now() - interval '40 days'
    from generate_series(1, ${SERMONS}) n`)
  for (const [from, to] of chunks(size.runs)) await client.query(runsSql(names, from, to))
  await client.query(`
    insert into run_attempts (run_id, attempt, status, machine, error, started_at, finished_at)
    select r.id, a, case when a < r.attempt then 'failed' when r.status = 'expired' then 'failed' else r.status end,
      'small-1x', case when a < r.attempt then coalesce(r.error, '{"name":"Error","message":"The service did not answer."}') else r.error end,
      r.started_at + (a - 1) * interval '4 seconds', r.finished_at
    from runs r, generate_series(1, r.attempt) a where ${filled(names)}`)
  await client.query(`
    insert into run_steps (work_key, name, task_id, run_id, church_id, sermon_id, status, attempt, result, started_at, finished_at)
    select r.sermon_id || '/' || f.facet || '/1', f.step, r.task_id, r.id, r.church_id, r.sermon_id, 'completed', 1,
      '{"sampleRate":48000,"channels":2,"durationMs":1860000}', r.started_at, r.finished_at
    from (select distinct on (sermon_id, task_id) * from runs r where ${filled(names)}
      order by sermon_id, task_id, created_at desc) r
    join (values ('media', 'probe', 'prepare-media'), ('media', 'measure', 'prepare-media'), ('media', 'level', 'prepare-media'),
      ('media', 'encode', 'prepare-media'), ('media', 'make-playable', 'prepare-media'), ('transcript', 'find-pauses', 'transcribe'),
      ('transcript', 'listen', 'transcribe'), ('transcript', 'store', 'transcribe'), ('index', 'plan', 'index-passages'),
      ('index', 'embed', 'index-passages'), ('index', 'store', 'index-passages')) f (facet, step, task) on f.task = r.task_id`)
  await fillEvents(client, names, size)
  await fillDeadLetters(client, names, size)
  await fillTelemetry(client, names, size)
}

/** SQL for the church's sermons with a number from 1. */
const sermonsOf = ({ church, prefix }: Names) =>
  `(select row_number() over (order by slug) as n, id from sermons where church_id = ${church} and slug like ${prefix} || '-sermon-%')`

type Names = { church: string; prefix: string }

/** SQL for the i-th runs: a fifth of them are requests, and the four after each are its children. */
function runsSql({ church, prefix }: Names, from: number, to: number): string {
  return `
    insert into runs (id, task_id, church_id, sermon_id, event_id, parent_run_id, root_run_id, queue, machine, status, attempt,
      payload, output, error, error_fingerprint, trace_id, created_at, started_at, finished_at, updated_at)
    select 'run_bench' || ${prefix} || i, task, ${church}, s.id,
      case when place = 0 then md5(${prefix} || request)::uuid end,
      case when place > 0 then 'run_bench' || ${prefix} || root end, 'run_bench' || ${prefix} || root,
      'task/' || task, 'small-1x', status, case when i % 17 = 0 then 3 when i % 11 = 0 then 2 else 1 end,
      jsonb_build_object('churchId', ${church}, 'sermonId', s.id, 'mediaRevision', 1),
      case when status = 'completed' then '{"outcome":"done"}'::jsonb end,
      case when failed then jsonb_build_object('name', (array['MediaError', 'TranscriberError', 'Error', 'TypeError'])[1 + i % 4],
        'message', (array['The recording could not be decoded near second ', 'The service did not answer within ',
          'Cannot read properties of undefined, reading ', 'There is no space left for segment '])[1 + i % 4] || (i % 977),
        'stack', repeat('    at decodeFrame (file:///app/lib/media/decode-frame.ts:120:17)' || chr(10), 12)) end,
      case when failed then substr(md5((i % 40)::text), 1, 16) end,
      md5('trace' || ${prefix} || root), created, created + interval '300 milliseconds',
      created + interval '300 milliseconds' + ((800 + (i * 7919) % 90000) || ' milliseconds')::interval, created + interval '95 seconds'
    from (
      select i, request, root, place, (array['process-sermon', 'prepare-media', 'transcribe', 'index-passages', 'announce'])[1 + place] as task,
        i % 13 = 4 as failed,
        case when i % 13 = 4 then (array['failed', 'failed', 'crashed', 'timed_out', 'failed', 'expired'])[1 + (i / 13) % 6]
          when i % 50 = 7 then 'cancelled' else 'completed' end as status,
        now() - interval '30 days' * power(((request * 7919) % 100003) / 100003.0, 2) - interval '3 minutes' + place * interval '2 seconds' as created
      from (select i, i / ${RUNS_PER_REQUEST} as request, i - i % ${RUNS_PER_REQUEST} as root, i % ${RUNS_PER_REQUEST} as place
        from generate_series(${from}, ${to}) i) numbered
    ) planned join ${sermonsOf({ church, prefix })} s on s.n = 1 + planned.request % ${SERMONS}`
}

async function fillEvents(client: Query, { church, prefix }: Names, size: OperationsSize): Promise<void> {
  await client.query(`
    insert into events (id, type, church_id, sermon_id, payload, state, attempts, next_attempt_at, run_id, last_error, created_at, forwarded_at, dead_at)
    select md5(${prefix} || k)::uuid, (array['sermon.uploaded', 'sermon.reprocess', 'sermon.transcript-supplied', 'sermon.reindex'])[1 + k % 4],
      ${church}, s.id, jsonb_build_object('churchId', ${church}, 'sermonId', s.id, 'mediaRevision', 1),
      case when k % 100 = 1 then 'dead' when k % 200 = 3 then 'cancelled' else 'forwarded' end, 1 + k % 3, now() + interval '1 year',
      case when k % 100 <> 1 and k % 200 <> 3 then 'run_bench' || ${prefix} || k * ${RUNS_PER_REQUEST} end,
      case when k % 100 = 1 then 'The job engine does not answer.' end,
      now() - interval '30 days' * power(((k * 7919) % 100003) / 100003.0, 2) - interval '3 minutes',
      case when k % 100 <> 1 then now() - interval '30 days' * power(((k * 7919) % 100003) / 100003.0, 2) - interval '3 minutes' end,
      case when k % 100 = 1 then now() - interval '1 day' end
    from generate_series(0, ${size.events - 1}) k join ${sermonsOf({ church, prefix })} s on s.n = 1 + k % ${SERMONS}`)
  await client.query(`
    insert into scheduled_events (key, type, church_id, sermon_id, payload, due_at)
    select 'publish/' || s.id, 'sermon.publish-due', ${church}, s.id, jsonb_build_object('churchId', ${church}, 'sermonId', s.id),
      now() + s.n * interval '1 day' from ${sermonsOf({ church, prefix })} s where s.n <= 300`)
}

/** Creates a dead letter for every recent failure, so that none is created during the measurement. Some may exist already. */
async function fillDeadLetters(client: Query, names: Names, size: OperationsSize): Promise<void> {
  await client.query(`
    insert into dead_letters (kind, subject, type, church_id, sermon_id, event_id, run_id, fingerprint, reason, advice, details, state, created_at, settled_at)
    select 'run', id, task_id, church_id, sermon_id, event_id, id, error_fingerprint,
      '“' || task_id || '” failed after its last attempt: ' || (error ->> 'message'),
      'Read the error and the log of the run, fix the cause, then redrive one before the rest.',
      jsonb_build_object('status', status, 'error', error),
      case when n % 5 = 0 then 'redriven' when n % 7 = 0 then 'discarded' when n % 11 = 0 then 'resolved' else 'open' end,
      finished_at, case when n % 5 = 0 or n % 7 = 0 or n % 11 = 0 then now() end
    from (select *, row_number() over (order by finished_at desc) as n from runs r
      where ${filled(names)} and error_fingerprint is not null) failed
    where n <= ${size.deadLetters}
    on conflict do nothing`)
  await client.query(`
    insert into audit_log (church_id, action, subject, details, created_at)
    select ${names.church}, (array['dead-letter.redriven', 'run.retried', 'queue.paused', 'queue.resumed', 'sermon.published'])[1 + n % 5],
      'bench', '{}', now() - n * interval '10 minutes' from generate_series(1, ${size.deadLetters}) n`)
}

async function fillTelemetry(client: Query, names: Names, size: OperationsSize): Promise<void> {
  const perRun = 10
  for (const [from, to] of chunks(Math.floor(size.telemetry / perRun))) {
    const recent = `(select *, row_number() over (order by created_at desc) as n from runs r where ${filled(names)}) r,
      generate_series(1, ${perRun}) k where r.n between ${from + 1} and ${to + 1}`
    await client.query(`
      insert into spans (span_id, trace_id, run_id, name, started_at, duration_ms, attributes)
      select substr(md5(r.id || k), 1, 16), r.trace_id, r.id, 'step ' || k, r.started_at + k * interval '90 milliseconds', k * 90,
        '{"selah.step":"probe"}' from ${recent}`)
    await client.query(`
      insert into logs (run_id, trace_id, level, message, at)
      select r.id, r.trace_id, case when k = 7 then 'warn' else 'info' end, 'Measured part ' || k || ' of the recording.',
        r.started_at + k * interval '90 milliseconds' from ${recent}`)
  }
}

function* chunks(count: number): Generator<[from: number, to: number]> {
  for (let from = 0; from < count; from += CHUNK) yield [from, Math.min(count, from + CHUNK) - 1]
}
