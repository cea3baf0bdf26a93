/** Reads GeoJSON in another process: the event loop of the service is not held, and its memory is not filled. */
import { offerWork } from '#platform/files/work.ts'
import { readFeatureCollection } from './read-geojson.ts'
import type { ZoneFile } from './zone-file.ts'

export interface GeojsonInput {
  name: string
  data: Uint8Array
}

offerWork<GeojsonInput, never, ZoneFile>(async ({ name, data }) =>
  readFeatureCollection(name, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
)
