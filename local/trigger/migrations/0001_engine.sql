-- Run state of the embedded job engine. The engine is the only writer.
create schema if not exists engine;

create table engine.runs (
  id text primary key,
  seq bigint generated always as identity,
  task_id text not null,
  status text not null check (status in (
    'PENDING_VERSION', 'QUEUED', 'DEQUEUED', 'EXECUTING', 'WAITING', 'DELAYED',
    'COMPLETED', 'CANCELED', 'FAILED', 'CRASHED', 'SYSTEM_FAILURE', 'EXPIRED', 'TIMED_OUT'
  )),
  queue text not null,
  concurrency_key text,
  -- Limits named when the run was triggered, beyond those its task declares.
  concurrency_limits text[],
  gates jsonb,
  priority_s double precision not null default 0,
  -- Queue order: when it became due, less its priority.
  order_at timestamptz not null,
  -- Not started before this: a delay, or the pause before a retry.
  run_at timestamptz not null,
  payload text,
  payload_type text not null,
  output text,
  output_type text,
  error jsonb,
  metadata jsonb not null default '{}',
  tags text[] not null default '{}',
  idempotency_key text,
  idempotency_key_options jsonb,
  idempotency_expires_at timestamptz,
  attempt_count integer not null default 0,
  max_attempts integer,
  max_duration_s double precision,
  machine text,
  ttl text,
  expires_at timestamptz,
  delayed_until timestamptz,
  is_test boolean not null default false,
  replayed_from text,
  parent_id text,
  root_id text,
  depth integer not null default 0,
  resume_parent boolean not null default false,
  batch_id text,
  schedule_id text,
  traceparent text,
  -- Delivery: the queue's job, and the host that runs it.
  job_id uuid,
  host_id text,
  version text,
  cancel_requested_at timestamptz,
  duration_ms double precision not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  queued_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz
);

create unique index runs_idempotency on engine.runs (task_id, idempotency_key) where idempotency_key is not null;
create index runs_waiting_in_line on engine.runs (order_at, seq) where status = 'QUEUED';
create index runs_due on engine.runs (run_at) where status in ('QUEUED', 'DELAYED');
create index runs_expiring on engine.runs (expires_at) where status = 'QUEUED' and expires_at is not null;
create index runs_held on engine.runs (status) where status in ('DEQUEUED', 'EXECUTING', 'WAITING');
create unique index runs_newest on engine.runs (seq desc);
create index runs_by_status on engine.runs (status, seq desc);
create index runs_by_task on engine.runs (task_id, seq desc);
create index runs_by_queue on engine.runs (queue, status);
create index runs_by_tag on engine.runs using gin (tags);
create index runs_by_parent on engine.runs (parent_id) where parent_id is not null;
create index runs_by_batch on engine.runs (batch_id) where batch_id is not null;
create index runs_by_schedule on engine.runs (schedule_id, seq desc) where schedule_id is not null;

create table engine.attempts (
  id bigint generated always as identity primary key,
  run_id text not null references engine.runs (id) on delete cascade,
  number integer not null,
  host_id text not null,
  pid integer,
  machine text not null,
  version text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  -- completed, failed, cancelled, timed_out, crashed, host_lost, shut_down
  outcome text,
  error jsonb,
  duration_ms double precision
);
create index attempts_by_run on engine.attempts (run_id, number);
create index attempts_open on engine.attempts (host_id) where ended_at is null;

create table engine.batches (
  id text primary key,
  run_count integer not null,
  parent_id text,
  resume_parent boolean not null default false,
  idempotency_key text,
  sealed boolean not null default false,
  errors jsonb not null default '[]',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index batches_idempotency on engine.batches (idempotency_key) where idempotency_key is not null;

create table engine.batch_items (
  batch_id text not null references engine.batches (id) on delete cascade,
  index integer not null,
  run_id text not null,
  primary key (batch_id, index)
);
create index batch_items_by_run on engine.batch_items (run_id);

create table engine.waitpoints (
  id text primary key,
  type text not null check (type in ('MANUAL', 'DATETIME')),
  status text not null check (status in ('WAITING', 'COMPLETED', 'TIMED_OUT')),
  completed_after timestamptz,
  timeout_at timestamptz,
  completed_at timestamptz,
  output text,
  output_type text,
  output_is_error boolean not null default false,
  idempotency_key text,
  idempotency_expires_at timestamptz,
  tags text[] not null default '{}',
  created_at timestamptz not null
);
create unique index waitpoints_idempotency on engine.waitpoints (idempotency_key) where idempotency_key is not null;
create index waitpoints_due on engine.waitpoints (coalesce(timeout_at, completed_after)) where status = 'WAITING';

create table engine.schedules (
  id text primary key,
  type text not null check (type in ('IMPERATIVE', 'DECLARATIVE')),
  task_id text not null,
  cron text not null,
  timezone text not null,
  deduplication_key text unique,
  external_id text,
  active boolean not null default true,
  next_at timestamptz,
  last_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index schedules_due on engine.schedules (next_at) where active;

create table engine.packets (
  name text primary key,
  file text not null,
  content_type text not null,
  size_bytes bigint not null,
  created_at timestamptz not null
);

create table engine.queues (
  name text primary key,
  id text not null unique,
  type text not null check (type in ('task', 'custom')),
  paused boolean not null default false,
  -- Declared by the tasks' code; the override is set by an operator.
  concurrency_limit integer,
  combined_limit integer,
  override_limit integer,
  overridden_at timestamptz,
  updated_at timestamptz not null
);

create table engine.hosts (
  id text primary key,
  pid integer not null,
  machine_name text not null,
  started_at timestamptz not null,
  heartbeat_at timestamptz not null,
  stopped_at timestamptz
);

alter table engine.runs enable row level security;
alter table engine.attempts enable row level security;
alter table engine.batches enable row level security;
alter table engine.batch_items enable row level security;
alter table engine.waitpoints enable row level security;
alter table engine.schedules enable row level security;
alter table engine.packets enable row level security;
alter table engine.queues enable row level security;
alter table engine.hosts enable row level security;
