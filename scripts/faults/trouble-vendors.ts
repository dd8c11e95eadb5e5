import { startInstallation } from '../crash-matrix/installation.ts'
import type { SpeechServer } from '../crash-matrix/serve-speech.ts'
import { type Acknowledged, checkAcknowledged, sendRecording } from './acknowledged-work.ts'
import type { FaultResult } from './fault-result.ts'
import type { FaultSetting } from './kill-randomly.ts'

const manners = { slow: 1, truncated: 2, failing: 2 } as const

/** Lets the speech service answer slowly, with half an answer, and with errors, and then well. */
export async function troubleVendors(
  { folder, env, recording, print }: FaultSetting,
  speech: Pick<SpeechServer, 'behave'>,
): Promise<FaultResult> {
  const installation = await startInstallation({ folder, env })
  const problems: string[] = []
  const figures: FaultResult['figures'] = {}
  try {
    for (const manner of ['slow', 'truncated', 'failing'] as const) {
      const acknowledged: Acknowledged = { texts: [], recordings: [] }
      speech.behave(manner, manners[manner])
      const sentMs = performance.now()
      await sendRecording(installation, { recording, hasCaptions: false }, acknowledged)
      const checked = await checkAcknowledged(installation, acknowledged)
      problems.push(...checked.problems.map((problem) => `${manner} service: ${problem}`))
      if (checked.requestedAgain > 0) problems.push(`${manner} service: the work was not retried`)
      figures[`transcribed by a ${manner} service after`] =
        `${((performance.now() - sentMs) / 1000).toFixed(1)} s`
      print(`a ${manner} speech service`)
    }
  } finally {
    await installation.stop()
  }
  return { fault: 'slow, truncated and failing speech service', problems, figures }
}
