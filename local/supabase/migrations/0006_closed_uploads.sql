-- Names whose object was removed: a signed upload that was granted before that ends.
create schema if not exists storage_local;
create table if not exists storage_local.closed_uploads (
  bucket_id text not null,
  name text not null collate "C",
  closed_at_ms bigint not null,
  primary key (bucket_id, name)
);
create index if not exists closed_uploads_closed_at_ms on storage_local.closed_uploads (closed_at_ms);
alter table storage_local.closed_uploads enable row level security;
