-- One statement dequeues a run and starts its attempt. The claim names that attempt; nothing is in between.
update engine.runs set status = 'QUEUED', host_id = null, job_id = null where status = 'DEQUEUED';
alter table engine.runs rename column job_id to claim_id;

-- Earlier versions delivered runs through pg-boss. Its schema goes unless it holds queues of somebody else.
do $$
begin
  if to_regclass('pgboss.queue') is not null then
    if not exists (select 1 from pgboss.queue where name <> 'runs' and name not like '\_\_pgboss%') then
      drop schema pgboss cascade;
    end if;
  end if;
end $$;
