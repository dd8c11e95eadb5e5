/** The CLI. It uses the HTTP API, except to copy a data folder. With `--json` it prints only JSON on stdout. */
import path from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { z } from 'zod'
import { describeSandbox, findSandbox } from '#lib/media/sandbox.ts'
import { loadEnvironmentFiles } from '../local/supervisor/read-supervisor-settings.ts'
import { archiveCommands } from './selah/archive-commands.ts'
import { backupCommands } from './selah/backup-commands.ts'
import { checkStoredFiles, describeStoredFiles } from './selah/check-stored-files.ts'
import {
  type Api,
  ApiError,
  connectApi,
  findUrl,
  readRuntime,
  saveCredential,
  signIn,
} from './selah/connect-api.ts'
import { createPrompt } from './selah/create-prompt.ts'
import { describeFailure } from './selah/describe-failure.ts'
import { feedCommands } from './selah/feed-commands.ts'
import { givenPath } from './selah/given-path.ts'
import { importRecordings } from './selah/import-recordings.ts'
import { importSermon } from './selah/import-sermon.ts'
import { importTexts } from './selah/import-texts.ts'
import { isSameInstallation } from './selah/is-same-installation.ts'
import { jobCommands } from './selah/job-commands.ts'
import { peopleCommands } from './selah/people-commands.ts'
import { readStandardInput, scriptureOfLines } from './selah/print-scripture.ts'
import { fetchTranscript, formatTranscript, readFormat } from './selah/print-transcript.ts'

const usage = `Usage: npm run --silent selah -- <command> [options]

  login                          sign in and save the token
  import <audio> [--transcript file] [--title t] [--speaker s] [--series s] [--date yyyy-mm-dd]
                 [--topics "a, b"] [--scripture ref] [--language tag] [--publish] [--wait]
                 [--shift]
                                 other details are read from the tags and the file name;
                                 --shift accepts captions that begin at an offset, and shifts
                                 them to the start
  import <index.csv> [the same]  recordings listed in a CSV file with a header of audio and any of
                                 transcript,title,speaker,series,topics,date,scripture,description,
                                 language
  import <file.txt | folder | index.csv> --text-only [--scripture ref] [the same]
                                 texts without a recording; a CSV file has a header of any of
                                 file,title,speaker,series,topics,date,scripture,description,language
  transcript <sermon> [--format vtt | srt | txt | json]
                                 print the transcript of a sermon
  search <words> [--limit n]     find passages in sermons
  ask <question> [--sermon id]   answer in the preacher's own words
  runs [--status s] [--limit n]  list runs of background jobs
  retry <run>                    retry the work of a run
  rerun-step <step>              run one step again, and the steps that depend on it
  events [--state s] [--limit n] list requests to the job engine
  dead-letters                   list failed work, grouped by its error
  redrive <fingerprint> [--dry-run] [--per-second n]
  discard <fingerprint>          discard dead letters permanently
  queues                         list queued and running work by queue
  pause <queue>, resume <queue>  pause or resume a queue
  scripture --lines              find the Bible references in each line of standard input (no server needed)
  feed check [url]               check a podcast feed: its tags, its cover and its newest audio
                                 (default: the feed of the church)
  users invite <email> [--role owner | editor | viewer]
                                 add a member and print the link for their password
  tokens [list]                  list API tokens, with their last use
  tokens create <name> [--scope read | write | operate] [--days n]
                                 create an API token (by default to write, for a year)
  tokens revoke <id>             revoke an API token immediately
  reset-password <email> [--second-factor]
                                 print a link for a new password (on this machine only);
                                 --second-factor also turns the second factor off
  backup [--to folder]           back up this machine's data folder; Selah keeps running.
                                 --to s3://bucket/folder stores it in S3 (AWS_… variables)
  restore <backup> --into <data folder>
                                 restore a backup, a folder or s3://…, into an empty data folder
  export --to <folder>           copy rows, accounts and files into an archive, to move between the
                                 embedded and the hosted edition; an interrupted export continues
  import-archive <folder>        store an archive in an installation that is not set up yet, and
                                 compare everything; an interrupted import continues
  doctor [--remove-orphans]      check the health of every service and the stored files

Every command takes --json. SELAH_URL selects the server (default: this machine). Sign in with
SELAH_TOKEN, or with SELAH_OWNER_EMAIL and SELAH_OWNER_PASSWORD.`

const searchSchema = z.object({
  results: z.array(
    z.object({ title: z.string(), slug: z.string(), startMs: z.number(), text: z.string() }).loose(),
  ),
})
const quoteSchema = z.object({ title: z.string(), startMs: z.number(), text: z.string() }).loose()
const answerSchema = z
  .object({
    refused: z.boolean(),
    answer: z.string().nullable(),
    quotes: z.array(quoteSchema),
    nearest: z.array(quoteSchema),
  })
  .loose()
