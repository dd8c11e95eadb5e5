export type BrowserName = 'Chrome' | 'Edge' | 'Firefox' | 'Opera' | 'Safari'
export type SystemName = 'Android' | 'ChromeOS' | 'iPad' | 'iPhone' | 'Linux' | 'macOS' | 'Windows'

// The order matters: most browsers also name the ones they imitate.
const browsers: [RegExp, BrowserName][] = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\b(OPR|OPT)\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/.*Safari\//, 'Safari'],
]
const systems: [RegExp, SystemName][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** The browser and the system that a `User-Agent` header names; null for what it does not name. */
export function readUserAgent(userAgent: string): {
  browser: BrowserName | null
  system: SystemName | null
} {
  return { browser: find(browsers, userAgent), system: find(systems, userAgent) }
}

function find<Name>(patterns: readonly [RegExp, Name][], text: string): Name | null {
  return patterns.find(([pattern]) => pattern.test(text))?.[1] ?? null
}
