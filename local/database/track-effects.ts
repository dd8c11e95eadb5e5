import { hasEffects, noEffects, type SqlEffects } from './sql-effects.ts'

/**
 * Records what the prepared statements and portals of one connection change when they are executed: a client may
 * prepare `LISTEN jobs` once and execute it many times, or never.
 */
export class EffectTracker {
  readonly #statements = new Map<string, SqlEffects>()
  readonly #portals = new Map<string, SqlEffects>()

  parse(statement: string, effects: SqlEffects): void {
    remember(this.#statements, statement, effects)
  }

  bind(portal: string, statement: string): void {
    remember(this.#portals, portal, this.#statements.get(statement) ?? noEffects)
  }

  execute(portal: string): SqlEffects {
    return this.#portals.get(portal) ?? noEffects
  }

  closeStatement(statement: string): void {
    this.#statements.delete(statement)
  }
}

function remember(map: Map<string, SqlEffects>, name: string, effects: SqlEffects): void {
  if (hasEffects(effects)) map.set(name, effects)
  else map.delete(name)
}