const runsSchema = z.object({
  runs: z.array(
    z
      .object({
        id: z.string(),
        taskId: z.string(),
        status: z.string(),
        createdAt: z.string(),
        attempt: z.number(),
      })
      .loose(),
  ),
})
const healthSchema = z.object({
  status: z.string(),
  services: z.record(
    z.string(),
    z.object({ mode: z.string(), state: z.string(), detail: z.string().optional() }).loose(),
  ),
})

const options = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  transcript: { type: 'string' },
  title: { type: 'string' },
  speaker: { type: 'string' },
  series: { type: 'string' },
  topics: { type: 'string' },
  date: { type: 'string' },
  scripture: { type: 'string' },
  language: { type: 'string' },
  'text-only': { type: 'boolean', default: false },
  publish: { type: 'boolean', default: false },
  wait: { type: 'boolean', default: false },
  shift: { type: 'boolean', default: false },
  limit: { type: 'string' },
  format: { type: 'string' },
  to: { type: 'string' },
  role: { type: 'string' },
  scope: { type: 'string' },
  days: { type: 'string' },
  'second-factor': { type: 'boolean', default: false },
  into: { type: 'string' },
  sermon: { type: 'string' },
  status: { type: 'string' },
  state: { type: 'string' },
  lines: { type: 'boolean', default: false },
  'per-second': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'remove-orphans': { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options']

// The same files as for `npm start`, so that both use the same data folder and owner.
if (process.env.SELAH_ENV_FILES !== '0') loadEnvironmentFiles(path.resolve(import.meta.dirname, '..'))

const { values, positionals } = readArguments()
const [command, ...rest] = positionals

/** Returns the parsed arguments. Reports invalid ones, as JSON with `--json`, and exits. */
function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    fail(error, process.argv.includes('--json'))
    process.exit()
  }
}

function fail(error: unknown, asJson: boolean): void {
  const failure = describeFailure(error)
  if (asJson) console.log(JSON.stringify({ error: failure }))
  else console.error(failure.message)
  process.exitCode = 1
}

function print(value: unknown, human: string): void {
  console.log(values.json ? JSON.stringify(value, null, 2) : human)
}

