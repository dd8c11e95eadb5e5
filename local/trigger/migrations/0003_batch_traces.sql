-- Only the request that opens a batch says which trace it belongs to; the items come without it.
alter table engine.batches add column traceparent text;
