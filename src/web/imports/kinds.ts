import { listImportKinds } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { useWords } from '../words/index.ts'

/** The kinds of lists and the meanings of columns, in the language of the page. */
export function useImportKinds() {
  const { language } = useWords()
  return useAsk(listImportKinds, { query: { lang: language } }).data
}

/** The name of a kind of list; null while it is not known. */
export function useListNames(): (list: string | null) => string | null {
  const lists = useImportKinds()?.lists
  return (list) => lists?.find((each) => each.list === list)?.name ?? null
}

/** The name of a meaning of a column. */
export function useFieldNames(): (field: string | null) => string | null {
  const fields = useImportKinds()?.fields
  return (field) => fields?.find((each) => each.field === field)?.name ?? null
}
