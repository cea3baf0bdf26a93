/** Which cases enter a ranked on-time rate. Pure. */

/** How a case was found, and whom it concerns. */
export interface FoundCase {
  /** Of the visit that found it; only drawn ones count. */
  source: 'sample' | 'patrol' | 'self_test' | 'recheck'
  districtCode: string
  unitId: string
  /** Of the inspector's unit. Null: nobody knows, or the unit is of the whole city. */
  foundByDistrictCode: string | null
  foundByUnitId: string | null
}

/**
 * Only what an inspector of another district and of another unit found on a drawn visit counts: nobody gains by finding
 * trifles at home and settling them in time.
 */
export const countsInRank = (found: FoundCase): boolean =>
  found.source === 'sample' &&
  found.foundByUnitId !== null &&
  found.foundByUnitId !== found.unitId &&
  found.foundByDistrictCode !== found.districtCode

/** Codes of districts proper end with 01 to 20 (GB/T 2260), those of counties are above. */
export const isCityDistrict = (districtCode: string): boolean => Number(districtCode.slice(4, 6)) <= 20
