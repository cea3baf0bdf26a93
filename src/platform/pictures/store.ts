import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '../ids.ts'

/** The folder of pictures below DATA_DIR. */
export const pictureFolder = (dataDir: string) => join(dataDir, 'pictures')

/** Where a picture of this hash lies, in one of 256 folders. */
export const pictureFile = (dataDir: string, sha256: string) =>
  join(pictureFolder(dataDir), sha256.slice(0, 2), `${sha256}.jpg`)

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Writes a picture to disk, whole or not at all. One that is there already is left as it is. */
export async function keepFile(dataDir: string, sha256: string, bytes: Uint8Array): Promise<void> {
  const file = pictureFile(dataDir, sha256)
  if (await isThere(file)) return
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const part = `${file}.${newId()}.part`
  const handle = await open(part, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
  // A rename is durable only after an fsync of its folder.
  const folder = await open(dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}

/** Marks a file as just wanted, so that whoever sweeps leaves it alone. */
function isThere(file: string): Promise<boolean> {
  const now = new Date()
  return utimes(file, now, now).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}

/**
 * Removes a file unless it was wanted since `writtenBeforeMs`. It is put aside first: whoever wants it from then on finds none, and
 * writes it anew. @returns whether it was removed
 */
export async function removeUnwanted(path: string, writtenBeforeMs: number): Promise<boolean> {
  const aside = `${path}.${newId()}.swept`
  await rename(path, aside)
  const { mtimeMs } = await stat(aside)
  if (mtimeMs < writtenBeforeMs) await rm(aside)
  else await rename(aside, path)
  return mtimeMs < writtenBeforeMs
}

/** A file of the folder of pictures. */
export interface PictureFile {
  name: string
  path: string
  /** Of a picture where it belongs; null: anything else. */
  sha256: string | null
  /** Of a picture that `removeUnwanted` had put aside when its process was killed. */
  asideOf: string | null
  writtenMs: number
}

/** The files of one of the 256 folders. */
export async function filesIn(dataDir: string, folder: string): Promise<PictureFile[]> {
  const path = join(pictureFolder(dataDir), folder)
  const names = await readdir(path).catch(() => [])
  const files: PictureFile[] = []
  for (const name of names) {
    const { mtimeMs } = await stat(join(path, name)).catch(() => ({ mtimeMs: Number.NaN }))
    if (Number.isNaN(mtimeMs)) continue
    const sha256 = /^([0-9a-f]{64})\.jpg$/.exec(name)?.[1] ?? null
    const asideOf = /^([0-9a-f]{64})\.jpg\.[^.]+\.swept$/.exec(name)?.[1] ?? null
    files.push({ name, path: join(path, name), sha256, asideOf, writtenMs: mtimeMs })
  }
  return files
}

export const folderNames = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))
