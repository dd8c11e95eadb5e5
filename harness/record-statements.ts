import type { SQL } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'

/** `db` with every statement that is sent by `execute` kept in `sent`. */
export function recordStatements(db: Database): { db: Database; sent: SQL[] } {
  const sent: SQL[] = []
  const record = (target: Database): Database =>
    new Proxy(target, {
      get(own, key) {
        if (key === 'execute') {
          return (statement: SQL) => {
            sent.push(statement)
            return own.execute(statement)
          }
        }
        const value: unknown = Reflect.get(own, key)
        return typeof value === 'function' ? value.bind(own) : value
      },
    })
  return { db: record(db), sent }
}
