/** Old workbooks (.xls), OpenDocument sheets and web pages named .xls, made into .xlsx by LibreOffice. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DomainError } from '../errors.ts'
import { corrupt, type FileLimits, notASpreadsheet, tooLarge } from './limits.ts'

const convertMs = 60_000

/** Memory that looks like a folder where there is one: an uploaded list is never written to a disk in clear. */
const sharedMemory = '/dev/shm'

/**
 * @param soffice path of LibreOffice's `soffice`, as configured; without it the file is refused, saying what to do
 * @throws DomainError `file.needs_conversion`, `file.corrupt`, `file.too_large`, `file.not_a_spreadsheet`
 */
export async function convertToXlsx(
  data: Buffer,
  soffice: string | undefined,
  limits: FileLimits,
): Promise<Buffer> {
  if (!soffice) {
    throw new DomainError(
      'unsupported',
      'file.needs_conversion',
      'The file is in an old format (.xls). Open it, save it as .xlsx or .csv, and upload that.',
    )
  }
  const folder = await mkdtemp(join(existsSync(sharedMemory) ? sharedMemory : tmpdir(), 'muster-convert-'))
  try {
    const source = join(folder, 'list.xls')
    await writeFile(source, data, { mode: 0o600 })
    await run(soffice, folder, source)
    const made = await readFile(join(folder, 'out', 'list.xlsx')).catch(() => undefined)
    if (!made) throw notASpreadsheet('LibreOffice could not read the file. Save it as .xlsx and upload that.')
    if (made.length > limits.fileBytes)
      throw tooLarge(
        'fileBytes',
        limits.fileBytes,
        'The converted file is larger than is read here. Split it.',
      )
    return made
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A profile of its own: no macros, no recent files, and several may run at once. */
function run(soffice: string, folder: string, source: string): Promise<void> {
  const profile = pathToFileURL(join(folder, 'profile')).href
  const args = [
    `-env:UserInstallation=${profile}`,
    '--headless',
    '--norestore',
    '--convert-to',
    'xlsx:Calc MS Excel 2007 XML',
    '--outdir',
    join(folder, 'out'),
    source,
  ]
  return new Promise((resolve, reject) => {
    execFile(soffice, args, { timeout: convertMs, killSignal: 'SIGKILL', env: { HOME: folder } }, (error) => {
      if (!error) resolve()
      else if (error.code === 'ENOENT' || error.code === 'EACCES') {
        reject(
          new DomainError(
            'unavailable',
            'file.converter_missing',
            'The configured LibreOffice does not start. Save the file as .xlsx and upload that.',
          ),
        )
      } else if (error.killed) reject(tooLarge('convertMs', convertMs, 'Converting the file takes too long.'))
      else reject(corrupt('LibreOffice could not convert the file. Save it as .xlsx and upload that.'))
    })
  })
}
