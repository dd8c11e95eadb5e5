-- A line is a queue and a concurrency key; the heads of all lines are found without reading the lines.
drop index engine.runs_waiting_in_line;
create index runs_lines on engine.runs (queue, (coalesce(concurrency_key, '')), order_at, seq)
  where status = 'QUEUED';
create index runs_finished on engine.runs (finished_at) where finished_at is not null;
create index waitpoints_completed on engine.waitpoints (completed_at) where completed_at is not null;
create index batches_created on engine.batches (created_at);
create index packets_created on engine.packets (created_at);
