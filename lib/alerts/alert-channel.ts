/** An alert as it is sent. `body` is plain text for mail and JSON for a webhook. */
export type Notice = { id: string; subject: string; body: string }

/** A way to reach the operator. `send` rejects when it is not certain that the notice arrived. */
export interface AlertChannel {
  channel: 'mail' | 'webhook'
  send(notice: Notice): Promise<void>
}
