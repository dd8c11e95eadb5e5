-- Reauthentication sends a code without a link.
alter table auth_local.outbox drop constraint if exists outbox_kind_check;
alter table auth_local.outbox add constraint outbox_kind_check check (
  kind in ('signup', 'invite', 'recovery', 'magiclink', 'email_change', 'reauthentication')
);
alter table auth_local.outbox alter column link drop not null;
