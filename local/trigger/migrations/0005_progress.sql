-- How many workers of the run ended unexpectedly in a row without a newly finished step, and how many steps the
-- run and its descendants had finished at the last of these crashes.
alter table engine.runs add column stalled_crashes integer not null default 0;
alter table engine.runs add column steps_at_crash integer not null default 0;
-- The length of a delay that was given as a duration. After a correction of the clock it counts again.
alter table engine.runs add column delay_ms double precision;
