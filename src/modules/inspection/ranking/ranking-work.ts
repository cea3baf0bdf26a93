/** Computes a ranking in a process of its own. */
import { offerReading } from '#platform/beside/offer-reading.ts'
import { computeRanking, type RankingAsked } from './compute-ranking.ts'

offerReading((reader, _, asked: RankingAsked) => computeRanking(reader, asked))
