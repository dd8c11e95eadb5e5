import type { Pool } from 'pg'
import { z } from 'zod'
import { describeObject } from './describe-object.ts'
import { type ObjectRow, objectColumns } from './object-rows.ts'
import { StorageError } from './storage-error.ts'

const maxEntries = 1000
const sortSchema = z.object({
  column: z.enum(['name', 'created_at', 'updated_at']).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
})
type Sort = z.infer<typeof sortSchema>

/** The last entry of a page, and the order of the first page, which later pages keep. */
const cursorSchema = sortSchema.extend({ name: z.string(), sortedAt: z.iso.datetime() })
type Cursor = z.infer<typeof cursorSchema>

export const listPageSchema = z.object({
  prefix: z.string().max(1024).default(''),
  limit: z.number().int().min(1).default(maxEntries),
  cursor: z.string().max(4000).nullish(),
  with_delimiter: z.boolean().nullish(),
  sortBy: sortSchema.nullish(),
  exactMatch: z.boolean().nullish(),
  noncurrentVersions: z.enum(['exclude', 'include', 'only']).nullish(),
  deleteMarkers: z.enum(['exclude', 'include', 'only']).nullish(),
})

/** The answer of `list-v2`. A folder is a shared prefix of names that ends with `/`. */
export interface ObjectPage {
  hasNext: boolean
  nextCursor?: string
  nextCursorKey?: string
  folders: Record<string, unknown>[]
  objects: Record<string, unknown>[]
}

export const emptyPage: ObjectPage = { hasNext: false, folders: [], objects: [] }

interface Entry {
  /** The full name; a folder's name ends with `/`. */
  name: string
  sorted_at: Date
  /** Null for a folder. */
  object: ObjectRow | null
}

/**
 * Returns one page of the objects whose names start with a prefix. With a delimiter, objects below a folder are
 * replaced by the folder. Throws StorageError `InvalidRequest` for a malformed cursor.
 */
export async function listPage(
  pool: Pool,
  bucketId: string,
  input: z.infer<typeof listPageSchema>,
): Promise<ObjectPage> {
  // Here every object has one version, and there are no delete markers.
  if (input.noncurrentVersions === 'only' || input.deleteMarkers === 'only') return emptyPage
  const after = input.cursor ? decodeCursor(input.cursor) : undefined
  const sort: Sort = after ?? input.sortBy ?? { column: 'name', order: 'asc' }
  const limit = Math.min(input.limit, maxEntries)
  const entries = await selectEntries(pool, bucketId, { ...input, sort, after, limit: limit + 1 })

  const page = entries.slice(0, limit)
  const last = page.at(-1)
  const hasNext = entries.length > limit && last !== undefined
  // In a listing of folders a key is relative to the folder of the prefix, without a trailing slash.
  const folderLength = input.with_delimiter ? input.prefix.lastIndexOf('/') + 1 : 0
  const keyOf = (name: string) => name.slice(folderLength).replace(/\/$/, '')
  return {
    hasNext,
    ...(hasNext ? { nextCursor: encodeCursor(sort, last), nextCursorKey: last.name } : {}),
    folders: page.flatMap(({ name, object }) => (object ? [] : [{ name, key: keyOf(name) }])),
    objects: page.flatMap(({ name, object }) =>
      object ? [{ ...describeObject(object), key: keyOf(name) }] : [],
    ),
  }
}

async function selectEntries(
  pool: Pool,
  bucketId: string,
  input: z.infer<typeof listPageSchema> & { sort: Sort; after: Cursor | undefined; limit: number },
): Promise<Entry[]> {
  const { column, order } = input.sort
  // A folder has the time of its oldest object. When sorting by name every entry has the same time, so the name decides.
  const time =
    column === 'name' ? `'epoch'::timestamptz` : `case when is_folder then created_at else ${column} end`
  const { rows } = await pool.query<Entry>(
    `with below as (
       select ${objectColumns}, rest, $3 and position('/' in rest) > 0 as is_folder
         from storage.objects, lateral (select substr(name, char_length($2) + 1) as rest) as below_prefix
        where bucket_id = $1 and ${input.exactMatch ? 'name = $2' : 'starts_with(name, $2)'}
     ), entries as (
       select case when is_folder then $2 || split_part(rest, '/', 1) || '/' else name end collate "C" as name,
              is_folder,
              date_trunc('milliseconds', min(${time})) as sorted_at
         from below
        group by 1, 2
     )
     select e.name, e.sorted_at, case when e.is_folder then null else to_jsonb(o) end as object
       from entries e left join below o on not e.is_folder and o.name = e.name and not o.is_folder
      where $5::text is null
         or (e.sorted_at, e.name) ${order === 'asc' ? '>' : '<'} ($6::timestamptz, $5 collate "C")
      order by e.sorted_at ${order}, e.name ${order}
      limit $4`,
    [
      bucketId,
      input.prefix,
      input.with_delimiter ?? false,
      input.limit,
      input.after?.name ?? null,
      input.after?.sortedAt ?? null,
    ],
  )
  return rows
}

function encodeCursor(sort: Sort, last: Entry): string {
  const cursor: Cursor = { ...sort, name: last.name, sortedAt: last.sorted_at.toISOString() }
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

function decodeCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw new StorageError('InvalidRequest', 'Invalid Parameter continuation token')
  }
}
