import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { AppError } from '#lib/errors.ts'
import { requireDiskSpace } from '#lib/pipeline/require-disk-space.ts'
import { recordProcesses } from '../supervisor/record-processes.ts'

const MIB = 1024 * 1024
const mayMount = process.getuid?.() === 0 && mount('selah-probe')

/** Whether this process may mount a disk. */
function mount(name: string): boolean {
  const probe = path.join(tmpdir(), `${name}-${process.pid}`)
  const made = spawnSync('mkdir', ['-p', probe]).status === 0
  const mounted = made && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe]).status === 0
  if (mounted) spawnSync('umount', [probe])
  spawnSync('rmdir', [probe])
  return mounted
}

describe.skipIf(!mayMount)('a full disk (needs root to mount a small one)', () => {
  let disk: string
  let gateway: TestGateway

  beforeAll(async () => {
    disk = await mkdtemp(path.join(tmpdir(), 'selah-small-disk-'))
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status).toBe(0)
    gateway = await startTestGateway({
      environment: { SELAH_STORAGE_DIR: disk, SELAH_DISK_RESERVE_MB: '8' },
    })
    await storage().createBucket('media')
    const kept = await storage().from('media').upload('kept', Buffer.from('still here'))
    expect(kept.error).toBeNull()
  })

  afterAll(async () => {
    await gateway?.stop()
    spawnSync('umount', [disk])
    await rm(disk, { recursive: true, force: true })
  })

  const client = () =>
    createClient(gateway.url, gateway.secretKey, { auth: { persistSession: false, autoRefreshToken: false } })
  const storage = () => client().storage

  test('refuses an upload that would use the reserve, before it is sent, and says what to do', async () => {
    const { error } = await storage()
      .from('media')
      .upload('large', Buffer.alloc(17 * MIB))
    expect(error).toMatchObject({ statusCode: '507', message: expect.stringContaining('The disk') })

    const created = await fetch(`${gateway.url}/storage/v1/upload/resumable`, {
      method: 'POST',
      headers: {
        apikey: gateway.secretKey,
        'tus-resumable': '1.0.0',
        'upload-length': String(17 * MIB),
        'upload-metadata': `bucketName ${btoa('media')},objectName ${btoa('large')}`,
      },
    })
    expect(created.status).toBe(507)
    expect(await created.text()).toContain('The disk')
  })

  test('keeps reading, storing rows and signing in when another program has filled the disk', async () => {
    await expect(writeFile(path.join(disk, 'of-another-program'), Buffer.alloc(24 * MIB))).rejects.toThrow(
      'ENOSPC',
    )
    const refused = await storage().from('media').upload('small', Buffer.from('x'))
    expect(refused.error).toMatchObject({ statusCode: '507' })
    const read = await storage().from('media').download('kept')
    expect(await read.data?.text()).toBe('still here')
    const email = 'owner@selah.test'
    const password = 'a long enough password'
    expect((await client().auth.admin.createUser({ email, password, email_confirm: true })).error).toBeNull()
    expect((await client().auth.signInWithPassword({ email, password })).error).toBeNull()

    await rm(path.join(disk, 'of-another-program'))
    expect((await storage().from('media').upload('small', Buffer.from('x'))).error).toBeNull()
  })

  test('the supervisor continues when it cannot store its list of processes', async () => {
    await expect(writeFile(path.join(disk, 'of-another-program'), Buffer.alloc(24 * MIB))).rejects.toThrow(
      'ENOSPC',
    )
    const record = recordProcesses(disk)
    for (let pid = 1; pid < 4; pid += 1) record.add('a service', process.pid + pid)
    record.remove(process.pid + 1)
    record.clear()
    await rm(path.join(disk, 'of-another-program'))
  })

  test('processing is postponed and does not fail', async () => {
    const env = { SELAH_DISK_RESERVE_MB: 8 }
    await requireDiskSpace({ env }, { folder: disk, sizeBytes: MIB })
    const waiting = requireDiskSpace({ env }, { folder: disk, sizeBytes: 5 * MIB })
    await expect(waiting).rejects.toBeInstanceOf(AppError)
    await expect(waiting).rejects.toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('The disk'),
    })
  })
})
