import { listDistricts } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'

/** The districts of the city: to choose from, and by what name each code goes. */
export function useDistricts() {
  const found = useAsk(listDistricts, {})
  const districts = found.data?.items ?? []
  return {
    options: districts.map(({ code, name }) => ({ value: code, label: name })),
    /** The name of the district a code lies in; the code itself where none is known. */
    nameOf(code: string | null): string | null {
      if (code === null) return null
      return districts.find((each) => code.startsWith(each.code))?.name ?? code
    },
  }
}
