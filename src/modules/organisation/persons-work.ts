/** Writes a list of people as a spreadsheet, in a process of its own. */
import { offerReading } from '#platform/beside/offer-reading.ts'
import { type PersonsAsked, personsFile } from './persons-file.ts'

offerReading((db, keys, asked: PersonsAsked) => personsFile({ db, keys, today: asked.today }, asked))
