/** An address of the operator's pages, or of the API they use, with the set parameters of `query`. */
export function jobsPath(path: string, query: Record<string, string | null | undefined> = {}): string {
  const set = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') set.set(name, value)
  }
  return set.size > 0 ? `${path}?${set}` : path
}
