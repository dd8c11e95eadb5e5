/** What executed SQL text changes on its connection, apart from its result. */
export interface SqlEffects {
  channelChanges: ChannelChange[]
  /** Null when no setting of the connection can change. */
  settings: SettingsEffect | null
}

export type ChannelChange = { kind: 'listen' | 'unlisten'; channel: string } | { kind: 'unlistenAll' }

export interface SettingsEffect {
  /** Session settings may change, so they must be read again after the transaction. */
  session: boolean
  /** A timeout for the rest of the transaction may change. */
  localTimeout: boolean
  /** Names such as `app.tenant`, which Postgres does not list. */
  customNames: string[]
}

export const noEffects: SqlEffects = { channelChanges: [], settings: null }

export function hasEffects(effects: SqlEffects): boolean {
  return effects.channelChanges.length > 0 || effects.settings !== null
}
