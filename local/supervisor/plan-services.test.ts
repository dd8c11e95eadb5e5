import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Secrets } from './load-secrets.ts'
import { planServices } from './plan-services.ts'
import { readSupervisorSettings } from './read-supervisor-settings.ts'

const root = path.join(tmpdir(), 'selah')
const ports = { database: 20_001, trigger: 20_002, web: 20_003 }
const secrets: Secrets = {
  databasePassword: 'pass',
  publishableKey: 'sb_publishable_own',
  secretKey: 'sb_secret_own',
  authJwk: { kty: 'EC', crv: 'P-256', d: 'd' },
  storageJwtSecret: 's'.repeat(32),
  triggerSecretKey: 'tr_dev_own',
  setupToken: 't'.repeat(16),
}
const supabase = {
  SUPABASE_URL: 'https://x.supabase.co',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_theirs',
  SUPABASE_SECRET_KEY: 'sb_secret_theirs',
}
const plan = (environment: Record<string, string>) =>
  planServices(readSupervisorSettings(environment, { root, dev: false }), secrets, ports)
const names = (environment: Record<string, string>) => {
  const { database, gateway, trigger, web, worker } = plan(environment)
  return [database, gateway, trigger, web, worker].flatMap((service) => service?.name ?? [])
}

test('without settings every service runs here, on loopback addresses, behind one origin', () => {
  const { productEnv, siteUrl, gatewayUrl } = plan({})
  expect(names({})).toEqual(['database', 'gateway', 'trigger', 'web'])
  expect(siteUrl).toBe('http://localhost:3000')
  expect(gatewayUrl).toBe('http://127.0.0.1:3000')
  expect(productEnv).toMatchObject({
    DATABASE_URL: 'postgres://postgres:pass@127.0.0.1:20001/postgres',
    SUPABASE_URL: 'http://127.0.0.1:3000',
    SUPABASE_PUBLIC_URL: '/',
    TRIGGER_API_URL: 'http://127.0.0.1:20002',
    SELAH_EMBEDDED: 'database,storage,jobs',
  })
})

test('a hosted database replaces the embedded one, and still gets every migration', () => {
  const { productEnv, migrations } = plan({ DATABASE_URL: 'postgres://db.example/selah' })
  expect(names({ DATABASE_URL: 'postgres://db.example/selah' })).toEqual(['gateway', 'trigger', 'web'])
  expect(productEnv.DATABASE_URL).toBe('postgres://db.example/selah')
  expect(productEnv.SELAH_EMBEDDED).toBe('storage,jobs')
  expect(migrations).toHaveLength(3)
})

test('with hosted accounts and files the gateway gets no keys of this installation', () => {
  const { gateway, productEnv } = plan(supabase)
  expect(Object.keys(gateway?.env ?? {}).toSorted()).toEqual(['PORT', 'SELAH_HOST', 'SELAH_WEB_PORT'])
  expect(productEnv.SUPABASE_PUBLIC_URL).toBe('https://x.supabase.co')
  expect(productEnv.SUPABASE_SECRET_KEY).toBe('sb_secret_theirs')
})

test('the roles, auth and storage schemas of a hosted project are never changed', () => {
  const { migrations } = plan({ ...supabase, DATABASE_URL: 'postgres://db.x.supabase.co/postgres' })
  expect(migrations.map(({ directory }) => path.relative(root, directory))).toEqual([
    'supabase/migrations',
    'local/trigger/migrations',
  ])
})

test('hosted jobs need neither the job engine nor its schema', () => {
  const { migrations, productEnv } = plan({ TRIGGER_SECRET_KEY: 'tr_prod_x' })
  expect(names({ TRIGGER_SECRET_KEY: 'tr_prod_x' })).toEqual(['database', 'gateway', 'web'])
  expect(migrations.map(({ table }) => table)).not.toContain('selah.engine_migrations')
  expect(productEnv).not.toHaveProperty('TRIGGER_API_URL')
})

test('the database gets only its own three settings', () => {
  expect(Object.keys(plan({ OPENAI_API_KEY: 'x' }).database?.env ?? {})).toHaveLength(3)
})

test('a Supabase address without its keys is refused, and the missing key is named', () => {
  expect(() => plan({ SUPABASE_URL: 'https://x.supabase.co' })).toThrow(/SUPABASE_SECRET_KEY/)
})

test('an invalid port is refused and named, and an empty setting counts as absent', () => {
  expect(() => plan({ PORT: 'eighty' })).toThrow(/PORT/)
  expect(plan({ PORT: '', DATABASE_URL: ' ' }).siteUrl).toBe('http://localhost:3000')
})

test('SELAH_RUN=web runs no engine, migrates no engine schema and forwards no events; SELAH_RUN=jobs runs the rest', () => {
  const shared = { ...supabase, DATABASE_URL: 'postgres://db.example/selah' }
  const web = { ...shared, SELAH_RUN: 'web' }
  expect(names(web)).toEqual(['gateway', 'web'])
  expect(plan(web).productEnv.SELAH_BACKGROUND).toBe('0')
  expect(plan(web).migrations.map(({ table }) => table)).not.toContain('selah.engine_migrations')
  const jobs = { ...shared, SELAH_RUN: 'jobs' }
  expect(names(jobs)).toEqual(['trigger', 'worker'])
  expect(plan(jobs).productEnv).not.toHaveProperty('SELAH_BACKGROUND')
  expect(names({ ...shared, SELAH_RUN: 'all' })).toEqual(['gateway', 'trigger', 'web'])
})

test('a part of Selah does not start without the shared database and storage', () => {
  expect(() => plan({ SELAH_RUN: 'web' })).toThrow(/DATABASE_URL and SUPABASE_URL/)
  expect(() => plan({ ...supabase, SELAH_RUN: 'jobs' })).toThrow(/DATABASE_URL must/)
  expect(() => plan({ SELAH_RUN: 'some' })).toThrow(/SELAH_RUN/)
})
