type LockedPackage = {
  version?: string
  resolved?: string
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
  [key: string]: unknown
}

export type LockFile = { packages: Record<string, LockedPackage>; [key: string]: unknown }

const systems = [
  'darwin',
  'linux',
  'win32',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'android',
  'openharmony',
]
const processors = [
  'x64',
  'arm64',
  'arm',
  'ia32',
  'ppc64',
  'riscv64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
]

/**
 * Adds the optional platform builds that npm left out of the lock because the registry did not have them;
 * without these entries `npm ci` refuses the lock everywhere. Removes the addresses of registries, so
 * that the lock works with any of them. Adds only exact versions.
 */
export function fillLock(lock: LockFile): { filled: LockFile; added: string[] } {
  const packages: Record<string, LockedPackage> = {}
  for (const [key, { resolved: _, ...locked }] of Object.entries(lock.packages)) packages[key] = locked

  const added: string[] = []
  for (const [key, locked] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      if (isResolved(packages, key, name) || !/^\d+\.\d+\.\d+/.test(version)) continue
      packages[`node_modules/${name}`] = { version, optional: true, ...platformFromName(name) }
      added.push(`${name}@${version}`)
    }
  }

  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
  return { filled: { ...lock, packages: sorted }, added }
}

/** Whether a package is found as Node does it: in the nearest node_modules first, then in each one above. */
function isResolved(packages: Record<string, LockedPackage>, from: string, name: string): boolean {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    if (packages[`${base ? `${base}/` : ''}node_modules/${name}`]) return true
    if (!base) return false
  }
}

function platformFromName(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/_.]/)
  const os = systems.find((system) => words.includes(system))
  const cpu = processors.find((processor) => words.includes(processor))
  const libc = libcOf(words)
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc && os === 'linux' ? { libc: [libc] } : {}),
    ...(os ? { os: [os] } : {}),
  }
}

function libcOf(words: string[]): string | undefined {
  if (words.some((word) => word.startsWith('musl'))) return 'musl'
  return words.some((word) => word.startsWith('gnu')) ? 'glibc' : undefined
}
