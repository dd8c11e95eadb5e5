const barWidth = 3
const gap = 1
const height = 22

/** How often something happened in each part of seven days, oldest first. The sentence says the same. */
export function Sparkline({ counts }: { counts: readonly number[] }) {
  const highest = Math.max(1, ...counts)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const perDay = counts.length / 7
  const today = counts.slice(-Math.round(perDay)).reduce((sum, count) => sum + count, 0)
  return (
    <svg
      role="img"
      aria-label={`${total} in the last seven days, ${today} of them in the last 24 hours`}
      width={counts.length * (barWidth + gap)}
      height={height}
      className="max-w-full text-danger"
    >
      {counts.map((count, index) => {
        const barHeight = count === 0 ? 1 : Math.max(2, (count / highest) * height)
        return (
          <rect
            key={String(index)}
            x={index * (barWidth + gap)}
            y={height - barHeight}
            width={barWidth}
            height={barHeight}
            rx={1}
            fill="currentColor"
            opacity={count === 0 ? 0.25 : 0.85}
          />
        )
      })}
    </svg>
  )
}
