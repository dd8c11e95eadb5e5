/** A client process that is killed during its work: it reports over IPC when it has reached `where`, and waits. */
import { Client } from 'pg'
import { buildMessage, frontend } from '../local/database/build-messages.ts'

process.once(
  'message',
  (message: { connectionString: string; where: 'transaction' | 'batch' | 'flush' | 'query' }) => {
    vanish(message.connectionString, message.where).catch((error: unknown) => {
      console.error(error)
      process.exit(1)
    })
  },
)

async function vanish(connectionString: string, where: string): Promise<void> {
  const client = new Client({ connectionString })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('listen "left behind"')
  await client.query({ name: 'left behind', text: 'select 1' })
  const lost = "insert into lost (note) values ('never committed')"
  const noParameters = Buffer.alloc(2)
  const insert = [
    buildMessage(frontend.parse, '', lost, noParameters),
    buildMessage(frontend.bind, '', '', Buffer.alloc(6)),
    buildMessage(frontend.execute, '', Buffer.alloc(4)),
  ]
  switch (where) {
    case 'transaction':
      await client.query('begin')
      await client.query(lost)
      break
    case 'query':
      await client.query('begin')
      await client.query(lost)
      void client.query('select pg_sleep(0.2)').catch(() => undefined)
      break
    case 'flush':
      // Executed, but without the Sync that would commit it.
      client.connection.stream.write(Buffer.concat([...insert, buildMessage(frontend.flush)]))
      await new Promise((resolve) => client.connection.once('commandComplete', resolve))
      break
    default:
      // Half a batch: the gateway must not give it the session.
      client.connection.stream.write(Buffer.concat(insert))
  }
  process.send?.('there')
}
