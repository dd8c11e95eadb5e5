// Loaded by `--import` into every process of a measured installation: the database publishes its transactions there.
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'

const file = process.env.SELAH_MEASURED_TRANSACTIONS
if (file) {
  subscribe('selah:database-transaction', (transaction) => {
    appendFileSync(file, `${JSON.stringify(transaction)}\n`)
  })
}
