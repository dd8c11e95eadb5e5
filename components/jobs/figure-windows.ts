/** The time ranges of the figures, by the name that the address gives them. */
export const figureWindows = [
  { hours: 1, label: 'lastHour', short: '1h' },
  { hours: 24, label: 'hours24', short: '24h' },
  { hours: 168, label: 'days7', short: '7d' },
] as const
