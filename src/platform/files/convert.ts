/** Converts old workbooks (.xls), OpenDocument sheets and HTML pages named .xls to .xlsx with LibreOffice. */
import { type ExecFileException, execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DomainError } from '../errors.ts'
import { corrupt, type FileLimits, notASpreadsheet, tooLarge } from './limits.ts'
import { notStarted, withoutNetwork } from './no-network.ts'

const convertMs = 60_000

/**
 * A folder in memory (Linux). It is used where it exists, so that an uploaded list is not written to a disk in clear
 * text.
 */
const sharedMemory = '/dev/shm'

/**
 * The file as .xlsx. LibreOffice runs without a network where the system allows it, with a time limit.
 * @param soffice configured path of LibreOffice's `soffice`; without it the file is refused with advice
 * @throws DomainError `file.needs_conversion`, `file.converter_missing`, `file.corrupt`, `file.too_large`,
 *   `file.not_a_spreadsheet`
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

function isMissing({ code }: ExecFileException): boolean {
  return code === 'ENOENT' || code === 'EACCES' || notStarted.includes(Number(code))
}

/**
 * Profile settings: LibreOffice follows no links and runs no macros. Its proxy is a closed port, so web requests fail.
 */
const settings: [path: string, name: string, value: string | number | boolean][] = [
  ['Office.Calc/Content/Update', 'Link', 1],
  ['Office.Common/Security/Scripting', 'MacroSecurityLevel', 3],
  ['Office.Common/Security/Scripting', 'DisableMacrosExecution', true],
  ['Office.Common/Security/Scripting', 'DisableActiveContent', true],
  ['Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', true],
  ['Inet/Settings', 'ooInetProxyType', 2],
  ['Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetHTTPProxyPort', 9],
  ['Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetHTTPSProxyPort', 9],
]

const registry = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
${settings
  .map(
    ([path, name, value]) =>
      `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  )
  .join('\n')}
</oor:items>
`

/** A new profile for each conversion: nothing is kept, and several conversions can run at the same time. */
async function makeProfile(folder: string): Promise<string> {
  const profile = join(folder, 'profile')
  await mkdir(join(profile, 'user'), { recursive: true })
  await writeFile(join(profile, 'user', 'registrymodifications.xcu'), registry)
  return pathToFileURL(profile).href
}

async function run(soffice: string, folder: string, source: string): Promise<void> {
  const profile = await makeProfile(folder)
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
  // A cell may link to a foreign web page. Loading it would tell that server who opens the list.
  const [program, given] = await withoutNetwork(soffice, args)
  return new Promise((resolve, reject) => {
    execFile(
      program,
      given,
      { timeout: convertMs, killSignal: 'SIGKILL', env: { HOME: folder } },
      (error) => {
        if (!error) resolve()
        else if (isMissing(error)) {
          reject(
            new DomainError(
              'unavailable',
              'file.converter_missing',
              'The configured LibreOffice does not start. Save the file as .xlsx and upload that.',
            ),
          )
        } else if (error.killed)
          reject(tooLarge('convertMs', convertMs, 'Converting the file takes too long.'))
        else reject(corrupt('LibreOffice could not convert the file. Save it as .xlsx and upload that.'))
      },
    )
  })
}
