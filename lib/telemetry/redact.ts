const MAX_TEXT = 4000
const MAX_ATTRIBUTES = 64

const secretName = /(authorization|api[-_]?key|secret|password|cookie|token)$/i
const secretsInText: [RegExp, string][] = [
  [/([?&]token=)[^&\s"']+/g, '$1…'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/g, '$1 …'],
  [/\b(sb_secret_|tr_dev_|tr_prod_|selah_|sk-)[A-Za-z0-9_-]{8,}/g, '$1…'],
  [/(postgres(?:ql)?:\/\/[^:\s/]+:)[^@\s]+@/g, '$1…@'],
]

/** Text that is safe to store: without signed tokens, keys and passwords, and of limited length. */
export function redactText(text: string): string {
  const bounded = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text
  return secretsInText.reduce((kept, [pattern, replacement]) => kept.replace(pattern, replacement), bounded)
}

/** Attributes that are safe to store: plain values only, redacted, at most 64 of them. */
export function redactAttributes(attributes: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(attributes).slice(0, MAX_ATTRIBUTES)) {
    if (value === undefined || value === null) continue
    if (secretName.test(name)) kept[name] = '…'
    else if (typeof value === 'number' || typeof value === 'boolean') kept[name] = value
    else kept[name] = redactText(typeof value === 'string' ? value : JSON.stringify(value))
  }
  return kept
}
