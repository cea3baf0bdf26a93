/** Makes a report in a process of its own. */
import { offerReading } from '#platform/beside/offer-reading.ts'
import { type ReportAsked, reportOf } from './report-asked.ts'

offerReading((reader, _, asked: ReportAsked) => reportOf(reader, asked))
