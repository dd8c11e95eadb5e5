import { spawnSync } from 'node:child_process'
import { statfsSync } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { sermons } from '#lib/db/schema.ts'
import { connectJobEngine } from '#lib/jobs/connect-job-engine.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'
import { type Installation, startInstallation } from '../crash-matrix/installation.ts'
import {
  type Acknowledged,
  checkAcknowledged,
  createToken,
  sendRecording,
  sendText,
} from './acknowledged-work.ts'
import type { FaultResult } from './fault-result.ts'
import type { FaultSetting } from './kill-randomly.ts'

const MIB = 1024 * 1024
const diskMib = 1024
const reserveMib = 64
const textsOnFullDisk = 20
const answersWithinMs = 60_000

/** Fills the disk of the data folder at an upload, at an encode and at a write of the database. */
export async function fillDisk({ folder, env, recording, print }: FaultSetting): Promise<FaultResult> {
  const fault = 'full disk at upload, encode and database write'
  // Temporary files are on the same disk as the data, as on most machines.
  const disk = folder
  await mkdir(disk, { recursive: true })
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMib}m`, 'tmpfs', disk])
  if (mounted.status !== 0) {
    return { fault, skipped: 'Only root may mount the small disk that it needs.', problems: [], figures: {} }
  }
  try {
    const installation = await startInstallation({
      folder,
      env: { ...env, SELAH_DISK_RESERVE_MB: String(reserveMib), SELAH_BACKUPS_KEEP: '0' },
    })
    try {
      return { fault, ...(await tryFullDisk(installation, { disk, recording, print })) }
    } finally {
      await installation.stop()
    }
  } finally {
    spawnSync('umount', ['-l', disk])
  }
}

async function tryFullDisk(
  installation: Installation,
  { disk, recording, print }: { disk: string } & Pick<FaultSetting, 'recording' | 'print'>,
): Promise<Pick<FaultResult, 'problems' | 'figures'>> {
  const { services, url, churchId } = installation
  const acknowledged: Acknowledged = { texts: [], recordings: [] }
  const problems: string[] = []
  const expectThat = (isTrue: boolean, otherwise: string) => {
    if (!isTrue) problems.push(otherwise)
  }
  const send = () => sendRecording(installation, { recording, hasCaptions: true }, acknowledged)
  const token = await createToken(installation)

  await fill(disk, { leaveMib: reserveMib / 2 })
  print('the disk is full but for half of the reserve')
  const refusal = await send().then(
    () => 'accepted',
    (error: unknown) => String(error),
  )
  expectThat(
    refusal.includes('The disk'),
    `an upload to a full disk was not refused with a reason: ${refusal}`,
  )
  expectThat((await fetch(url)).ok, 'a page could not be read while the disk was full')
  await createToken(installation)
  await sendText({ url, token }, acknowledged)
  await free(disk)

  const engine = connectJobEngine(services.env)
  await engine.pauseQueue('task/prepare-media')
  const sermonId = await send()
  await fill(disk, { leaveMib: reserveMib / 2 })
  await engine.resumeQueue('task/prepare-media')
  print('an encode begins on a full disk')
  const mediaOf = async () => (await services.db.select().from(sermons).where(eq(sermons.id, sermonId)))[0]
  const waits = await within(answersWithinMs, async () =>
    JSON.stringify((await mediaOf())?.mediaError ?? {}).includes('The disk is full'),
  )
  expectThat(waits, 'an encode on a full disk did not wait with its reason')
  expectThat((await mediaOf())?.mediaStatus === 'pending', 'an encode on a full disk failed')
  await free(disk)
  await reprocessSermon(services, { sermonId, churchId, redo: [] })

  await fill(disk, { leaveMib: 0 })
  print('the database writes to a full disk')
  let refused = 0
  for (let count = 0; count < textsOnFullDisk; count += 1) {
    await sendText({ url, token }, acknowledged).catch(() => {
      refused += 1
    })
  }
  const pages = await Promise.all(
    Array.from({ length: 10 }, () =>
      fetch(url, { signal: AbortSignal.timeout(30_000) }).then(
        ({ ok }) => ok,
        () => false,
      ),
    ),
  )
  await free(disk)
  const freedMs = performance.now()
  await installation.waitUntilHealthy()
  const recoveredMs = performance.now() - freedMs
  await send()
  const checked = await checkAcknowledged(installation, acknowledged)
  return {
    problems: [...problems, ...checked.problems],
    figures: {
      'confirmed texts': acknowledged.texts.length,
      'confirmed recordings': acknowledged.recordings.length,
      'texts refused while the database could not write': `${refused} of ${textsOnFullDisk}`,
      'pages read while the database could not write': `${pages.filter(Boolean).length} of ${pages.length}`,
      'healthy after there was space again': `${(recoveredMs / 1000).toFixed(1)} s`,
    },
  }
}

const fillerName = 'of-another-program'

/** Writes a file that leaves only so much space on the disk. */
async function fill(disk: string, { leaveMib }: { leaveMib: number }): Promise<void> {
  const file = await open(path.join(disk, fillerName), 'a')
  try {
    for (let pieceBytes = MIB; pieceBytes >= 4096; ) {
      const { bavail, bsize } = statfsSync(disk)
      const leftBytes = bavail * bsize - leaveMib * MIB
      if (leftBytes < pieceBytes) {
        pieceBytes /= 2
        continue
      }
      await file.appendFile(Buffer.alloc(pieceBytes))
    }
  } finally {
    await file.close()
  }
}

const free = (disk: string) => rm(path.join(disk, fillerName))

async function within(limitMs: number, isTrue: () => Promise<boolean>): Promise<boolean> {
  const deadlineMs = performance.now() + limitMs
  while (performance.now() < deadlineMs) {
    if (await isTrue()) return true
    await delay(200)
  }
  return false
}
