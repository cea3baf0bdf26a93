/** Says why somebody is where they are, in a process of its own. */
import { offerReading } from '#platform/beside/offer-reading.ts'
import { type ExplainPerson, explainPerson } from './explain-person.ts'

offerReading((reader, keys, asked: ExplainPerson) => explainPerson(reader, keys, asked))
