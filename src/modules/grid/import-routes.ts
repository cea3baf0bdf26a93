import { type Language, languageOf } from '#platform/http/language.ts'
import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { ImportQuery, ZoneImport } from './contract.ts'
import { importZones, type JudgedFile, judgeZones, readZoneFile } from './import-zones.ts'
import { uploadsOf } from './uploads.ts'
import { type ZoneFile, zoneFaults } from './zone-records.ts'

const filesMax = 20
const bodyBytesMax = 32 * 1024 * 1024

export function zoneImportRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/zone-imports',
    config: { access: 'grid.edit' },
    bodyLimit: bodyBytesMax,
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
      for (const { name, data } of await uploadsOf(request, filesMax))
        files.push(await readZoneFile(name, data))
      const judged: JudgedFile[] = []
      if (preview) for (const file of files) judged.push((await judgeZones(db.read, file)).judged)
      else judged.push(...(await db.transaction((tx) => importZones(tx, files, { by: actor, at: now() }))))
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
