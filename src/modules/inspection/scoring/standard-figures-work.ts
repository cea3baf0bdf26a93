/** Reads standards × districts of a round in a process of its own. */
import { offerReading } from '#platform/beside/offer-reading.ts'
import { readStandardFigures, type StandardsAsked } from './standard-figures.ts'

offerReading((reader, _, asked: StandardsAsked) => readStandardFigures(reader, asked))
