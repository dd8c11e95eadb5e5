import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import type { Cell } from './list-cells.ts'

const channel = 'crash_matrix'
/**
 * Files in the database's own folder: the only output that the database can write before a transaction has ended.
 * Each observer has its own names, because the database caches a file that another process has removed.
 */
const heldFile = (watch: string) => `crash-matrix-${watch}.held`
const killedFile = (watch: string) => `crash-matrix-${watch}.killed`
const pollMs = 5

/**
 * Triggers in the database of the installation under test. Every change of a step is logged in its
 * transaction. The armed step is announced when it is recorded as running. Its completion waits until the
 * process has been killed, so that no kill is too late, however short the step is.
 *
 * At the end of a step its work is done and its completion waits. If its worker was killed, the completion is
 * refused, as if it had not reached the database. Without the trigger both could happen; this is the more difficult
 * case.
 */
export const observerSql = `
create schema crash_matrix;
create table crash_matrix.armed (
  watch text not null, title text not null, facet text not null, step text not null, moment text not null
);
create table crash_matrix.history (
  id bigint generated always as identity primary key,
  sermon_id uuid not null,
  step_id uuid not null,
  step text not null,
  status text not null,
  at timestamptz not null default clock_timestamp()
);

create function crash_matrix.is_armed(changed public.run_steps) returns crash_matrix.armed language sql as $$
  select armed.* from crash_matrix.armed
  join public.sermons on sermons.id = changed.sermon_id and sermons.title = armed.title
  where armed.step = changed.name and armed.facet = split_part(changed.work_key, '/', 2)
$$;

create function crash_matrix.worker_of(run text) returns text language sql as $$
  select pid::text from engine.attempts where run_id = run and ended_at is null order by id desc limit 1
$$;

create function crash_matrix.note() returns trigger language plpgsql as $$
declare changed public.run_steps := coalesce(new, old);
begin
  if changed.sermon_id is null then return null; end if;
  insert into crash_matrix.history (sermon_id, step_id, step, status) values (
    changed.sermon_id, changed.id, split_part(changed.work_key, '/', 2) || '/' || changed.name,
    case when tg_op = 'DELETE' then 'forgotten' else changed.status end
  );
  if tg_op <> 'DELETE' and changed.status = 'running' and (crash_matrix.is_armed(changed)).moment = 'begin' then
    perform pg_notify('${channel}', crash_matrix.worker_of(changed.run_id));
  end if;
  return null;
end $$;

create function crash_matrix.hold() returns trigger language plpgsql as $$
declare
  armed crash_matrix.armed := crash_matrix.is_armed(new);
  answer text := '${killedFile("' || armed.watch || '")}';
  killed text;
  polls integer := 2000;
begin
  if armed.watch is null then return new; end if;
  killed := trim(pg_read_file(answer, 0, 100, true));
  if killed is not null then return new; end if;
  if armed.moment = 'end' then
    execute format('copy (select %L) to %L', crash_matrix.worker_of(new.run_id),
      current_setting('data_directory') || '/${heldFile("' || armed.watch || '")}');
  end if;
  while killed is null and polls > 0 loop
    perform pg_sleep(0.005);
    killed := trim(pg_read_file(answer, 0, 100, true));
    polls := polls - 1;
  end loop;
  if killed = 'lost' then raise exception 'the worker that sent this has ended'; end if;
  return new;
end $$;

create trigger crash_matrix_note after insert or update or delete on public.run_steps
  for each row execute function crash_matrix.note();
create trigger crash_matrix_hold before update on public.run_steps
  for each row when (new.status = 'completed') execute function crash_matrix.hold();
`

const pidSchema = z.coerce.number().int().positive()

export interface Observer {
  /** Resolves at the given moment with the process id of the step's run worker. */
  waitForMoment(signal: AbortSignal): Promise<number>
  /** Lets the waiting completion continue. With `lost` it is refused, as if it had not arrived. */
  release(fate: 'lost' | 'kept'): Promise<void>
  stop(): Promise<void>
}

/** Observes one step of the sermon with this title. */
export async function observe(
  { databaseUrl, databaseDir }: { databaseUrl: string; databaseDir: string },
  { title, step, moment }: Pick<Cell, 'step' | 'moment'> & { title: string },
): Promise<Observer> {
  const watch = randomBytes(8).toString('hex')
  const held = path.join(databaseDir, heldFile(watch))
  const killed = path.join(databaseDir, killedFile(watch))
  const client = new pg.Client({ connectionString: databaseUrl })
  // The connection is lost when the database is killed.
  client.on('error', () => {})
  const begun = Promise.withResolvers<number>()
  client.on('notification', ({ payload }) => begun.resolve(pidSchema.parse(payload)))
  await client.connect()
  await client.query(`listen ${channel}`)
  await client.query('delete from crash_matrix.armed')
  const [facet = '', name = ''] = step.split('/')
  await client.query('insert into crash_matrix.armed values ($1, $2, $3, $4, $5)', [
    watch,
    title,
    facet,
    name,
    moment,
  ])

  const waitForCompletion = async (signal: AbortSignal) => {
    while (!existsSync(held)) await delay(pollMs, undefined, { signal })
    // The database writes the file in more than one step.
    for (;;) {
      const pid = pidSchema.safeParse((await readFile(held, 'utf8')).trim())
      if (pid.success) return pid.data
      await delay(pollMs, undefined, { signal })
    }
  }
  return {
    async waitForMoment(signal) {
      if (moment === 'end') return waitForCompletion(signal)
      const tooLate = Promise.withResolvers<never>()
      signal.addEventListener('abort', () => tooLate.reject(signal.reason), { once: true })
      return Promise.race([begun.promise, tooLate.promise])
    },
    async release(fate) {
      const whole = `${killed}.new`
      await writeFile(whole, fate)
      await rename(whole, killed)
    },
    stop: () => client.end().catch(() => {}),
  }
}
