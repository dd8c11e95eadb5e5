import type { FailureReason } from '#components/api/failure-reason.ts'
import { applyDraft, changedFields, type Draft, type Fields, hasFields } from './merge-fields.ts'

const saveAfterMs = 700
const retryDelaysMs = [2000, 5000, 15_000, 30_000] as const

export type SaveState =
  /** Nothing was typed. */
  | { kind: 'clean' }
  | { kind: 'saving' }
  | { kind: 'saved' }
  /** With `retries` it is retried automatically. */
  | { kind: 'not-saved'; reason: FailureReason; retries: boolean }
  /** The same field was changed elsewhere; a person decides. */
  | { kind: 'conflict' }

/** Why a save failed, for a person; `isTemporary` when the same save can succeed later. */
export type SaveFailure = { reason: FailureReason; isTemporary: boolean }

export interface AutosavePorts<F extends Fields> {
  /** Sends changed fields. `isLeaving`: the page may be closed before the answer. Returns the new version. */
  save(changes: Partial<F>, options: { isLeaving: boolean }): Promise<{ version: string }>
  /** Why the fields cannot be saved as they are. */
  refuse(fields: F): FailureReason | null
  explain(error: unknown): SaveFailure
  drafts: {
    read(): Draft<F> | null
    /** Whether it could be kept. */
    write(draft: Draft<F>): boolean
    remove(): void
  }
}

export interface Autosave<F extends Fields> {
  subscribe(listener: () => void): () => void
  getSnapshot(): { fields: F; state: SaveState }
  edit(patch: Partial<F>): void
  /** Saves unsaved changes immediately, because the user leaves the page. */
  flush(): void
  /** The connection is back: retry immediately. */
  wake(): void
  /** Sets the fields of the server at `version`; unsaved text is kept. */
  accept(server: F, version: string): void
  /** In a conflict: saves the text that was typed here. */
  keepMine(): void
  /** Discards unsaved text and uses that of the server. */
  discard(): void
  /** The fields as the server last confirmed them. */
  savedFields(): F
  /** The fields that the server rendered, before any typing and without a stored draft. */
  getServerSnapshot(): { fields: F; state: SaveState }
  /** Whether the unsaved text exists only in this page and would be lost with it. */
  wouldLose(): boolean
}

/**
 * Saves a form while it is edited: a moment after the last change, only changed fields, one save at a time.
 * Until the server has confirmed a text, the browser keeps it as a draft, which the next `createAutosave` of the
 * same form loads.
 */
export function createAutosave<F extends Fields>(
  start: { fields: F; version: string },
  ports: AutosavePorts<F>,
): Autosave<F> {
  let saved = start.fields
  let version = start.version
  const rendered: { fields: F; state: SaveState } = { fields: saved, state: { kind: 'clean' } }
  let snapshot = rendered
  let timer: ReturnType<typeof setTimeout> | null = null
  let inFlight = 0
  let retries = 0
  let isDraftKept = true
  const listeners = new Set<() => void>()

  function publish(patch: Partial<typeof snapshot>) {
    snapshot = { ...snapshot, ...patch }
    for (const listener of listeners) listener()
  }

  function stopTimer() {
    if (timer) clearTimeout(timer)
    timer = null
  }

  function unsaved(): Draft<F> {
    return { typed: changedFields(saved, snapshot.fields), over: changedFields(snapshot.fields, saved) }
  }

  function keepDraft() {
    const draft = unsaved()
    if (hasFields(draft.typed)) isDraftKept = ports.drafts.write(draft)
    else {
      ports.drafts.remove()
      isDraftKept = true
    }
  }

  function schedule(delayMs: number) {
    stopTimer()
    const refusal = ports.refuse(snapshot.fields)
    if (refusal !== null) {
      publish({ state: { kind: 'not-saved', reason: refusal, retries: false } })
      return
    }
    timer = setTimeout(() => {
      timer = null
      void save({ isLeaving: false })
    }, delayMs)
  }

  async function save({ isLeaving }: { isLeaving: boolean }) {
    // The answer to the current save starts the next one.
    if (inFlight > 0 && !isLeaving) return
    const sent = snapshot.fields
    const changes = changedFields(saved, sent)
    if (!hasFields(changes) || ports.refuse(sent) !== null) return
    inFlight += 1
    publish({ state: { kind: 'saving' } })
    try {
      const answer = await ports.save(changes, { isLeaving })
      version = answer.version
      saved = { ...saved, ...changes }
      retries = 0
      keepDraft()
      inFlight -= 1
      if (hasFields(changedFields(saved, snapshot.fields))) schedule(saveAfterMs)
      else publish({ state: { kind: 'saved' } })
    } catch (error) {
      inFlight -= 1
      if (timer) return
      const { reason, isTemporary } = ports.explain(error)
      publish({ state: { kind: 'not-saved', reason, retries: isTemporary } })
      if (!isTemporary) return
      timer = setTimeout(
        () => {
          timer = null
          void save({ isLeaving: false })
        },
        retryDelaysMs[Math.min(retries, retryDelaysMs.length - 1)] ?? 30_000,
      )
      retries += 1
    }
  }

  function loadDraft() {
    const draft = ports.drafts.read()
    if (!draft) return
    const { fields, isInConflict } = applyDraft(saved, draft)
    snapshot = { ...snapshot, fields }
    if (!hasFields(changedFields(saved, fields))) ports.drafts.remove()
    else if (isInConflict) snapshot = { fields, state: { kind: 'conflict' } }
    else {
      snapshot = { fields, state: { kind: 'saving' } }
      schedule(saveAfterMs)
    }
  }

  loadDraft()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => snapshot,
    edit(patch) {
      if (!hasFields(changedFields(snapshot.fields, { ...snapshot.fields, ...patch }))) return
      const fields = { ...snapshot.fields, ...patch }
      const isConflict = snapshot.state.kind === 'conflict'
      publish({ fields, state: isConflict ? { kind: 'conflict' } : { kind: 'saving' } })
      keepDraft()
      if (isConflict) return
      if (hasFields(changedFields(saved, fields))) schedule(saveAfterMs)
      else {
        stopTimer()
        publish({ state: { kind: inFlight > 0 ? 'saving' : 'saved' } })
      }
    },
    flush() {
      if (!timer) return
      stopTimer()
      void save({ isLeaving: true })
    },
    wake() {
      const { state } = snapshot
      if (state.kind !== 'not-saved' || !state.retries) return
      stopTimer()
      void save({ isLeaving: false })
    },
    accept(server, newVersion) {
      // A page that was rendered before the last save is older than the saved fields.
      if (inFlight > 0 || newVersion <= version) return
      const { fields, isInConflict } = applyDraft(server, unsaved())
      version = newVersion
      saved = server
      publish({ fields })
      keepDraft()
      if (!isInConflict) return
      stopTimer()
      publish({ state: { kind: 'conflict' } })
    },
    keepMine() {
      publish({ state: { kind: 'saving' } })
      void save({ isLeaving: false })
    },
    discard() {
      stopTimer()
      publish({ fields: saved, state: { kind: 'clean' } })
      keepDraft()
    },
    savedFields: () => saved,
    getServerSnapshot: () => rendered,
    wouldLose: () => !isDraftKept && hasFields(changedFields(saved, snapshot.fields)),
  }
}
