import { useTranslations } from '#components/messages/use-translations.ts'

const barWidth = 3
const pitch = 4
const height = 22

/** How often something happened in each part of seven days, oldest first, as a chart and as text. */
export function Sparkline({ counts }: { counts: readonly number[] }) {
  const t = useTranslations('jobs')
  const total = counts.reduce((sum, count) => sum + count, 0)
  const perDay = Math.round(counts.length / 7)
  const lately = counts.slice(-perDay).reduce((sum, count) => sum + count, 0)
  const width = counts.length * pitch
  return (
    <svg
      role="img"
      aria-label={t('sparkline', { total, lately })}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fill="none"
      strokeWidth={barWidth}
      className="max-w-full stroke-danger"
    >
      <path d={`M0 ${height - 0.5}H${width}`} strokeWidth={1} className="stroke-line" />
      <path d={drawBars(counts)} />
    </svg>
  )
}

/** One path for all bars: a page shows a hundred of these. */
export function drawBars(counts: readonly number[]): string {
  const highest = Math.max(1, ...counts)
  return counts
    .map((count, index) => {
      if (count === 0) return ''
      const barHeight = Math.max(2, Math.round((count / highest) * (height - 1)))
      return `M${index * pitch + barWidth / 2} ${height - 1}v-${barHeight}`
    })
    .join('')
}
