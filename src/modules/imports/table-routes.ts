import type { SavedResponsibilities } from '#modules/grid/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { fileLimits } from '#platform/files/index.ts'
import type { Actor } from '#platform/http/access.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { readUploads } from '#platform/http/uploads.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import type { Gate } from './gate.ts'
import { responsibilityFaults } from './judge/judge-responsibilities.ts'
import type { JudgedFile } from './judge/judge-zones.ts'
import type { TableWriting } from './judge/register.ts'
import { readResponsibilities } from './read/tables/read-responsibilities.ts'
import { readZoneFile } from './read/tables/read-zone-file.ts'
import { type ZoneFile, zoneFaults } from './read/tables/zone-file.ts'
import { gateOfTable, responsibilitiesRegister, zonesRegister } from './registers.ts'
import { ImportQuery, ResponsibilityImport, ZoneImport } from './table-contract.ts'

const uploadLimits = { files: 20, bytes: 32 * 1024 * 1024 }

/** The routes of lists that are judged and written in one request: zones and duties. */
export function tableRoutes(app: App, context: AppContext): void {
  zoneImportRoutes(app, context)
  dutyImportRoutes(app, context)
}

function zoneImportRoutes(app: App, { db, keys, now, config }: AppContext): void {
  const doing = (gate: Gate, by: Actor): TableWriting => {
    return { keys, gate, by, at: now(), today: dayIn(now(), config.timeZone) }
  }
  app.route({
    method: 'POST',
    url: '/api/zone-imports',
    config: { access: 'grid.edit' },
    schema: {
      operationId: 'importZones',
      tags: ['区域 · zones'],
      summary: '导入区划、网格和边界（GeoJSON、CSV、xlsx） · Import divisions, cells and boundaries',
      description:
        'Files of a multipart form, one after the other. GeoJSON FeatureCollection with properties `code` ' +
        '(or `adcode`, or the feature’s id), `name`, `kind`, `parent_code`, `minors_suitable`, `centre`; or a table ' +
        'with the headings `code,name,parent_code,level,kind,longitude,latitude,minors_suitable`. Rows are matched ' +
        'by code; what a file does not say stays as it is; the same file again changes nothing.',
      consumes: ['multipart/form-data'],
      querystring: ImportQuery,
      response: { 200: ref(ZoneImport), ...problems },
    },
    handler: async (request) => {
      const { actor, query } = request
      const preview = query.preview ?? false
      const files: ZoneFile[] = []
      for (const { name, bytes } of await readUploads(request, uploadLimits))
        files.push(await readZoneFile(name, bytes, query.hidden))
      if (files.length === 0) throw new DomainError('invalid', 'file.missing', 'The form holds no file.')
      const gate = gateOfTable(actor, zonesRegister)
      const around = { keys, gate, today: dayIn(now(), config.timeZone) }
      const importAll = async (tx: Writer) => {
        const written: JudgedFile[] = []
        for (const file of files) {
          const plan = await zonesRegister.judge(file, { db: tx, ...around })
          await zonesRegister.commit(tx, plan, doing(gate, actor))
          written.push(plan.judged)
        }
        return written
      }
      const judged: JudgedFile[] = []
      if (preview)
        for (const file of files)
          judged.push((await zonesRegister.judge(file, { db: db.read, ...around })).judged)
      else judged.push(...(await db.transaction(importAll)))
      const language = languageOf(request)
      return { preview, files: judged.map((file) => inWords(file, language)) }
    },
  })
}

function inWords(file: JudgedFile, language: Language) {
  return {
    ...file,
    faults: file.faults.map((fault) => ({ ...fault, message: zoneFaults[fault.reason][language] })),
  }
}

function dutyImportRoutes(app: App, { db, keys, now, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/responsibility-imports',
    config: { access: 'responsibilities.edit' },
    schema: {
      operationId: 'importResponsibilities',
      tags: ['三定责任 · responsibilities'],
      summary: '导入责任清单（CSV、xlsx） · Import the register',
      description:
        'One file of a multipart form with the headings `zone_code,level,unit,person,volunteer_number,scope,duties,' +
        'valid_from,valid_until` or their Chinese names. Rows that can be taken are, unless it is a preview.',
      consumes: ['multipart/form-data'],
      querystring: ImportQuery,
      response: { 200: ref(ResponsibilityImport), ...problems },
    },
    handler: async (request) => {
      const { actor, query } = request
      const preview = query.preview ?? false
      const [file] = await readUploads(request, { files: 1, bytes: fileLimits.fileBytes })
      if (!file) throw new DomainError('invalid', 'file.missing', 'The form holds no file.')
      const gate = gateOfTable(actor, responsibilitiesRegister)
      const table = await readResponsibilities(file.bytes, query.hidden)
      const [at, today] = [now(), dayIn(now(), config.timeZone)]
      const judged = await responsibilitiesRegister.judge(table, { db: db.read, keys, gate, today })
      const { faults, ignored } = judged
      const saved = await db
        .transaction(async (tx) => {
          const done = await responsibilitiesRegister.commit(tx, judged, { keys, gate, by: actor, at, today })
          if (preview) throw new Previewed(done)
          return done
        })
        .catch((stopped: unknown) => {
          if (stopped instanceof Previewed) return stopped.done
          throw stopped
        })
      const language = languageOf(request)
      return {
        preview,
        ignored,
        hiddenRows: table.hiddenRows,
        counts: {
          new: saved.created,
          update: saved.updated,
          unchanged: saved.unchanged,
          error: new Set(faults.map(({ row }) => row)).size,
        },
        faults: faults.map((fault) => ({ ...fault, message: responsibilityFaults[fault.reason][language] })),
      }
    },
  })
}

type Done = SavedResponsibilities

/** Rolls back a preview: it ran the whole import, so that its result is exact. */
class Previewed extends Error {
  readonly done: Done

  constructor(done: Done) {
    super('previewed')
    this.done = done
  }
}
