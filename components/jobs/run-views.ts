/** The parts of a run, by the name that the address gives them; the result has none. */
export const runViews = [
  { value: '', label: 'result' },
  { value: 'attempts', label: 'attempts' },
  { value: 'payload', label: 'payload' },
  { value: 'logs', label: 'logs' },
  { value: 'trace', label: 'trace' },
] as const

export type RunViewName = (typeof runViews)[number]['value']
