import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

const RECONNECT_MS = 1000
const CONNECT_TIMEOUT_MS = 20_000
/** After this silence the connection is probed: one that was dropped on the way says nothing by itself. */
const PROBE_AFTER_MS = 30_000
/** A server that does not answer must not hold up whoever stops listening. */
const STOP_WITHIN_MS = 1000

export interface ChannelListener {
  stop(): Promise<void>
}

/**
 * Listens on a channel of the database (`pg_notify`) on a connection of its own, for ever. `onNotice` gets
 * what each notice carries, and null whenever listening begins, also anew: anything may have been missed
 * before. `onLost` is called when the connection breaks. A transaction pooler in between delivers nothing, so nobody may rely on notices alone.
 */
export function listenToChannel(options: {
  connectionString: string
  channel: string
  onNotice: (payload: string | null) => void
  onLost?: () => void
}): ChannelListener {
  const { connectionString, channel, onNotice, onLost } = options
  let client: pg.Client | undefined
  let stopped = false
  let wake: () => void = () => {}

  async function listen(): Promise<void> {
    while (!stopped) {
      client = new pg.Client({
        connectionString,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        keepAlive: true,
        keepAliveInitialDelayMillis: PROBE_AFTER_MS,
      })
      const opened = client
      try {
        const lost = new Promise<void>((resolve) => {
          opened.on('error', () => resolve())
          opened.on('end', () => resolve())
        })
        opened.on('notification', ({ payload }) => onNotice(payload ?? ''))
        await opened.connect()
        await opened.query(`listen ${pg.escapeIdentifier(channel)}`)
        onNotice(null)
        await lost
        if (!stopped) onLost?.()
      } catch {
        // Whoever listens looks by itself from time to time; the next connection catches up.
      }
      opened.end().catch(() => {})
      if (stopped) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, RECONNECT_MS)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  const listening = listen()
  return {
    async stop() {
      stopped = true
      wake()
      const ended = client?.end().catch(() => {})
      await Promise.race([Promise.all([ended, listening]), delay(STOP_WITHIN_MS, undefined, { ref: false })])
    },
  }
}
