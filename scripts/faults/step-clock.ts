import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { startInstallation } from '../crash-matrix/installation.ts'
import {
  type Acknowledged,
  checkAcknowledged,
  createToken,
  sendRecording,
  sendText,
} from './acknowledged-work.ts'
import type { FaultResult } from './fault-result.ts'
import type { FaultSetting } from './kill-randomly.ts'

const HOUR_MS = 3_600_000
/** Where the clock is set, one after the other, in relation to the real one. */
const steps = { 'two hours ahead': 2 * HOUR_MS, 'one hour back': -HOUR_MS, 'right again': 0 }

/** Sets the clock of all processes forward and back while sermons are being processed. */
export async function stepClock({ folder, env, recording, print }: FaultSetting): Promise<FaultResult> {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, 'clock-ahead-ms')
  await writeFile(file, '0')
  const clock = pathToFileURL(path.join(import.meta.dirname, 'shifted-clock.mjs')).href
  const installation = await startInstallation({
    folder,
    env: { ...env, NODE_OPTIONS: `--import=${clock}`, SELAH_FAULTS_CLOCK: file },
  })
  const acknowledged: Acknowledged = { texts: [], recordings: [] }
  const problems: string[] = []
  const figures: FaultResult['figures'] = {}
  try {
    for (const [name, aheadMs] of Object.entries(steps)) {
      const token = await createToken(installation)
      const sent = { url: installation.url, token }
      await sendRecording(installation, { recording, hasCaptions: false }, acknowledged)
      await sendText(sent, acknowledged)
      await writeFile(file, String(aheadMs))
      const steppedMs = performance.now()
      print(`the clock is ${name}`)
      // A token may have ended with the step, but signing in must work.
      await sendText({ ...sent, token: await createToken(installation) }, acknowledged)
      const checked = await checkAcknowledged(installation, acknowledged)
      problems.push(...checked.problems.map((problem) => `clock ${name}: ${problem}`))
      figures[`all processed after the clock was ${name}`] =
        `${((performance.now() - steppedMs) / 1000).toFixed(1)} s`
    }
  } finally {
    await installation.stop()
  }
  return { fault: 'clock steps', problems, figures }
}
