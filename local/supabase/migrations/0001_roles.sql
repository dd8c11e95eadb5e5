-- replaces 7f8d916b1ad6b060a1de33e65fcb32db2d67dd566eb34cc28901dcfc956c234e
-- The roles every Supabase project has. Hosted projects bring them; here we make them once, where that is allowed:
-- an ordinary role of a plain Postgres cannot, and nothing of ours needs them there.
do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then
    create role anon nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then
    create role authenticated nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
exception when insufficient_privilege then
  raise notice 'The roles of Supabase are left out: % may not create roles.', current_user;
end
$$;

create schema if not exists extensions;

-- The same generous defaults as a hosted project: row level security is what keeps rows apart,
-- so a policy that is missing here is missing there too.
do $$
declare
  supabase_role name;
begin
  for supabase_role in
    select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role')
  loop
    execute format('grant usage on schema extensions to %I', supabase_role);
    execute format('grant usage on schema public to %I', supabase_role);
    execute format('grant all on all tables in schema public to %I', supabase_role);
    execute format('grant all on all sequences in schema public to %I', supabase_role);
    execute format('grant all on all functions in schema public to %I', supabase_role);
    execute format('alter default privileges in schema public grant all on tables to %I', supabase_role);
    execute format('alter default privileges in schema public grant all on sequences to %I', supabase_role);
    execute format('alter default privileges in schema public grant all on functions to %I', supabase_role);
  end loop;
end
$$;
