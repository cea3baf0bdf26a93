import { Choice } from '../ui/office/choice.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { useWords } from '../words/index.ts'
import { useDistricts } from './districts.ts'

/** Narrows a list to one district: a part of the address, as every filter. */
export function DistrictFilter() {
  const { w } = useWords()
  const { search, set } = useFilters()
  const districts = useDistricts()
  return (
    <Choice
      given
      label={w.shifts.district}
      all={w.shifts.allDistricts}
      options={districts.options}
      value={search.get('districtCode')}
      onChange={(districtCode) => set({ districtCode })}
    />
  )
}
