/** The closed sets of a problem and a proposal. Their texts in Chinese and English belong to the caller. */

/** What has priority: keeping teams together, or filling seats. */
export type Policy = 'together' | 'fill'

/** Whether people may leave their previous place. */
export type Stability = 'free' | 'prefer' | 'onlyForMinimum'

/** The stages of planning, in order; the thread itself reports `validating`. */
export type Stage = 'placing' | 'escorting' | 'gathering' | 'explaining' | 'bounding' | 'validating'

/** What proves a bound. `trivial`: no plan can be better than this value. */
export type Proof = 'trivial' | 'flow' | 'linear' | 'exact' | 'counting'

export type ShortageKind = 'minimum' | 'skill' | 'target'

/** Why a seat stays empty: the binding rule. */
export type Because =
  | 'nobody'
  | 'frozen'
  | 'pinned'
  | 'unavailable'
  | 'barred'
  | 'minors'
  | 'unskilled'
  | 'committed'
  | 'limit'
  | 'unescorted'
  | 'escortsAway'
  | 'ownUnit'
  | 'elsewhere'
  | 'unproven'
  | 'together'
  | 'contested'
  | 'whole'
  | 'missed'

/** Levers: changes that would fill seats, cheapest first. */
export const leverNames = [
  'consent',
  'split',
  'policy',
  'otherTime',
  'suitable',
  'escort',
  'member',
  'skilled',
  'adult',
  'lowerDemand',
] as const
export type LeverName = (typeof leverNames)[number]

/** Why a person is not at their previous place, in the order in which the rules are checked. */
export type MoveReason =
  | 'barred'
  | 'unavailable'
  | 'unsuitable'
  | 'committed'
  | 'gone'
  | 'shrank'
  | 'pinned'
  | 'clash'
  | 'noEscort'
  | 'minimum'
  | 'skill'
  | 'ownUnit'
  | 'escort'
  | 'withTeam'
  | 'target'
  | 'nearer'
  | 'notNeeded'
  | 'rearranged'

/** Why a person is where they are, in the order of goals. */
export type WhyHereReason =
  | 'pinned'
  | 'frozen'
  | 'minimum'
  | 'skill'
  | 'ownUnit'
  | 'escort'
  | 'withTeam'
  | 'stayed'
  | 'target'
  | 'nearest'
  | 'fewestHours'
  | 'reserve'
  | 'nowhere'

/** Why a person is not on a shift. */
export type RefusalName =
  | 'barred'
  | 'unavailable'
  | 'minors'
  | 'committed'
  | 'overlaps'
  | 'enough'
  | 'hours'
  | 'frozen'
  | 'full'
  | 'unescorted'
  | 'whole'
  | 'pinnedHere'
  | 'neededHere'
  | 'skillHere'
  | 'escortHere'
  | 'ownUnit'
  | 'splits'
  | 'farther'
  | 'even'
