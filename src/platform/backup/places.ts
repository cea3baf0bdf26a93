import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** Where the three things lie of which no two together may get into wrong hands. */
export interface BackupPlaces {
  folder: string
  keysFile: string
  backupKeyFile: string
  /** Whether somebody chose the place of the backup key. */
  keyNamed: boolean
}

const isWithin = (folder: string, file: string) => {
  const way = relative(folder, file)
  return way !== '..' && !way.startsWith(`..${sep}`)
}

/**
 * Backups, their key and the data keys lie apart: whoever copies one folder gets nothing that opens.
 * @throws Error that names the setting to change
 */
export function assertApart({ folder, keysFile, backupKeyFile, keyNamed }: BackupPlaces): void {
  if (isWithin(folder, keysFile))
    throw new Error(`KEYS_FILE (${keysFile}) lies among the backups in ${folder}`)
  if (isWithin(folder, backupKeyFile))
    throw new Error(`the backup key (${backupKeyFile}) lies among the backups in ${folder}`)
  if (keyNamed) return
  if (dirname(backupKeyFile) === dirname(keysFile))
    throw new Error(`the backup key would lie beside KEYS_FILE in ${dirname(keysFile)}: set BACKUP_KEY_FILE`)
  const formerly = join(dirname(keysFile), 'backup-key.json')
  if (existsSync(formerly) && !existsSync(backupKeyFile))
    throw new Error(
      `a backup key lies beside KEYS_FILE: move ${formerly} to ${backupKeyFile}, or set BACKUP_KEY_FILE`,
    )
}
