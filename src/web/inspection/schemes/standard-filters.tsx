import { standardClasses } from '#modules/inspection/words.ts'
import { listUnits, readUnit, type Scheme } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { RemoteSelect } from '../../ui/office/remote-select.tsx'
import { optionsOf } from '../options.ts'
import { useSchemeWords } from '../words/index.ts'

/** The filters of standards, named as the operation names them. */
export const standardFilters = ['pointClass', 'indicator', 'unitId', 'lead'] as const

/** What the standards of a scheme can be narrowed by, in their table and in the matrix. */
export function StandardFilters({ scheme, children }: { scheme: Scheme; children?: React.ReactNode }) {
  const { r, say } = useSchemeWords()
  const { search, set } = useFilters()
  const unitId = search.get('unitId')
  const unit = useAsk(readUnit, { params: { unitId: unitId ?? '' } }, { skip: unitId === null })
  return (
    <search className="filters">
      <Choice
        label={r.pointClass}
        all={r.anyClass}
        options={optionsOf(standardClasses, say)}
        value={search.get('pointClass')}
        onChange={(pointClass) => set({ pointClass })}
      />
      {scheme.indicators.length > 0 && (
        <Choice
          given
          label={r.indicator}
          all={r.anyIndicator}
          options={scheme.indicators.map(({ code, name }) => ({ value: code, label: name }))}
          value={search.get('indicator')}
          onChange={(indicator) => set({ indicator })}
        />
      )}
      <span className="remote">
        <RemoteSelect
          find={listUnits}
          label={r.ofUnit}
          placeholder={r.ofUnit}
          value={unitId ? { id: unitId, name: unit.data?.id === unitId ? unit.data.name : '…' } : null}
          onChange={(chosen) => set({ unitId: chosen?.id ?? null })}
        />
      </span>
      <Choice
        label={r.leadGap}
        all={r.anyLead}
        options={[
          { value: 'none', label: r.leadNone },
          { value: 'several', label: r.leadSeveral },
        ]}
        value={search.get('lead')}
        onChange={(lead) => set({ lead })}
      />
      <ClearFilters />
      {children}
    </search>
  )
}
