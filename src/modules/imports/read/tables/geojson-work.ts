/** Reads GeoJSON in another process: the event loop of the service is not held, and its memory is not filled. */
import { offerWork, wholeOf } from '#platform/files/work.ts'
import { readFeatureCollection } from './read-geojson.ts'
import type { ZoneFile } from './zone-file.ts'

export interface GeojsonInput {
  name: string
}

offerWork<GeojsonInput, never, ZoneFile>(async ({ name }, _, chunk) =>
  readFeatureCollection(name, await wholeOf(() => chunk(0))),
)
