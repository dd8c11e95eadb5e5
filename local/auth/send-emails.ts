import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from 'pg'
import { createMailChannel } from '#lib/alerts/mail-channel.ts'
import { inTransaction } from './auth-context.ts'

export interface MailSettings {
  smtpUrl: string
  from: string
}

/** How often the outbox is read. */
const everyMs = 1_000
/** When an email that the mail server did not take is tried again. */
const retryMs = 60_000

interface QueuedEmail {
  id: string
  recipient: string
  subject: string
  body_text: string
}

/**
 * Sends the emails of the outbox. What was sent is erased from it, because its links sign people in; what cannot be sent
 * within a day is deleted. Returns a function that stops it and waits for the email that is being sent.
 */
export function sendEmails(pool: Pool, settings: MailSettings): () => Promise<void> {
  const stopped = new AbortController()
  const running = repeat(pool, settings, stopped.signal)
  return async () => {
    stopped.abort()
    await running
  }
}

async function repeat(pool: Pool, settings: MailSettings, signal: AbortSignal): Promise<void> {
  /** When each email that could not be sent is due again. */
  const dueAtMs = new Map<string, number>()
  while (!signal.aborted) {
    const waiting = [...dueAtMs].filter(([, atMs]) => atMs > Date.now()).map(([id]) => id)
    let email: QueuedEmail | undefined
    try {
      email = await takeOldest(pool, waiting)
      if (email) await sendOne(pool, settings, email)
      if (email) dueAtMs.delete(email.id)
    } catch (error) {
      if (email) dueAtMs.set(email.id, Date.now() + retryMs)
      // Not to whom: the log is no list of listeners.
      console.warn(`An email was not sent: ${error instanceof Error ? error.message : error}`)
    }
    if (!email) await delay(everyMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** Marks the oldest email as sent before it is: a process that ends between the two must not send it twice. */
function takeOldest(pool: Pool, waiting: string[]): Promise<QueuedEmail | undefined> {
  return inTransaction(pool, async (tx) => {
    await tx.query(`delete from auth_local.outbox where created_at < now() - interval '1 day'`)
    const { rows } = await tx.query<QueuedEmail>(
      `update auth_local.outbox set sent_at = now()
        where id = (select id from auth_local.outbox where sent_at is null and not (id = any($1::uuid[]))
                     order by created_at, id limit 1 for update skip locked)
       returning id, recipient, subject, body_text`,
      [waiting],
    )
    return rows[0]
  })
}

/** Throws when the mail server does not take the email; it then waits in the outbox, unless the server will never take it. */
async function sendOne(
  pool: Pool,
  { smtpUrl, from }: MailSettings,
  { id, recipient, subject, body_text: body }: QueuedEmail,
): Promise<void> {
  try {
    await createMailChannel({ smtpUrl, from, to: recipient }).send({ id, subject, body })
  } catch (error) {
    if (!isRefused(error)) {
      await pool.query('update auth_local.outbox set sent_at = null where id = $1', [id])
      throw error
    }
    console.warn(`The mail server does not take an email: ${error.message}`)
  }
  await pool.query(`update auth_local.outbox set body_text = '', link = null where id = $1`, [id])
}

/** Whether the mail server answered that it will never take it, such as for an address that does not exist. */
function isRefused(error: unknown): error is Error {
  return error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500
}