const clock = (ms: number) =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`
const quoteLine = (quote: z.infer<typeof quoteSchema>) =>
  `“${quote.text}”\n   ${quote.title}, ${clock(quote.startMs)}`

async function withApi<Result>(use: (api: Api) => Promise<Result>): Promise<Result> {
  const api = await connectApi()
  try {
    return await use(api)
  } finally {
    await api.close()
  }
}

function required(value: string | undefined, what: string): string {
  if (value) return value
  throw new Error(`${what} is missing.\n\n${usage}`)
}

const commands: Record<string, () => Promise<void>> = {
  ...peopleCommands({ rest, values, withApi, print, required }),
  ...backupCommands({ rest, values, print, required }),
  ...archiveCommands({ rest, values, print, required }),
  ...feedCommands({ rest, print }),
  ...jobCommands({ rest, values, withApi, print, required }),

  async login() {
    const url = await findUrl()
    const prompt = createPrompt()
    const email = process.env.SELAH_OWNER_EMAIL || (await prompt.ask('Email address: '))
    const password = process.env.SELAH_OWNER_PASSWORD || (await prompt.ask('Password: ', { isSecret: true }))
    const login = { email, password, lifeSeconds: 90 * 24 * 3600 }
    const { token } = await signIn(url, login).catch(async (error: unknown) => {
      if (!(error instanceof ApiError) || error.code !== 'auth.code_needed') throw error
      return signIn(url, { ...login, code: await prompt.ask('Code of your authenticator app: ') })
    })
    prompt.close()
    await saveCredential(url, token)
    print({ url, signedIn: true }, `Signed in to ${url}.`)
  },

  async import() {
    const file = givenPath(required(rest[0], 'The audio file'))
    const transcript = values.transcript === undefined ? undefined : givenPath(values.transcript)
    let last = ''
    const report = (message: string) => {
      if (message !== last) process.stderr.write(`${message}\n`)
      last = message
    }
    if (values['text-only']) {
      const { title, speaker, series, topics, date, scripture, language, publish, wait } = values
      const details = { title, speaker, series, topics, date, scripture, language }
      const {
        imported: sermons,
        skipped,
        refused,
      } = await withApi((api) =>
        importTexts(api, file, { publish, wait, details }, values.json ? () => {} : report),
      )
      const lines = refused.map((sentence) => `Not imported: ${sentence}`)
      const counts = `Imported: ${sermons.length}, skipped: ${skipped.length}`
      print({ sermons, skipped, refused }, [counts, ...lines].join('\n'))
      if (refused.length > 0 || sermons.some(({ facets }) => facets.index === 'failed')) process.exitCode = 1
      return
    }
    if (file.toLowerCase().endsWith('.csv')) {
      const { imported: sermons, skipped } = await withApi((api) =>
        importRecordings(api, file, { ...values, transcript }, values.json ? () => {} : report),
      )
      print({ sermons, skipped }, `Imported: ${sermons.length}, skipped: ${skipped.length}`)
      const hasFailed = sermons.some(({ facets }) => Object.values(facets).includes('failed'))
      if (hasFailed || skipped.length > 0) process.exitCode = 1
      return
    }
    const sermon = await withApi((api) =>
      importSermon(api, file, { ...values, transcript }, values.json ? () => {} : report),
    )
    print(sermon, values.wait ? JSON.stringify(sermon, null, 2) : `Uploaded: ${sermon.id}`)
    if (Object.values(sermon.facets).includes('failed')) process.exitCode = 1
  },

  async transcript() {
    const sermonId = required(rest[0], 'The id of the sermon')
    const format = values.json ? 'json' : readFormat(values.format)
    const transcript = await withApi((api) => fetchTranscript(api, sermonId, format))
    console.log(formatTranscript(transcript, format))
    if (transcript.draft && !values.json) {
      console.error('This is a draft of a speech recogniser: about one word in four may be wrong.')
    }
  },

  async search() {
    const query = new URLSearchParams({
      q: required(rest.join(' '), 'The search text'),
      limit: values.limit ?? '10',
    })
    const found = searchSchema.parse(await withApi((api) => api.request('GET', `/api/v1/search?${query}`)))
    print(found, found.results.map(quoteLine).join('\n\n') || 'Nothing found.')
  },

  async ask() {
    const question = required(rest.join(' '), 'The question')
    const body = { question, ...(values.sermon ? { sermonId: values.sermon } : {}) }
    const answer = answerSchema.parse(await withApi((api) => api.request('POST', '/api/v1/ask', body)))
    const isAnswered = answer.quotes.length > 0
    const quotes = (isAnswered ? answer.quotes : answer.nearest).map(quoteLine).join('\n\n')
    const reply = answer.refused ? 'Not preached here yet.' : 'Nothing answers this directly.'
    print(answer, isAnswered ? quotes : `${reply}${quotes ? `\n\nThe nearest moments:\n\n${quotes}` : ''}`)
  },

  async runs() {
    const query = new URLSearchParams({
      limit: values.limit ?? '20',
      ...(values.status ? { status: values.status } : {}),
    })
    const found = runsSchema.parse(await withApi((api) => api.request('GET', `/api/v1/runs?${query}`)))
    print(
      found,
      found.runs
        .map((run) => `${run.createdAt}  ${run.status.padEnd(10)} ${run.taskId.padEnd(16)} ${run.id}`)
        .join('\n'),
    )
  },

  async retry() {
    const run = required(rest[0], 'The run')
    const started = await withApi((api) =>
      api.request('POST', `/api/v1/runs/${encodeURIComponent(run)}/retry`),
    )
    print(started, `Queued again: ${JSON.stringify(started)}`)
  },

  async scripture() {
    if (!values.lines) throw new Error(`Add --lines and pass the lines on standard input.\n\n${usage}`)
    for (const piece of scriptureOfLines(await readStandardInput())) process.stdout.write(piece)
  },

  async doctor() {
    const url = await findUrl()
    const { health, storedFiles } = await withApi(async (api) => ({
      health: healthSchema.parse(await api.request('GET', '/api/health')),
      storedFiles: await checkStoredFiles(api, { remove: values['remove-orphans'] }),
    }))
    const runtime = await readRuntime()
    const here = runtime && isSameInstallation(runtime.url, url) ? runtime : null
    const mediaSandbox = here ? await findSandbox() : null
    print(
      {
        ...{ url, ...health, storedFiles, mediaSandbox, runsAs: here?.runsAs ?? null },
        ...{ databaseUrl: here?.databaseUrl ?? null, triggerUrl: here?.triggerUrl ?? null },
      },
      [
        `${url} is ${health.status}`,
        ...Object.entries(health.services).map(
          ([name, { mode, state, detail }]) =>
            `  ${name.padEnd(11)} ${mode.padEnd(7)} ${state}${detail ? `  ${detail}` : ''}`,
        ),
        ...(here?.runsAs ? [`  runs as: ${here.runsAs}`] : []),
        ...(mediaSandbox ? [`  media sandbox: ${describeSandbox(mediaSandbox)}`] : []),
        describeStoredFiles(storedFiles),
      ].join('\n'),
    )
    if (health.status !== 'ok') process.exitCode = 1
  },
}

try {
  const run = command === undefined ? undefined : commands[command]
  if (values.help) print({ usage }, usage)
  else if (run) await run()
  else throw new Error(command === undefined ? usage : `There is no command “${command}”.\n\n${usage}`)
} catch (error) {
  fail(error, values.json)
}
