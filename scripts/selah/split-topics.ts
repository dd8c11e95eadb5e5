/** The topics in an option or a cell, separated by commas or semicolons; undefined without any. */
export function splitTopics(text: string | undefined): string[] | undefined {
  const names = (text ?? '')
    .split(/[,;]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.length > 0 ? names : undefined
}
