import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

const RECONNECT_MS = 1000
const CONNECT_TIMEOUT_MS = 20_000
/** The connection is probed after this much silence, because a dropped connection may not report an error. */
const PROBE_AFTER_MS = 30_000
/** Limits how long `stop` waits for a server that does not answer. */
const STOP_WITHIN_MS = 1000

export interface ChannelListener {
  stop(): Promise<void>
}

/**
 * Listens on a channel of the database (`pg_notify`) on its own connection, and reconnects until stopped.
 * `onNotice` gets the payload of each notification, and null whenever listening starts or restarts, because
 * notifications may have been missed before. `onLost` is called when the connection breaks. A transaction
 * pooler in between delivers no notifications, so callers must not rely on them alone.
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
  let stopWaiting: () => void = () => {}

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
        // Callers also poll from time to time, and the next connection reports that notifications were missed.
      }
      opened.end().catch(() => {})
      if (stopped) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, RECONNECT_MS)
        stopWaiting = () => {
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
      stopWaiting()
      const ended = client?.end().catch(() => {})
      await Promise.race([Promise.all([ended, listening]), delay(STOP_WITHIN_MS, undefined, { ref: false })])
    },
  }
}
