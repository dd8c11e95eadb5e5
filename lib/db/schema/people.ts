import { sql } from 'drizzle-orm'
import {
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

const createdAt = () => timestamp({ withTimezone: true }).notNull().defaultNow()

/** How many days questions of listeners are kept where a church says nothing else. */
export const DEFAULT_QUESTION_DAYS = 90

export const churches = pgTable('churches', {
  id: uuid().primaryKey().defaultRandom(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  /** The IANA name of the zone in which the church reads and enters times. */
  timeZone: text().notNull().default('UTC'),
  /** The language of its sermons unless they say otherwise, as a tag of BCP 47. */
  language: text().notNull().default('en'),
  /** How many days the questions of listeners are kept. */
  keepQuestionsDays: integer().notNull().default(DEFAULT_QUESTION_DAYS),
  /** Where a person in distress finds help; null for the text of the product. */
  careHelp: text(),
  /** The highest season that a series of it ever had. A trigger raises it with each new series. */
  lastSeason: integer().notNull().default(0),
  createdAt: createdAt(),
}).enableRLS()

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** What the home page shows of a church besides its name. A church without a row shows only the name. */
export const churchProfiles = pgTable('church_profiles', {
  churchId: uuid()
    .primaryKey()
    .references(() => churches.id, { onDelete: 'cascade' }),
  description: text().notNull().default(''),
  /** Lines such as `Sundays 9:00 and 11:00`. */
  serviceTimes: text().notNull().default(''),
  /** The address of its website; empty for none. */
  website: text().notNull().default(''),
  /** Of its clips and images of quotes, as `#rrggbb`; empty for that of each sermon. */
  colour: text().notNull().default(''),
  /** A PNG; null for none. */
  logo: bytea(),
  logoWidthPx: integer(),
  logoHeightPx: integer(),
  updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
}).enableRLS()

/** One row per person; the id is the id of the Supabase Auth user. */
export const profiles = pgTable('profiles', {
  id: uuid().primaryKey(),
  email: text().notNull(),
  displayName: text().notNull().default(''),
  createdAt: createdAt(),
}).enableRLS()

export type Role = 'owner' | 'editor' | 'viewer'

export const memberships = pgTable(
  'memberships',
  {
    churchId: uuid()
      .notNull()
      .references(() => churches.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    role: text().$type<Role>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.churchId, table.userId] }), index().on(table.userId)],
).enableRLS()

/** When and on which device a session of Auth was last used. Rows that were not used for long are pruned. */
export const sessionUses = pgTable('session_uses', {
  /** The id that Auth gave the session. */
  sessionId: uuid().primaryKey(),
  userAgent: text(),
  lastUsedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  /** When the second factor was given in it. */
  secondFactorAt: timestamp({ withTimezone: true }),
}).enableRLS()

/** The authenticator app of a person. */
export const secondFactors = pgTable('second_factors', {
  userId: uuid()
    .primaryKey()
    .references(() => profiles.id, { onDelete: 'cascade' }),
  /** The key of the codes, encrypted with a key of the installation. */
  secret: text().notNull(),
  /** Null until a first code was given: sign-ins ask for a code only from then on. */
  confirmedAt: timestamp({ withTimezone: true }),
  /** The time step of the last accepted code: none works twice. */
  lastStep: integer().notNull().default(0),
  /** SHA-256 of the recovery codes that were not used. */
  recoveryHashes: text().array().notNull().default(sql`'{}'::text[]`),
  createdAt: createdAt(),
}).enableRLS()

export type TokenScope = 'read' | 'write' | 'operate'

/** Bearer tokens for the HTTP API; only the SHA-256 of a token is stored. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: uuid()
      .notNull()
      .references(() => churches.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    tokenHash: text().notNull(),
    hint: text().notNull(),
    scope: text().$type<TokenScope>().notNull().default('operate'),
    /** When its member gave the password for it; null for one that a session or another token created. */
    signedInAt: timestamp({ withTimezone: true }),
    createdAt: createdAt(),
    lastUsedAt: timestamp({ withTimezone: true }),
    expiresAt: timestamp({ withTimezone: true }),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (table) => [uniqueIndex().on(table.tokenHash), index().on(table.churchId)],
).enableRLS()

export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid().primaryKey().defaultRandom(),
    churchId: uuid().references(() => churches.id, { onDelete: 'cascade' }),
    actorId: uuid(),
    action: text().notNull(),
    subject: text().notNull(),
    details: jsonb().$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
    createdAt: createdAt(),
  },
  (table) => [
    index().on(table.churchId, table.createdAt),
    index().on(table.churchId, table.action, table.createdAt),
  ],
).enableRLS()

/** The settings and state of this installation; exactly one row. */
export const installation = pgTable('installation', {
  id: text().primaryKey().default('this'),
  setUpAt: timestamp({ withTimezone: true }),
  setUpTokenHash: text(),
  samplesImportedAt: timestamp({ withTimezone: true }),
  samplesRemovedAt: timestamp({ withTimezone: true }),
}).enableRLS()
