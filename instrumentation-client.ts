declare global {
  var __zod_globalConfig: { jitless?: boolean } | undefined
}

// Zod tries `new Function` once, which the content security policy refuses and browsers report, unless it is told
// before it is loaded that it may not.
globalThis.__zod_globalConfig = { jitless: true }

export {}
