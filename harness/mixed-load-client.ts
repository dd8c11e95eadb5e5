/**
 * A client process for `gateway-load.int.test.ts`: mixed work on a small pool, every returned
 * value compared with the parameters of its query. Reports to its parent over IPC.
 */
import { Pool, type PoolClient } from 'pg'
import { z } from 'zod'
import { randomNumbers } from '#harness/random-numbers.ts'

const orderSchema = z.object({
  connectionString: z.string(),
  client: z.number().int(),
  operations: z.number().int(),
  connections: z.number().int(),
  inFlight: z.number().int(),
})

export type LoadOrder = z.infer<typeof orderSchema>

export interface LoadReport {
  operations: number
  wrong: string[]
  errors: string[]
  increments: number
}

const hungAfterMs = 90_000
const counters = 5

process.once('message', (message) => {
  runLoad(orderSchema.parse(message)).then((report) => {
    process.send?.(report)
    process.disconnect()
  })
})

async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const random = randomNumbers(order.client * 7919)
  const pool = new Pool({ connectionString: order.connectionString, max: order.connections })
  const report: LoadReport = { operations: 0, wrong: [], errors: [], increments: 0 }
  const expect = (what: string, actual: unknown, expected: unknown): void => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      report.wrong.push(
        `${what}: ${JSON.stringify(actual)?.slice(0, 200)} instead of ${JSON.stringify(expected)?.slice(0, 200)}`,
      )
    }
  }
  const operations = [
    plainSelect,
    plainSelect,
    namedSelect,
    namedSelect,
    increment,
    increment,
    failedTransaction,
    tenantRead,
    tenantRead,
    failedSelect,
    severalStatements,
    longAnswer,
    longParameter,
  ]

  async function plainSelect(): Promise<void> {
    const values = [
      random(1e9),
      `text ${random(1e9)}`,
      { at: random(1e9), list: [order.client, null, 'é😀'] },
    ]
    const { rows } = await pool.query('select $1::int as number, $2::text as text, $3::jsonb as json', values)
    expect('plain', rows, [{ number: values[0], text: values[1], json: values[2] }])
  }

  async function namedSelect(): Promise<void> {
    const [a, b] = [random(1e6), random(1e3)]
    // The same name is a different statement in every process.
    const { rows } = await pool.query({
      name: 'the same name',
      text: `select $1::int + $2::int as sum, ${order.client} as client`,
      values: [a, b],
    })
    expect('named', rows, [{ sum: a + b, client: order.client }])
  }

  async function increment(): Promise<void> {
    const counter = random(counters)
    const kept = random(4) > 0
    await withClient(async (client) => {
      await client.query('begin')
      const { rows } = await client.query<{ value: number }>('select value from counters where id = $1', [
        counter,
      ])
      const value = rows[0]?.value ?? Number.NaN
      const updated = await client.query('update counters set value = $2 where id = $1 returning value', [
        counter,
        value + 1,
      ])
      expect('increment', updated.rows, [{ value: value + 1 }])
      await client.query('insert into increments (client, counter) values ($1, $2)', [order.client, counter])
      await client.query(kept ? 'commit' : 'rollback')
      if (kept) report.increments += 1
    })
  }

  async function failedTransaction(): Promise<void> {
    await withClient(async (client) => {
      await client.query('begin')
      await client.query('update counters set value = value + 1000000 where id = $1', [random(counters)])
      expect('error in transaction', await codeOf(client.query('select 1 / $1::int', [0])), '22012')
      expect('after the error', await codeOf(client.query('select 1')), '25P02')
      await client.query('rollback')
      const { rows } = await client.query('select $1::text as still', ['usable'])
      expect('after the rollback', rows, [{ still: 'usable' }])
    })
  }

  async function tenantRead(): Promise<void> {
    const tenant = random(20)
    await withClient(async (client) => {
      await client.query('begin')
      await client.query('set local role tenant')
      await client.query("select set_config('app.tenant', $1, true)", [String(tenant)])
      const { rows } = await client.query(
        'select distinct tenant, current_user::text as role from tenant_rows',
      )
      expect('tenant', rows, [{ tenant, role: 'tenant' }])
      await client.query(random(2) === 0 ? 'commit' : 'rollback')
    })
    const { rows } = await pool.query(
      "select current_user::text as role, current_setting('app.tenant', true) as tenant",
    )
    expect('outside the tenant', [rows[0]?.role, rows[0]?.tenant ?? ''], ['postgres', ''])
  }

  async function failedSelect(): Promise<void> {
    const expected = random(2) === 0 ? '22012' : '42P01'
    const query =
      expected === '22012'
        ? pool.query('select $1::int / 0', [random(9)])
        : pool.query('select * from nowhere')
    expect('error', await codeOf(query), expected)
  }

  async function severalStatements(): Promise<void> {
    const number = random(1e6)
    const results = await pool.query(`select ${number} as a; select ${number + 1} as b`)
    const list: unknown[] = Array.isArray(results) ? results.map((result) => result.rows[0]) : []
    expect('several', list, [{ a: number }, { b: number + 1 }])
  }

  async function longAnswer(): Promise<void> {
    const [count, factor] = [1 + random(random(10) === 0 ? 4_000 : 200), random(1_000)]
    const { rows } = await pool.query<{ n: number; text: string }>(
      'select n * $2 as n, repeat($3, 20) as text from generate_series(1, $1::int) n',
      [count, factor, String(order.client)],
    )
    expect('rows', rows.length, count)
    expect(
      'sum',
      rows.reduce((sum, row) => sum + Number(row.n), 0),
      (factor * count * (count + 1)) / 2,
    )
    expect('text', new Set(rows.map((row) => row.text)).size, 1)
  }

  async function longParameter(): Promise<void> {
    const bytes = Buffer.alloc(1_000 + random(random(10) === 0 ? 300_000 : 10_000), random(256))
    const { rows } = await pool.query<{ bytes: Buffer }>('select $1::bytea as bytes', [bytes])
    expect('bytes', rows[0]?.bytes.equals(bytes), true)
  }

  async function withClient(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await pool.connect()
    let broken = true
    try {
      await work(client)
      broken = false
    } finally {
      client.release(broken)
    }
  }

  async function runOperations(): Promise<void> {
    while (report.operations < order.operations) {
      report.operations += 1
      const operation = operations[random(operations.length)] ?? plainSelect
      const timer = setTimeout(() => {
        report.errors.push(`hung: ${operation.name}`)
        process.send?.(report)
        process.exit(1)
      }, hungAfterMs)
      try {
        await operation()
      } catch (error) {
        report.errors.push(`${operation.name}: ${error}`)
      } finally {
        clearTimeout(timer)
      }
    }
  }

  await Promise.all(Array.from({ length: order.inFlight }, runOperations))
  await pool.end()
  return report
}

async function codeOf(query: Promise<unknown>): Promise<string> {
  try {
    await query
    return 'no error'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
