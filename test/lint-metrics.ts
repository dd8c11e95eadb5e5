type Family = { name: string; help: string | undefined; type: string | undefined; samples: Sample[] }
type Sample = { name: string; labels: Map<string, string>; value: number }

const types = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped'])
/** Units that must be replaced by their base unit. */
const scaledUnits =
  /_(?:milliseconds|microseconds|minutes|hours|days|kilobytes|megabytes|bits|percent)(?:_|$)/
const abbreviatedUnits = /_(?:s|ms|us|ns|sec|b|kb|mb|gb|m|h|d)(?:_|$)/

/** Reads Prometheus' text format. Throws for a line that is not part of it and for duplicate declarations. */
export function parseMetrics(text: string): Map<string, Family> {
  const families = new Map<string, Family>()
  const family = (name: string): Family => {
    const known = families.get(name) ?? { name, help: undefined, type: undefined, samples: [] }
    families.set(name, known)
    return known
  }
  const seen = new Set<string>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, kind, declared = '', rest = ''] = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line) ?? []
    if (kind === 'HELP' || kind === 'TYPE') {
      const known = family(declared)
      const field = kind === 'HELP' ? 'help' : 'type'
      if (known[field] !== undefined) throw new Error(`A second ${kind} of ${declared}`)
      if (field === 'type' && known.samples.length > 0)
        throw new Error(`TYPE after the samples of ${declared}`)
      known[field] = rest
      continue
    }
    const sample = parseSample(line)
    const identity = line.slice(0, line.lastIndexOf(' '))
    if (seen.has(identity)) throw new Error(`A second sample of ${identity}`)
    seen.add(identity)
    family(familyOf(families, sample.name)).samples.push(sample)
  }
  return families
}

function parseSample(line: string): Sample {
  const [, name, , given = '', value = ''] =
    /^([a-zA-Z_:][\w:]*)(\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? ([^ ]+)$/.exec(line) ?? []
  const number = Number(value.replace(/^([+-]?)Inf$/, '$1Infinity'))
  if (!name || value === '' || (Number.isNaN(number) && !/^nan$/i.test(value)))
    throw new Error(`Not a sample: ${line}`)
  const pairs = [...given.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)]
  return { name, labels: new Map(pairs.map(([, label = '', text = '']) => [label, text])), value: number }
}

function familyOf(families: ReadonlyMap<string, Family>, name: string): string {
  const base = name.replace(/_(?:bucket|sum|count)$/, '')
  const type = families.get(base)?.type
  return type === 'histogram' || type === 'summary' ? base : name
}

/** Lists the problems that `promtool check metrics` would report, and contradictions in histograms. */
export function lintMetrics(text: string): string[] {
  return [...parseMetrics(text).values()].flatMap((family) => {
    const { name, help, type, samples } = family
    const problems = [
      help === undefined && 'has no help text',
      type === undefined && 'has no type',
      type !== undefined && !types.has(type) && `has the unknown type ${type}`,
      type === 'counter' && !name.endsWith('_total') && 'is a counter without the suffix _total',
      type !== 'counter' && name.endsWith('_total') && 'has the suffix _total and is not a counter',
      type !== 'histogram' &&
        type !== 'summary' &&
        /_(?:bucket|count|sum)$/.test(name) &&
        'has a reserved suffix',
      type !== 'histogram' && samples.some(({ labels }) => labels.has('le')) && 'has the label le',
      type !== 'summary' && samples.some(({ labels }) => labels.has('quantile')) && 'has the label quantile',
      type && name.split('_').includes(type) && 'has its type in its name',
      scaledUnits.test(name) && 'is not in base units',
      abbreviatedUnits.test(name) && 'has an abbreviated unit',
      /[a-z][A-Z]/.test(name) && 'is in camel case',
      name.includes(':') && 'has a colon',
      ...(type === 'histogram' ? contradictions(family) : []),
    ]
    return problems.flatMap((problem) => (problem ? [`${name} ${problem}`] : []))
  })
}

/** Lists decreasing buckets, buckets that do not end with the count, and missing sums. */
function contradictions({ name, samples }: Family): string[] {
  const series = new Map<string, Sample[]>()
  for (const sample of samples) {
    const labels = [...sample.labels].filter(([label]) => label !== 'le').sort()
    const key = JSON.stringify(labels)
    series.set(key, [...(series.get(key) ?? []), sample])
  }
  return [...series].flatMap(([labels, own]) => {
    const values = (suffix: string) => own.filter((sample) => sample.name === `${name}_${suffix}`)
    const buckets = values('bucket').map((sample) => ({
      bound: Number(sample.labels.get('le')?.replace('+Inf', 'Infinity')),
      value: sample.value,
    }))
    const last = buckets.at(-1)
    const isIncreasing = buckets.every(({ bound, value }, index) => {
      const before = buckets[index - 1]
      return !before || (before.bound < bound && before.value <= value)
    })
    return [
      ...(isIncreasing ? [] : [`has buckets that do not increase: ${labels}`]),
      ...(last?.bound === Number.POSITIVE_INFINITY ? [] : [`has no bucket +Inf: ${labels}`]),
      ...(values('count').length === 1 && values('count')[0]?.value === last?.value
        ? []
        : [`has a count that is not its last bucket: ${labels}`]),
      ...(values('sum').length === 1 ? [] : [`has no sum: ${labels}`]),
    ]
  })
}
