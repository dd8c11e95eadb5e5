/** The fields of a form, each a text. */
export type Fields = Record<string, string>

/** Only the fields that differ from `saved`. */
export function changedFields<F extends Fields>(saved: F, now: F): Partial<F> {
  const changes: Partial<F> = {}
  for (const key in now) if (now[key] !== saved[key]) changes[key] = now[key]
  return changes
}

export function hasFields(changes: Partial<Fields>): boolean {
  return Object.keys(changes).length > 0
}

/** Unsaved text, with the values that it replaced. */
export type Draft<F extends Fields> = { typed: Partial<F>; over: Partial<F> }

/**
 * Applies a stored draft to the fields of the server. `isInConflict`: a field was changed elsewhere after it was
 * typed here, so the user has to decide.
 */
export function applyDraft<F extends Fields>(
  server: F,
  draft: Draft<F>,
): { fields: F; isInConflict: boolean } {
  const fields = { ...server }
  let isInConflict = false
  for (const key in draft.typed) {
    const typed = draft.typed[key]
    if (typed === undefined) continue
    if (typed !== server[key] && draft.over[key] !== server[key]) isInConflict = true
    fields[key] = typed
  }
  return { fields, isInConflict }
}
