import { asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import sharp from 'sharp'
import { encodeImage, openImage } from '#lib/artwork/open-image.ts'
import type { ChurchProfile } from '#lib/churches/church-profile-input.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, churches, churchProfiles } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

const LOGO_WIDTH_PX = 640
const LOGO_HEIGHT_PX = 320
const MIN_LOGO_PX = 32
const MAX_PIXELS = 25_000_000

type Who = { churchId: string; actorId: string }

/** The logo of a church as pages show it. */
export type ChurchLogo = { src: string; widthPx: number; heightPx: number }

/** A church as every visitor sees it. */
export type PublicChurch = ChurchProfile & { id: string; name: string; logo: ChurchLogo | null }

/** The church whose home page this installation shows: its first. Null before there is one. */
export async function readPublicChurch({ db }: { db: Database }): Promise<PublicChurch | null> {
  return readFirst(db, undefined)
}

/** The profile of a church. Throws `not_found` when there is no such church. */
export async function readChurchProfile(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<PublicChurch> {
  const church = await readFirst(db, eq(churches.id, churchId))
  if (!church) throw new AppError('not_found', 'This church does not exist any more.')
  return church
}

async function readFirst(db: Database, condition: SQL | undefined): Promise<PublicChurch | null> {
  // The image itself is needed only where it is sent.
  const { logo, ...columns } = getTableColumns(churchProfiles)
  const [row] = await db
    .select({
      id: churches.id,
      name: churches.name,
      profile: columns,
      hasLogo: sql<boolean>`${logo} is not null`,
    })
    .from(churches)
    .leftJoin(churchProfiles, eq(churchProfiles.churchId, churches.id))
    .where(condition)
    .orderBy(asc(churches.createdAt), asc(churches.id))
    .limit(1)
  if (!row) return null
  const { id, name, profile, hasLogo } = row
  const { logoWidthPx, logoHeightPx } = profile ?? {}
  return {
    id,
    name,
    description: profile?.description ?? '',
    serviceTimes: profile?.serviceTimes ?? '',
    website: profile?.website ?? '',
    colour: profile?.colour ?? '',
    logo:
      profile && hasLogo && logoWidthPx && logoHeightPx
        ? {
            src: `/api/v1/church/logo?church=${id}&v=${profile.updatedAt.getTime().toString(36)}`,
            widthPx: logoWidthPx,
            heightPx: logoHeightPx,
          }
        : null,
  }
}

/** Stores what a church says about itself. */
export async function saveChurchProfile(
  { db }: { db: Database },
  { churchId, actorId, profile }: Who & { profile: ChurchProfile },
): Promise<void> {
  await store(db, { churchId, actorId }, profile)
}

/**
 * Stores the logo of a church, as a PNG of at most 640 × 320 pixels with its transparency, and without an empty border;
 * null removes it. Throws `unsupported_media` when it is no image, and `unprocessable` when it is too small.
 */
export async function saveChurchLogo(
  { db }: { db: Database },
  { churchId, actorId, image }: Who & { image: Uint8Array | null },
): Promise<void> {
  const logo = image && (await toLogo(image))
  await store(
    db,
    { churchId, actorId },
    {
      logo: logo?.bytes ?? null,
      logoWidthPx: logo?.widthPx ?? null,
      logoHeightPx: logo?.heightPx ?? null,
    },
  )
}

/** The logo of a church as a PNG, with its version. Throws `not_found` when it has none. */
export async function findChurchLogo(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<{ version: string; read: () => Promise<Uint8Array<ArrayBuffer>> }> {
  const [row] = await db
    .select({
      updatedAt: churchProfiles.updatedAt,
      hasLogo: sql<boolean>`${churchProfiles.logo} is not null`,
    })
    .from(churchProfiles)
    .where(eq(churchProfiles.churchId, churchId))
  if (!row?.hasLogo) throw noLogo()
  return {
    version: row.updatedAt.getTime().toString(36),
    read: async () => {
      const [found] = await db
        .select({ logo: churchProfiles.logo })
        .from(churchProfiles)
        .where(eq(churchProfiles.churchId, churchId))
      if (!found?.logo) throw noLogo()
      return new Uint8Array(found.logo)
    },
  }
}

const noLogo = () => new AppError('not_found', 'This church has no logo.')

async function store(
  db: Database,
  { churchId, actorId }: Who,
  columns: Partial<typeof churchProfiles.$inferInsert>,
): Promise<void> {
  const set = { ...columns, updatedAt: new Date() }
  await db.transaction(async (tx) => {
    await tx
      .insert(churchProfiles)
      .values({ churchId, ...set })
      .onConflictDoUpdate({ target: churchProfiles.churchId, set })
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'church.profile-changed', subject: churchId })
  })
}

async function toLogo(image: Uint8Array): Promise<{ bytes: Buffer; widthPx: number; heightPx: number }> {
  const { picture, widthPx, heightPx } = await openImage(image, { maxPixels: MAX_PIXELS })
  if (Math.min(widthPx, heightPx) < MIN_LOGO_PX) throw tooSmall(widthPx, heightPx)
  // Finding the border needs all of a picture in memory, so it is made smaller before.
  const smaller = await encodeImage(
    picture
      .resize(2 * LOGO_WIDTH_PX, 2 * LOGO_WIDTH_PX, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .png({ compressionLevel: 1 }),
  )
  const logo = await encodeImage(
    sharp(smaller.bytes)
      .trim()
      .resize(LOGO_WIDTH_PX, LOGO_HEIGHT_PX, { fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 9 }),
  )
  if (Math.min(logo.widthPx, logo.heightPx) < MIN_LOGO_PX) throw tooSmall(logo.widthPx, logo.heightPx)
  return logo
}

const tooSmall = (widthPx: number, heightPx: number) =>
  new AppError(
    'unprocessable',
    `Without its border this image is ${widthPx} × ${heightPx} pixels. Use one with at least ${MIN_LOGO_PX} pixels on each side.`,
    { reason: 'church.logo_size' },
  )
