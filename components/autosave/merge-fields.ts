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

/** What was typed and not yet saved, with the values it was typed over. */
export type Draft<F extends Fields> = { typed: Partial<F>; over: Partial<F> }

/**
 * What a kept draft means for the fields as the server has them now. `isInConflict`: a field was changed elsewhere
 * after it was typed here, so a person has to decide.
 */
export function applyDraft<F extends Fields>(
  server: F,
  draft: Draft<F>,
): { fields: F; isInConflict: boolean } {
  const fields = { ...server }
  let isInConflict = false
  for (const key in draft.typed) {
    const typed = draft.typed[key]
    if (typed === undefined || !(key in server)) continue
    if (typed !== server[key] && draft.over[key] !== server[key]) isInConflict = true
    fields[key] = typed
  }
  return { fields, isInConflict }
}
