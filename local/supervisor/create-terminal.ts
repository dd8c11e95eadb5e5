const importantPattern = /\b(error|fatal|warn(ing)?|panic|cannot|could not|refus\w*|unhandled)\b/i
/** Limits the output of a failing service; its log has every line. */
const relayedPerMinute = 20

export interface Terminal {
  /** Prints a message of the supervisor to stderr; stdout is only for the line with the address. */
  print(line: string): void
  /** Prints the line with the address to stdout. From now on, important lines of services are printed too. */
  announce(line: string): void
  /** Prints a line of a service if it is important and not a repetition, or always with `everything`. */
  relay(service: string, line: string, isError: boolean): void
}

/** Prints messages for the person who started Selah. */
export function createTerminal({ everything }: { everything: boolean }): Terminal {
  let minute = 0
  let relayed = 0
  // Services that start at the same time cannot reach each other at first. A failed start prints its reasons.
  let isUp = false
  const mayRelay = () => {
    const now = Math.floor(Date.now() / 60_000)
    if (now !== minute) relayed = 0
    minute = now
    relayed += 1
    return relayed <= relayedPerMinute
  }
  // A service that cannot start prints the same line with every attempt.
  const last = new Map<string, string>()
  const isNew = (service: string, line: string) => {
    if (last.get(service) === line) return false
    last.set(service, line)
    return true
  }
  return {
    print: (line) => process.stderr.write(`${line}\n`),
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

/** True for errors and warnings; false for stack frames and ordinary output. */
export function isImportant(line: string, isError: boolean): boolean {
  return isError && importantPattern.test(line) && !/^\s+at /.test(line)
}
