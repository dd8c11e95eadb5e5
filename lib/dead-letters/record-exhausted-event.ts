import type { Transaction } from '#lib/db/connect-database.ts'
import { recordDeadLetter } from '#lib/dead-letters/record-dead-letter.ts'
import { fingerprintError } from '#lib/describe-error.ts'
import type { ExhaustedEvent } from '#lib/events/forward-events.ts'

/** Records the dead letter of an event that the job engine did not accept. */
export async function recordExhaustedEvent(
  tx: Transaction,
  { event, attempts, error }: ExhaustedEvent,
): Promise<void> {
  await recordDeadLetter(tx, {
    kind: 'event',
    subject: event.id,
    type: event.type,
    churchId: event.churchId,
    sermonId: event.sermonId,
    eventId: event.id,
    fingerprint: fingerprintError(event.type, error),
    reason: `The job engine did not accept this work after ${attempts} attempts: ${error.message}`,
    advice: 'Check that the job engine is reachable, then redrive.',
    details: { error },
  })
}
