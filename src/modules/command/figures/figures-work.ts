/** Counts tasks as of a moment in a process of its own. */
import { offerReading } from '#platform/beside/offer-reading.ts'
import { type FiguresAsked, readFigures } from './read-figures.ts'

offerReading((reader, _, asked: FiguresAsked) => readFigures(reader, asked))
