/**
 * The parameters of an address by name: a text each, or a list where the name occurs several times. A schema that
 * expects one text therefore refuses a repeated parameter.
 */
export function readQuery(params: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name)
      const [first = ''] = values
      return [name, values.length === 1 ? first : values]
    }),
  )
}
