import type { Pool } from 'pg'
import { z } from 'zod'
import { describeObject } from './describe-object.ts'
import { type ObjectRow, objectColumns } from './object-rows.ts'

const columns = {
  name: 'name',
  created_at: 'created_at',
  updated_at: 'updated_at',
  last_accessed_at: 'last_accessed_at',
}

export const listFolderSchema = z.object({
  prefix: z.string().max(1024).default(''),
  limit: z.number().int().min(1).max(10_000).default(100),
  offset: z.number().int().min(0).default(0),
  search: z.string().max(1024).nullish(),
  sortBy: z
    .object({
      column: z.enum(['name', 'created_at', 'updated_at', 'last_accessed_at']).catch('name'),
      order: z.enum(['asc', 'desc']).catch('asc'),
    })
    .partial()
    .nullish(),
})

/** Lists one folder: its folders first (without id), then its objects, named without the prefix. */
export async function listFolder(
  pool: Pool,
  bucketId: string,
  input: z.infer<typeof listFolderSchema>,
): Promise<Record<string, unknown>[]> {
  const folder = input.prefix === '' ? '' : `${input.prefix.replace(/\/+$/, '')}/`
  const order = input.sortBy?.order === 'desc' ? 'desc' : 'asc'
  const column = columns[input.sortBy?.column ?? 'name']
  const { rows } = await pool.query<ObjectRow & { entry: string; is_folder: boolean }>(
    `with below as (
       select ${objectColumns}, substr(name, char_length($2) + 1) as rest
         from storage.objects where bucket_id = $1 and starts_with(name, $2)
     ), entries as (
       select distinct split_part(rest, '/', 1) as entry, true as is_folder, null::uuid as id
         from below where position('/' in rest) > 0
       union all
       select rest, false, id from below where position('/' in rest) = 0
     )
     select e.entry, e.is_folder, o.*
       from entries e left join (select ${objectColumns} from storage.objects) o on o.id = e.id
      where starts_with(lower(e.entry), lower($3))
      order by e.is_folder desc, ${column === 'name' ? '' : `o.${column} ${order},`} e.entry collate "C" ${order}
      limit $4 offset $5`,
    [bucketId, folder, input.search ?? '', input.limit, input.offset],
  )
  return rows.map(({ entry, is_folder, ...row }) =>
    is_folder
      ? { name: entry, id: null, updated_at: null, created_at: null, last_accessed_at: null, metadata: null }
      : { ...describeObject(row), name: entry },
  )
}
