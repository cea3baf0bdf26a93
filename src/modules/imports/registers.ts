/** The import registers for the lower slices: units, teams and people, zones and duties. */
import type { SavedResponsibilities } from '#modules/grid/index.ts'
import type { Permits } from '#modules/organisation/index.ts'
import type { Actor } from '#platform/http/access.ts'
import { assertWithin, undoWritten, type Written } from './commit/undo-organisation.ts'
import { writeResponsibilities, writeZones } from './commit/write-grid.ts'
import { personSlices, teamSlices, unitSlices } from './commit/write-organisation.ts'
import { Gate, type Guarded, gatedReachOf } from './gate.ts'
import { judgePersons } from './judge/judge-persons.ts'
import { type JudgedResponsibilities, judgeResponsibilities } from './judge/judge-responsibilities.ts'
import { judgeTeams, planAddedTeams } from './judge/judge-teams.ts'
import { judgeUnits, planAnsweredUnits } from './judge/judge-units.ts'
import { judgeZones, type ZonesPlan } from './judge/judge-zones.ts'
import type { ImportRegister, SheetRegister, TableScene, TableWriting } from './judge/register.ts'
import type { PersonsPlan, TeamsPlan, UnitsPlan } from './judge/verdicts.ts'
import type { Table } from './read/tables/table-columns.ts'
import type { ZoneFile } from './read/tables/zone-file.ts'

/** All three store changes of the organisation and undo them in the same way. */
const undoing = (permits: Permits) => ({
  assertUndo: (...[tx, piece, reach]: Parameters<SheetRegister['assertUndo']>) =>
    assertWithin(tx, piece as Written, reach, permits),
  undo: (...[tx, piece, doing]: Parameters<SheetRegister['undo']>) =>
    undoWritten(tx, piece as Written, doing, permits),
})

const unitsRegister = (permits: Permits): SheetRegister<UnitsPlan> => ({
  name: 'units',
  permission: 'units.edit',
  lists: ['units'],
  judge: async (rows, scene) => judgeUnits(rows, scene),
  complete: planAnsweredUnits,
  adds: ({ units }) => units.length,
  commit: unitSlices,
  ...undoing(permits),
})

const teamsRegister = (permits: Permits): SheetRegister<TeamsPlan> => ({
  name: 'teams',
  permission: 'teams.edit',
  lists: ['teams', 'heads'],
  judge: judgeTeams,
  complete: planAddedTeams,
  adds: ({ teams }) => teams.length,
  commit: teamSlices,
  ...undoing(permits),
})

const personsRegister = (permits: Permits): SheetRegister<PersonsPlan> => ({
  name: 'persons',
  permission: 'persons.edit',
  lists: ['classes', 'people'],
  judge: (rows, scene) => judgePersons(rows, scene, permits),
  adds: ({ persons }) => persons.length,
  commit: (plan, writing) => personSlices(plan, writing, permits),
  ...undoing(permits),
})

/** Units first: later registers refer to things from the rows of earlier ones. */
export const organisationRegisters = (permits: Permits) =>
  [unitsRegister(permits), teamsRegister(permits), personsRegister(permits)] as readonly SheetRegister[]

type TableRegister<Rows, Plan, Written> = ImportRegister<Rows, TableScene, Plan, TableWriting, Written>

export const zonesRegister: TableRegister<ZoneFile, ZonesPlan, void> = {
  name: 'zones',
  permission: 'grid.edit',
  judge: judgeZones,
  commit: writeZones,
}

export const responsibilitiesRegister: TableRegister<Table, JudgedResponsibilities, SavedResponsibilities> = {
  name: 'responsibilities',
  permission: 'responsibilities.edit',
  judge: judgeResponsibilities,
  commit: writeResponsibilities,
}

/**
 * The gate of a list that is imported in one request: it needs the permission to edit the register by hand, and its rows
 * may name units and people within the same grant.
 */
export function gateOfTable(actor: Actor, register: Guarded): Gate {
  const people = { name: 'persons', permission: 'persons.read' }
  return new Gate(gatedReachOf(actor, [register, people], register.permission))
}
