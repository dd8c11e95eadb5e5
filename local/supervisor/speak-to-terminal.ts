const serious = /\b(error|fatal|warn(ing)?|panic|cannot|could not|refus\w*|unhandled)\b/i
/** A service in trouble may print thousands of lines; the rest is in its log. */
const relayedPerMinute = 20

export interface Terminal {
  /** Prints our own message to stderr: stdout is for the one line with the address. */
  say(line: string): void
  announce(line: string): void
  /** A line of a service: shown once in a row when it is important, or always when everything was requested. */
  relay(service: string, line: string, isError: boolean): void
}

/** Prints messages for the person who started Selah. */
export function speakToTerminal({ everything }: { everything: boolean }): Terminal {
  let minute = 0
  let relayed = 0
  // Services that come up side by side complain about each other at first; a failed start shows its reasons.
  let isUp = false
  const mayRelay = () => {
    const now = Math.floor(Date.now() / 60_000)
    if (now !== minute) relayed = 0
    minute = now
    relayed += 1
    return relayed <= relayedPerMinute
  }
  // A service that cannot start says the same with every attempt.
  const last = new Map<string, string>()
  const isNew = (service: string, line: string) => {
    if (last.get(service) === line) return false
    last.set(service, line)
    return true
  }
  return {
    say: (line) => process.stderr.write(`${line}\n`),
    announce(line) {
      isUp = true
      process.stdout.write(`${line}\n`)
    },
    relay(service, line, isError) {
      if (everything || (isUp && isImportant(line, isError) && isNew(service, line) && mayRelay()))
        process.stderr.write(`[${service}] ${line}\n`)
    },
  }
}

/** Errors and warnings, but not the frames of a stack or a service's everyday talk. */
export function isImportant(line: string, isError: boolean): boolean {
  return isError && serious.test(line) && !/^\s+at /.test(line)
}
