/** Written by `npm run openapi` from src/openapi.json. */
import type { Operation } from '../core/operation.ts'

export type ActivationBody = { deliver?: "message" | "list" }

export type ActivationPasswordBody = { password: string }

export type ActivationView = { login: string; name: string; purpose: "activation" | "reset"; office: { over: string; role: "city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor" } | null }

export type Agenda = { today: ({ event: { id: string; name: string; timeZone: string; startsAt: string; endsAt: string; state: "draft" | "published" | "closed" | "cancelled" }; begun: boolean; over: boolean; shifts: number; taken: number; belowMin: number; accepted: number | null })[]; waiting: ({ event: { id: string; name: string; timeZone: string; startsAt: string; endsAt: string; state: "draft" | "published" | "closed" | "cancelled" }; step: "about" | "shifts" | "quotas" | "plan" | "board" | "people" | "messages" | "day" | "report"; because: "draft" | "ready_to_publish" | "publication_problems" | "shifts" | "units_unanswered" | "plan_running" | "plan_waits" | "plan_failed" | "below_min" | "below_target" | "people_unanswered" | "late_waiting" | "messages_held" | "messages_failed" | "messages_waiting" | "on_now" | "not_frozen"; count: number | null; dueAt: string | null })[]; others: ({ event: { id: string; name: string; timeZone: string; startsAt: string; endsAt: string; state: "draft" | "published" | "closed" | "cancelled" }; step: "about" | "shifts" | "quotas" | "plan" | "board" | "people" | "messages" | "day" | "report"; because: "draft" | "ready_to_publish" | "publication_problems" | "shifts" | "units_unanswered" | "plan_running" | "plan_waits" | "plan_failed" | "below_min" | "below_target" | "people_unanswered" | "late_waiting" | "messages_held" | "messages_failed" | "messages_waiting" | "on_now" | "not_frozen"; count: number | null; dueAt: string | null })[]; events: number }

export type Allotment = { id: string; version: number; eventId: string; shift: { id: string; work: string; startsAt: string; endsAt: string; zone: { id: string; name: string } }; team: { id: string; name: string }; unit: { id: string; name: string } | null; heads: number; minors: number; named: number; pinned: boolean; origin: "leader" | "self" | "plan"; countOnly: boolean }

export type Appeal = { id: string; version: number; ranking: { id: string; month: string; group: "city_districts" | "counties" | "streets" | "departments" }; rankingId: string; taskId: string; visitId: string; observationId: string; unit: { id: string; name: string }; point: { id: string; name: string } | null; standard: { id: string; code: string; text: string; answer: "met" | "count"; mayNotApply: boolean }; seen: { answer: "met" | "partly" | "not" | "not_applicable" | "not_seen"; count: number | null }; wanted: { answer: "met" | "partly" | "not" | "not_applicable" | "not_seen"; count: number | null }; corrected: { answer: "met" | "partly" | "not" | "not_applicable" | "not_seen"; count: number | null } | null; reason: string; outcome: "granted" | "refused" | "withdrawn" | null; decidedAt: string | null; decision: string | null; createdAt: string; allowed: { decide: boolean; withdraw: boolean } }

export type AskAgainPreview = { token: string; expiresAt: string; people: number; messages: number; unreachable: number; lately: number; sample: ({ id: string; name: string })[] }

export type AskList = { items: ({ quota: Quota; event: { id: string; name: string; timeZone: string; startsAt: string; endsAt: string } })[] }

export type Assignment = { id: string; shift: { id: string; work: string; startsAt: string; endsAt: string; zone: { id: string; name: string } }; person: { id: string; name: string }; team: { id: string; name: string } | null; unit: { id: string; name: string } | null; origin: "leader" | "self" | "plan"; pinned: boolean; answer: "accepted" | "declined" | "unanswered"; answeredAt: string | null; excusedAt: string | null; cancelledAt: string | null; cancelReason: "removed" | "replanned" | "shift_cancelled" | "event_cancelled" | "withdrawn" | "merged" | null }

export type Attendance = { assignmentId: string; checkInAt: string | null; checkOutAt: string | null; timing: "early" | "on_time" | "late"; minutes: number | null; grade: "A" | "B" | "C" | "D"; via: "link" | "roll_call" | "offline_roll" | "late_entry" | "merge" }

export type Attention = { id: string; kind: string; text: { zh: string; en: string }; subject: string; raisedAt: string; lastAt: string; times: number; acknowledgedAt: string | null; acknowledgedBy: string | null; reason: string | null }

export type AuditActionList = { items: ({ action: string; zh: string; en: string })[] }

export type AuditChainView = { sealed: number; last: number; unsealed: number; retired: number; sealedAt: string | null; genuine: boolean }

export type AuditEntryView = { id: string; number: number | null; at: string; action: string; text: string; subject: string; about: { kind: string; name: string | null }; actor: { kind: "user" | "link" | "anonymous" | "system"; id: string | null; name: string | null; address: string | null }; details: Record<string, unknown> }

export type AuditVerdictView = { whole: boolean; entries: number | null; unsealed: number | null; number: number | null; because: "changed" | "forged" | "missing" | "tail_missing" | "head_missing" | "head_forged" | "head_behind" | null }

export type BlindSpots = { unaccepted: ({ id: string; outline: string; text: string; book: { id: string; name: string }; unit: { id: string; name: string }; issuedAt: string | null })[]; unexplained: ({ id: string; outline: string; text: string; book: { id: string; name: string }; unit: { id: string; name: string }; issuedAt: string | null })[]; ofClosed: ({ id: string; outline: string; text: string; book: { id: string; name: string }; unit: { id: string; name: string }; issuedAt: string | null })[]; eachOther: ({ one: { id: string; name: string }; other: { id: string; name: string }; tasks: number })[] }

export type Board = { eventId: string; partial: boolean; zones: { ids: (string)[]; names: (string)[]; districtCodes: (string | null)[] }; times: { starts: (string)[]; ends: (string)[] }; works: (string)[]; shifts: { ids: (string)[]; zones: (number)[]; times: (number)[]; works: (number)[]; min: (number)[]; target: (number)[]; max: (number)[]; taken: (number)[]; minors: (number)[] }; teams: { ids: (string)[]; names: (string)[]; units: (string | null)[] }; parties: { shifts: (number)[]; teams: (number)[]; named: (number)[]; heads: (number)[]; accepted: (number)[]; pinned: (number)[] } }

export type BodyMember = { id: string; role: "lead" | "member" | "chair" | "counsellor" | "charge"; unit: { id: string; name: string } | null; person: { id: string; name: string } | null; districtCode: string | null; since: string }

export type Book = { id: string; version: number; kind: "task_book" | "checklist" | "project" | "work_list" | "notice" | "year_plan" | "award" | "theme" | "rectification"; title: string; documentNumber: string | null; issuer: { id: string; name: string }; body: { id: string; name: string } | null; checkUnit: { id: string; name: string } | null; campaign: { id: string; name: string } | null; zone: { id: string; name: string } | null; supersedesId: string | null; text: string | null; validUntil: string | null; figures: BookFigures | null; amounts: ({ measure: string; target: number; amount: number })[]; state: "draft" | "published" | "closed"; publishedAt: string | null; closedAt: string | null; createdAt: string; funnel: TaskFunnel; allowed: { edit: boolean; publish: boolean; close: boolean } }

export type BookFigures = { at: string; by: "unit" | "district" | "body" | "book"; total: TaskFigures; groups: ({ id: string; name: string; issued: number; open: number; closed: number; cancelled: number; falseFindings: number; suspended: number; overdue: number; dated: number; closedDated: number; due: number; closedDue: number; dueNotSuspended: number; onTime: number; earlierCycles: number; reported: number; sentBack: number; extended: number; everClosed: number; reopened: number })[] }

export type BulkInvitationBody = { unitId?: string; districtCode?: string; liaisons?: boolean; leaders?: boolean; renew?: boolean; deliver?: "message" | "list" }

export type BulkInvitationView = { created: number; invited: ({ userId: string; personId: string; name: string; login: string; roles: ({ role: "city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor"; over: string })[]; expiresAt: string; link: string | null })[]; skipped: ({ personId: string; name: string; because: "active" | "link_waiting" | "disabled" | "role_clash" | "no_phone" | "out_of_reach" })[]; nobody: ({ kind: "team" | "unit"; id: string; name: string })[] }

export type Bulletin = { language: "zh" | "en"; cutOffAt: string; text: string }

export type CallNumber = { participationId: string; person: { id: string; name: string }; team: { id: string; name: string } | null; phone: string | null }

export type Campaign = { id: string; version: number; kind: "campaign" | "month" | "week"; parent: { id: string; name: string } | null; name: string; description: string | null; startsOn: string; endsOn: string; events: number; createdAt: string }

export type Case = { id: string; version: number; number: string; source: "sample" | "patrol" | "self_test" | "recheck"; roundId: string | null; visitId: string; standard: { id: string; code: string; text: string }; category: string | null; severity: "notice" | "ordinary" | "serious" | "grave"; point: { id: string; code: string; name: string } | null; zone: { id: string; name: string }; districtCode: string; unit: { id: string; name: string } | null; answeringStep: "district_lead" | "city_lead_branch" | "named" | "point_unit" | "zone_unit" | "district_office" | null; foundBy: { id: string; name: string } | null; foundAt: string; taskId: string | null; taskState: "draft" | "issued" | "accepted" | "returned" | "reported" | "suspended" | "closed" | "cancelled" | null; dueAt: string | null; overdue: boolean; heldBecause: "case.nobody_answers" | "case.nobody_checks" | null; issuedWithoutPicturesAt: string | null; recurrences: number; recheckOutcome: "held" | "fell_back" | "unclear" | null; flags: ("no_picture" | "odd_picture" | "recurred" | "fell_back")[]; shiftId: string | null; createdAt: string }

export type CaseCount = { all: number; more: boolean; waiting: number; overdue: number; states: { draft: number; issued: number; accepted: number; returned: number; reported: number; suspended: number; closed: number; cancelled: number } }

export type CaseDuty = { shifts: ({ id: string; eventId: string; work: string; startsAt: string; endsAt: string; zone: { id: string; name: string }; inCharge: string | null; teams: ({ id: string; name: string; present: number })[] })[] }

export type CaseFigures = { at: string; by: "district" | "unit" | "standard" | "category" | "source" | "round" | "point_class"; total: { figures: TaskFigures; rates: CaseRates }; warning: boolean; groups: ({ id: string; name: string; figures: TaskFigures; rates: CaseRates })[] }

export type CaseRates = { rectified: { part: number; whole: number; percent: string | null }; settled: { part: number; whole: number; percent: string | null }; onTime: { part: number; whole: number; percent: string | null }; rework: { part: number; whole: number; percent: string | null }; extended: { part: number; whole: number; percent: string | null }; recurrence: { part: number; whole: number; percent: string | null } }

export type ClientErrorBody = { kind: "page" | "script" | "promise"; page: string; error: string; at: (string)[]; build?: string }

export type DemandFigures = { total: { shifts: number; min: number; target: number; max: number; taken: number }; districts: ({ districtCode: string | null; shifts: number; min: number; target: number; max: number; taken: number })[]; kinds: ({ kind: string; shifts: number; min: number; target: number; max: number; taken: number })[]; zones: ({ zone: { id: string; name: string }; shifts: number; min: number; target: number; max: number; taken: number })[] }

export type Disclosure = { id: string; team: { id: string; name: string } | null; event: { id: string; name: string } | null; reason: "safety" | "guardian_contact" | "consent" | "correction" | "insurance" | "service_record" | "authority"; explanation: string; hours: number; state: "pending" | "approved" | "ended" | "revoked" | "refused" | "expired"; requestedBy: { id: string; name: string }; requestedAt: string; decidedBy: { id: string; name: string } | null; decidedAt: string | null; refusal: string | null; expiresAt: string; revokedAt: string | null; mine: boolean; decidable: boolean }

export type DutyList = { items: ({ shiftId: string; event: { id: string; name: string; timeZone: string }; zone: { id: string; name: string }; work: string; startsAt: string; endsAt: string; meetingPoint: string | null; cancelled: boolean; as: ("in_charge" | "deputy" | "leader" | "own")[]; expected: number; present: number; minors: number })[] }

export type Eligibility = { eligible: true } | { eligible: false; because: "full" | "overlaps" | "arranged_elsewhere" | "excused" | "unskilled" | "minor" | "closed" | "not_consented" | "ratio" }

export type Event = { id: string; version: number; name: string; theme: string | null; description: string | null; campaign: { id: string; name: string } | null; organiser: { id: string; name: string }; timeZone: string; startsAt: string; endsAt: string; minorsPerAdult: number; checkInOpensMin: number; ownUnit: "hard" | "preferred"; state: "draft" | "published" | "closed" | "cancelled"; publishedAt: string | null; closedAt: string | null; cancelledAt: string | null; cancelReason: string | null; shifts: number; createdAt: string }

export type EventAttendance = { eventId: string; at: string; total: { shifts: number; target: number; expected: number; present: number; checkedOut: number; late: number; minutes: number; counted: number; countedAdults: number; companions: number }; zones: ({ zone: { id: string; name: string }; districtCode: string | null; shifts: number; target: number; expected: number; present: number; checkedOut: number; late: number; minutes: number; counted: number; countedAdults: number; companions: number })[] }

export type EventCopied = { event: EventDetail; leftOut: number }

export type EventDetail = { id: string; version: number; name: string; theme: string | null; description: string | null; campaign: { id: string; name: string } | null; organiser: { id: string; name: string }; timeZone: string; startsAt: string; endsAt: string; minorsPerAdult: number; checkInOpensMin: number; ownUnit: "hard" | "preferred"; state: "draft" | "published" | "closed" | "cancelled"; publishedAt: string | null; closedAt: string | null; cancelledAt: string | null; cancelReason: string | null; shifts: number; createdAt: string; allowed: ("changeEvent" | "publishEvent" | "closeEvent" | "cancelEvent")[] }

export type EventReport = { event: { id: string; name: string; theme: string | null; timeZone: string; startsAt: string; endsAt: string }; cutOffAt: string; madeAt: string; partial: boolean; participants: { units: number; teams: number; volunteers: number; schools: number; classes: number; teachersAndPupils: number; headsWithoutNames: number; came: { units: number; teams: number; schools: number; people: number; schoolHeads: number; zones: number; shifts: number; works: (string)[] } | null }; shifts: number; zones: number; lastShiftEndsAt: string | null; total: { demanded: number | null; asked: number | null; pledged: number | null; assigned: number; people: number; accepted: number; arrived: number; gradeA: number; gradeB: number; gradeC: number; gradeD: number; absent: number; unanswered: number; pending: number; declined: number; excused: number; cancelled: number; open: number; early: number; onTime: number; late: number; peoplePresent: number; checkedOut: number; minutes: number; countedHeads: number; countedAdults: number; companions: number }; breakdowns: { district: ({ key: string; name: { zh: string; en: string }; figures: { demanded: number | null; asked: number | null; pledged: number | null; assigned: number; people: number; accepted: number; arrived: number; gradeA: number; gradeB: number; gradeC: number; gradeD: number; absent: number; unanswered: number; pending: number; declined: number; excused: number; cancelled: number; open: number; early: number; onTime: number; late: number; peoplePresent: number; checkedOut: number; minutes: number; countedHeads: number; countedAdults: number; companions: number } })[]; zoneKind: ({ key: string; name: { zh: string; en: string }; figures: { demanded: number | null; asked: number | null; pledged: number | null; assigned: number; people: number; accepted: number; arrived: number; gradeA: number; gradeB: number; gradeC: number; gradeD: number; absent: number; unanswered: number; pending: number; declined: number; excused: number; cancelled: number; open: number; early: number; onTime: number; late: number; peoplePresent: number; checkedOut: number; minutes: number; countedHeads: number; countedAdults: number; companions: number } })[]; unit: ({ key: string; name: { zh: string; en: string }; figures: { demanded: number | null; asked: number | null; pledged: number | null; assigned: number; people: number; accepted: number; arrived: number; gradeA: number; gradeB: number; gradeC: number; gradeD: number; absent: number; unanswered: number; pending: number; declined: number; excused: number; cancelled: number; open: number; early: number; onTime: number; late: number; peoplePresent: number; checkedOut: number; minutes: number; countedHeads: number; countedAdults: number; companions: number } })[]; parent: ({ key: string; name: { zh: string; en: string }; figures: { demanded: number | null; asked: number | null; pledged: number | null; assigned: number; people: number; accepted: number; arrived: number; gradeA: number; gradeB: number; gradeC: number; gradeD: number; absent: number; unanswered: number; pending: number; declined: number; excused: number; cancelled: number; open: number; early: number; onTime: number; late: number; peoplePresent: number; checkedOut: number; minutes: number; countedHeads: number; countedAdults: number; companions: number } })[] }; messages: { written: number; byState: Record<string, number>; unreachable: number } | null; definitions: Record<string, { name: { zh: string; en: string }; meaning: { zh: string; en: string } }> }

export type EventSteps = { eventId: string; steps: ({ step: "about" | "shifts" | "quotas" | "plan" | "board" | "people" | "messages" | "day" | "report"; state: "not_begun" | "under_way" | "done" | "needs_you"; because: "draft" | "ready_to_publish" | "publication_problems" | "shifts" | "units_unanswered" | "plan_running" | "plan_waits" | "plan_failed" | "below_min" | "below_target" | "people_unanswered" | "late_waiting" | "messages_held" | "messages_failed" | "messages_waiting" | "on_now" | "not_frozen" | null; count: number | null })[] }

export type ExpansionPreview = { period: string; made: number; reissued: number; kept: number; gone: number; skipped: ({ zone: { id: string; name: string } | null; unit: { id: string; name: string } | null; because: "expansion.nobody_answers" | "expansion.nobody_checks" | "expansion.closed" })[]; token: string; expiresAt: string }

export type FirstSteps = { steps: ({ step: "units" | "people" | "zones" | "colleagues" | "event"; done: boolean })[]; complete: boolean }

export type FreeTeams = { items: ({ id: string; name: string; unit: string | null; people: number; heads: number })[] }

export type GrantBody = { role: "city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor"; unitId?: string | null; districtCode?: string | null; teamId?: string | null }

export type GrantView = { id: string; role: "city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor"; scope: "everything" | "unit" | "district" | "team"; unit: { id: string; name: string } | null; districtCode: string | null; team: { id: string; name: string } | null; withinDistrict: string | null; suspended: boolean; grantedAt: string; grantedBy: { id: string; name: string } | null }

export type GroupCount = { allotmentId: string; shiftId: string; present: number; adults: number; companions: number; countedAt: string }

export type GuardianConsent = { id: string; says: "yes" | "no"; guardianName: string; eventId: string | null; validUntil: string | null; givenAt: string; via: "list" | "paper" | "link" | "spoken"; scope: string; recordedByUserId: string | null; withdrawnAt: string | null }

export type GuardianNumbers = { items: (PupilGuardians)[]; until: string }

export type HeldUpload = { id: string; version: number; operationId: string; userId: string; user: { id: string; name: string }; visitId: string | null; patrolId: string | null; receivedAt: string; place: { scheme: { id: string; name: string }; zone: { id: string; name: string }; point: { id: string; code: string; name: string } | null } | null; observations: number; remarks: ({ entry: number | null; code: string; text: string; kept: boolean })[]; settledAt: string | null; settledNote: string | null }

export type HistoryEntry = { id: string; at: string; action: string; text: string; by: { kind: "user" | "link" | "anonymous" | "system"; name: string | null; me: boolean } }

export type Import = { id: string; version: number; state: "received" | "judging" | "judged" | "committing" | "committed" | "undoing" | "undone" | "failed"; startedBy: string; startedByName: string | null; createdAt: string; judgedAt: string | null; committedAt: string | null; undoneAt: string | null; progress: { phase: string; done: number; total: number }; counts: { new: number; update: number; unchanged: number; duplicate: number; needs_decision: number; skipped: number; error: number }; adds: Record<string, number>; remarks: ({ code: string; text: string; rows: number })[]; rows: number; openDecisions: number; failure: ImportFailure | null; files: (ImportFile)[] }

export type ImportDecision = { id: string; kind: "unit" | "team" | "person" | "sheet" | "hidden" | "role" | "units"; name: string; within: string | null; rows: number; mayCreate: boolean; answerBy: "id" | "choice"; places: ({ sheetId: string; line: number })[]; proposals: ({ id: string; name: string; likeness: number | null; because: string | null })[]; answer: { answer: "use" | "create" | "skip"; id: string | null; choice: string | null } | null; sheetId: string | null; decidedAt: string | null }

export type ImportFailure = { code: string; message: string; text: string; details: Record<string, unknown> }

export type ImportFile = { id: string; name: string; sizeBytes: number; failure: ImportFailure | null; sheets: (ImportSheet)[] }

export type ImportKinds = { lists: ({ list: string; name: string | null; fields: (string)[]; template: boolean })[]; fields: ({ field: string; name: string; ofPerson: boolean })[] }

export type ImportLine = { line: number; kind: "title" | "heading" | "data" | "subtotal" | "signature" | "note" | "sample" | "numbered" | "continued"; hidden: boolean; leftOut: boolean; cells: ({ text: string | null; kind: "text" | "number" | "date" | "fault" | "empty"; was: string | null })[]; merges: ({ top: number; left: number; bottom: number; right: number })[]; rows: (ImportRow)[] }

export type ImportRow = { id: string; fileId: string; file: string; sheetId: string; sheet: string; line: number; kind: "title" | "heading" | "data" | "subtotal" | "signature" | "note" | "sample" | "numbered" | "continued"; judgement: "new" | "update" | "unchanged" | "duplicate" | "needs_decision" | "skipped" | "error" | null; values: Record<string, unknown>; text: string | null; target: { kind: string; id: string } | null; changes: (string)[]; sameAsLine: number | null; problems: ({ column: string | null; index: number | null; field: string | null; value: string | null; code: string; reason: string; line: number | null })[]; remarks: ({ code: string; text: string })[]; decisionIds: (string)[] }

export type ImportSheet = { id: string; name: string; list: string | null; hidden: boolean; hiddenRows: number; headingLine: number | null; headingLines: number; columns: ({ index: number; heading: string; field: string | null; part: number | null; owner: string | null; resembles: string | null; hidden: boolean })[]; unknownColumns: (string)[]; unreadColumns: ({ index: number; heading: string; values: number; holdsPeople: boolean })[]; merges: ({ top: number; left: number; bottom: number; right: number })[]; doubt: string | null; readings: ({ list: string | null; headingLine: number | null; headingLines: number; columns: ({ index: number; heading: string; field: string | null; part: number | null; owner: string | null; resembles: string | null; hidden: boolean })[] })[]; defaults: { class: string | null; team: string | null; unitId: string | null; teamId: string | null }; teacher: string | null; unit: string | null; leader: string | null; problem: "sheet.headings_missing" | "sheet.list_unknown" | "sheet.rows_missing" | null; counts: Record<string, number>; leftOutLines: (number)[]; version: number }

export type ImportSummary = { id: string; state: "received" | "judging" | "judged" | "committing" | "committed" | "undoing" | "undone" | "failed"; startedBy: string; startedByName: string | null; fileCount: number; fileNames: (string)[]; createdAt: string; committedAt: string | null; undoneAt: string | null; counts: Record<string, number>; adds: Record<string, number> }

export type InChargeList = { items: ({ shiftId: string; work: string; startsAt: string; endsAt: string; people: ({ role: "in_charge" | "deputy"; name: string; phone: string | null })[] })[] }

export type InChargeNamed = { named: number; left: (string)[] }

export type InspectorCheck = { userId: string; barred: ({ visitId: string; because: string; text: string })[] }

export type IssuedActivation = { id: string; purpose: "activation" | "reset"; expiresAt: string; link: string | null }

export type Job = { id: string; kind: string; key: string | null; params: Record<string, unknown>; state: "waiting" | "running" | "done" | "dead"; runAt: string; about: string | null; attempts: number; interruptions: number; lastError: string | null; createdAt: string; finishedAt: string | null }

export type JobSummary = { counts: ({ kind: string; state: "waiting" | "running" | "done" | "dead"; jobs: number })[] }

export type LateAnswers = { answers: ({ assignmentId: string; lateEntryId: string | null; refused: string | null })[] }

export type LateDecided = { id: string; assignmentId: string; state: "pending" | "approved" | "refused"; decidedAt: string | null; upheld: boolean | null }

export type LateDecisions = { answers: ({ lateEntryId: string; state: "pending" | "approved" | "refused" | null; refused: string | null })[] }

export type LateEntry = { id: string; assignmentId: string; person: { id: string; name: string }; team: { id: string; name: string } | null; event: { id: string; name: string; timeZone: string }; shift: { id: string; work: string; zone: { id: string; name: string }; startsAt: string; endsAt: string }; origin: "own" | "leader" | "roll"; reason: string; arrivedAt: string; leftAt: string; askedAt: string; state: "pending" | "approved" | "refused"; asked: "nearby" | "in_charge" | "liaison" | "district" | "city"; climbsAt: string | null; decidedAt: string | null; decisionReason: string | null; drawn: boolean; upheld: boolean | null }

export type LeadershipBody = { personId: string }

export type LeadershipView = { teamId: string; leaderPersonId: string; version: number }

export type Live = { eventId: string; at: string; total: { expected: number; present: number; counted: number; shifts: number; target: number; late: number; checkedOut: number }; zones: ({ id: string; name: string; districtCode: string | null; expected: number; present: number; counted: number })[]; minutes: ({ at: string; present: number })[]; teamsShort: ({ name: string; expected: number; present: number })[]; latest: ({ at: string; zone: string; arrived: number })[] }

export type LoginCodeBody = { phone: string }

export type MeView = { userId: string; sessionId: string; name: string; login: string; phone: string | null; permissions: (string)[]; grants: ({ id: string; role: "city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor"; scope: "everything" | "unit" | "district" | "team"; unit: { id: string; name: string } | null; districtCode: string | null; team: { id: string; name: string } | null; withinDistrict: string | null; suspended: boolean; grantedAt: string; grantedBy: { id: string; name: string } | null; permissions: (string)[] })[]; landing: string; idleMinutes: number; expiresAt: string; serverNow: string; simulated: boolean; timeZone: string; build: string | null }

export type Merge = { id: string; keptId: string; mergedId: string; mergedAt: string; undoneAt: string | null }

export type Message = { id: string; kind: string; channel: "sms" | "email"; eventId: string | null; contactId: string; to: string; subjects: (string)[]; state: "queued" | "sending" | "accepted" | "sent" | "delivered" | "undelivered" | "unknown" | "expired" | "suppressed" | "cancelled" | "dead"; stateName: { zh: string; en: string }; stateAt: string; reason: "opted_out" | "contact_invalid" | "contact_erased" | "synthetic_contact" | "not_due" | "office_passed_on" | "too_late" | "event_cancelled" | "withdrawn" | "kind_unknown" | "template_unusable" | "provider_refused" | "provider_misconfigured" | "provider_busy" | "no_answer" | "not_delivered" | null; reasonText: { zh: string; en: string } | null; providerCode: string | null; provider: "log" | "twilio" | "smtp" | null; providerId: string | null; lane: "urgent" | "day_of" | "change" | "reminder" | "invitation" | "newsletter"; generation: number; part: number; attempts: number; segments: number | null; notBefore: string; expiresAt: string | null; createdAt: string }

export type MessageReceipt = { id: string; provider: "log" | "twilio" | "smtp"; status: string; providerCode: string | null; moved: boolean; receivedAt: string }

export type MessageRetryPreview = { token: string; expiresAt: string; messages: number; perhapsTwice: number }

export type MessageTemplate = { kind: string; kindName: { zh: string; en: string }; channel: "sms" | "email"; own: boolean; version: number; signature: string | null; subject: { zh: string; en: string } | null; body: { zh: string; en: string }; filedAs: string | null; variables: ({ name: string; text: { zh: string; en: string }; sample: string; link: boolean; required: boolean })[]; check: TemplateCheck }

export type MessageTotals = { eventId: string; written: number; byState: Record<string, number>; kinds: ({ kind: string; written: number; byState: Record<string, number> })[]; reasons: ({ state: "queued" | "sending" | "accepted" | "sent" | "delivered" | "undelivered" | "unknown" | "expired" | "suppressed" | "cancelled" | "dead"; reason: "opted_out" | "contact_invalid" | "contact_erased" | "synthetic_contact" | "not_due" | "office_passed_on" | "too_late" | "event_cancelled" | "withdrawn" | "kind_unknown" | "template_unusable" | "provider_refused" | "provider_misconfigured" | "provider_busy" | "no_answer" | "not_delivered" | null; count: number })[]; segments: number; unfinished: ({ kind: string; state: "waiting" | "running" | "dead"; error: string | null })[]; hold: { heldAt: string; reason: "opted_out" | "contact_invalid" | "contact_erased" | "synthetic_contact" | "not_due" | "office_passed_on" | "too_late" | "event_cancelled" | "withdrawn" | "kind_unknown" | "template_unusable" | "provider_refused" | "provider_misconfigured" | "provider_busy" | "no_answer" | "not_delivered" | null; providerCode: string | null } | null }

export type MobilizationFunnel = { asked: number; pledged: number; named: number; confirmed: number; countOnly: number; namesOwed: number; units: number; answered: number; refused: number; districts: ({ districtCode: string | null; asked: number; pledged: number; named: number; confirmed: number; countOnly: number; namesOwed: number })[] }

export type Notice = { id: string; kind: "change" | "cancellation" | "removal" | "event_cancellation"; participationId: string; person: { id: string; name: string; minor: boolean }; team: { id: string; name: string } | null; shift: { id: string; work: string; startsAt: string; zone: { id: string; name: string } } | null; before: { startsAt: string; endsAt: string; zoneName: string; meetingPoint: string | null } | null; unreached: "no_contact" | "opted_out" | "contact_invalid" | "not_sent" | "not_delivered" | null; toldAt: string | null; toldByUserId: string | null; createdAt: string }

export type NumberOnly = { numberOnly: boolean; answeredAt: string | null }

export type OfficerConfirmationView = { id: string; kind: "grant" | "link" | "phone" | "suspension" | "restoration" | "revocation"; state: "pending" | "approved" | "refused" | "expired"; user: { id: string; name: string; login: string; phone: string | null }; role: "city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor" | null; newPhone: string | null; requestedBy: { id: string; name: string }; requestedAt: string; expiresAt: string; decidedByUserId: string | null; decidedAt: string | null }

export type OrganisationFigures = { units: number; teams: number; volunteers: number; unnamedVolunteers: number; schools: number; classes: number; teachersAndPupils: number; unnamedTeachersAndPupils: number; unitsByKind: Record<string, number> }

export type OtherRecords = { items: (Person)[] }

export type OwnCompounds = { personId: string | null; standing: TaskFunnel; items: ({ zone: { id: string; name: string }; kind: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; level: "leader" | "unit" | "counsellor" | "partner"; since: string; unit: { id: string; name: string } | null; funnel: TaskFunnel })[] }

export type OwnCorrections = { items: ({ id: string; kind: "change" | "contact" | "contact_removal" | "merge" | "one_human"; state: "open" | "approved" | "refused" | "withdrawn"; reason: string | null; requestedAt: string; decidedAt: string | null })[] }

export type OwnData = { person: { maskedName: string; held: { sex: boolean; birthYear: boolean; birthDateOrResidence: boolean; identityNumber: boolean; serviceCategory: boolean; skills: number } }; contacts: ({ kind: "phone" | "email"; masked: string; relation: "own" | "guardian" | "spouse" | "colleague" })[]; listedBy: ({ unit: string | null; team: string | null; role: "member" | "leader" | "deputy" | "teacher" | "pupil" })[]; consents: ({ says: "yes" | "no"; via: "list" | "paper" | "link" | "spoken"; scope: string; givenAt: string; validUntil: string | null })[]; accesses: ({ at: string; what: string; text: { zh: string; en: string } })[] }

export type OwnLateEntry = { id: string; state: "pending" | "approved" | "refused"; askedAt: string; decidedAt: string | null; decisionReason: string | null }

export type Participation = { id: string; eventId: string; person: { id: string; name: string; minor: boolean }; team: { id: string; name: string } | null; unit: { id: string; name: string } | null; answer: "accepted" | "declined" | "unanswered"; answeredAt: string | null; answeredVia: "link" | "leader" | null; answeredByUserId: string | null; link: { generation: number; revokedAt: string | null; revokedBecause: "not_me" | "not_guardian" | "renewed" | "lost" | "erased" | null }; reached: boolean | null; reachState: "answered" | "delivered" | "sent" | "not_told" | "waiting" | "unknown" | "link_stopped" | "no_contact" | "opted_out" | "contact_invalid" | "not_sent" | "not_delivered"; note: string | null; assignments: (Assignment)[] }

export type PassRoll = { shift: { id: string; work: string; zone: string; startsAt: string; endsAt: string }; team: string | null; expiresAt: string; stamp: string; unnamed: number; entries: ({ assignmentId: string; name: string; team: string | null; present: boolean })[] }

export type PasswordChangeBody = { login: string; password: string; newPassword: string }

export type Performance = { token: string }

export type Person = { id: string; version: number; name: string; sex: "female" | "male" | null; ageBand: "under8" | "under14" | "under18" | "adult" | "unknown"; minor: boolean; birthDate: string | null; identityNumber: string | null; residence: string | null; serviceCategory: string | null; volunteerNumber: string; skills: (string)[]; contacts: ({ id: string; kind: "phone" | "email"; masked: string; relation: "own" | "guardian" | "spouse" | "colleague"; ownerName: string | null; shared: number; invalidAt: string | null; optedOutAt: string | null })[]; memberships: ({ id: string; team: { id: string; name: string }; unit: { id: string; name: string } | null; role: "member" | "leader" | "deputy" | "teacher" | "pupil"; joinedAt: string })[]; mergedIntoId: string | null; createdAt: string }

export type PersonRequest = { id: string; kind: "change" | "contact" | "contact_removal" | "merge" | "one_human"; person: { id: string; name: string }; other: { id: string; name: string } | null; doubt: "other_name" | "other_identity" | "other_birth_date" | "unmerged" | null; contactId: string | null; wanted: { name?: string; birthYear?: number; identityNumber?: string | null; contact?: { kind: "phone" | "email"; masked: string; relation: "own" | "guardian" | "spouse" | "colleague" } } | null; note: string | null; state: "open" | "approved" | "refused" | "withdrawn"; requestedAt: string; decidedAt: string | null; reason: string | null; byPerson: boolean; mine: boolean; decidable: boolean }

export type PersonalLink = { person: { maskedName: string }; event: { name: string; timeZone: string; startsAt: string; endsAt: string; cancelledAt: string | null }; answer: "accepted" | "declined" | "unanswered"; assignments: ({ id: string; work: string; startsAt: string; endsAt: string; zone: string; meetingPoint: string | null; tools: string | null; risks: string | null; recordable: boolean; answer: "accepted" | "declined" | "unanswered"; cancelledAt: string | null; cancelReason: string | null; askedAgainAt: string | null; excusedAt: string | null; contact: { name: string; phone: string | null } | null; checkInOpensAt: string; attendance: Attendance | null })[] }

export type PhoneChangeBody = { phone: string }

export type PhoneChangeView = { id: string; expiresAt: string }

export type PhoneConfirmationBody = { oldCode: string; newCode: string }

export type Picture = { id: string; stage: "before" | "after" | "evidence"; width: number; height: number; claimedAt: string | null; place: "inside" | "near" | "far" | "none"; flags: ("same_elsewhere" | "same_stage" | "time_ahead" | "time_old")[]; url: string; createdAt: string }

export type PlaceList = { items: ({ id: string; centre: (number)[] | null; rings: (((number)[])[])[] })[] }

export type Plan = { id: string; eventId: string; state: "queued" | "running" | "proposed" | "cancelled" | "failed" | "applying" | "applied"; stage: "waiting" | "describing" | "placing" | "escorting" | "gathering" | "explaining" | "bounding" | "validating" | "done"; stageName: { zh: string; en: string }; progress: number; policy: "together" | "fill"; stability: "free" | "prefer" | "onlyForMinimum"; hoursPerWeek: number | null; restMinutes: number | null; createdAt: string; finishedAt: string | null; appliedAt: string | null; appliedDistricts: (string)[]; revocable: boolean; quality: { goals: ({ goal: "minimum" | "skill" | "escorts" | "ownUnit" | "target" | "evenness" | "parts" | "stay" | "distance" | "hours" | "standby"; name: { zh: string; en: string }; achieved: number; bound: number | null; proof: string | null; proofName: { zh: string; en: string } | null })[]; people: { placeable: number; placed: number; placements: number; standby: number }; parts: { count: number; floor: number; rawCount: number; smallest: number }; certificate: { holds: boolean; arcs: number; checkedArcs: number } | null } | null; headlines: ({ shiftId: string; kind: "minimum" | "skill" | "target"; because: "nobody" | "frozen" | "pinned" | "unavailable" | "barred" | "minors" | "unskilled" | "committed" | "limit" | "escortsAway" | "unescorted" | "ownUnit" | "elsewhere" | "unproven" | "together" | "contested" | "whole" | "missed"; districtCode: string; shifts: number; zones: number; missing: number; text: { zh: string; en: string } })[]; shortages: ({ shiftId: string; kind: "minimum" | "skill" | "target"; skill: string | null; missing: number; because: "nobody" | "frozen" | "pinned" | "unavailable" | "barred" | "minors" | "unskilled" | "committed" | "limit" | "escortsAway" | "unescorted" | "ownUnit" | "elsewhere" | "unproven" | "together" | "contested" | "whole" | "missed"; becauseName: { zh: string; en: string }; reason: { zh: string; en: string }; likeShiftId: string | null; funnel: { all: number; unavailable: number; barred: number; minors: number; unskilled: number; committed: number; limit: number; unescorted: number; escortsAway: number; here: number; elsewhere: number; whole: number; free: number }; worthOfOneMore: number; oneMore: { who: "adult" | "member" | "skilled" | "escort"; teamId: string | null; gains: { minimum: number; skill: number; target: number } } | null; levers: ({ lever: "consent" | "split" | "policy" | "otherTime" | "suitable" | "escort" | "member" | "skilled" | "adult" | "lowerDemand"; heads: number; fills: number; teamIds: (string)[]; startsAt: string | null; endsAt: string | null; lost: number; text: { zh: string; en: string } })[]; competing: { set: number | null; zones: number; teams: number } | null })[]; shortagesTotal: number; explained: number; competitions: ({ set: number; kind: "minimum" | "skill" | "target"; skill: string | null; shiftIds: (string)[]; shiftsTotal: number; zones: number; teams: ({ id: string; name: string })[]; teamsTotal: number; people: number; missing: number; times: ({ startsAt: string; endsAt: string })[] })[]; unescorted: ({ teamId: string | null; shiftId: string; minors: number; escorts: number; text: { zh: string; en: string } })[]; trade: { idle: number; short: number; fills: number; text: { zh: string; en: string } } | null; moved: ({ because: "barred" | "unavailable" | "unsuitable" | "committed" | "gone" | "shrank" | "pinned" | "clash" | "noEscort" | "minimum" | "skill" | "ownUnit" | "escort" | "withTeam" | "target" | "nearer" | "notNeeded" | "rearranged"; name: { zh: string; en: string }; people: number })[] | null; peopleMoved: number | null; failure: { code: string; details: Record<string, unknown> } | null; version: number }

export type PlanApplication = { plan: Plan; applied: { assigned: number; kept: number; takenBack: number; allotted: number; gone: (string)[]; refused: ({ personId: string; shiftId: string; because: string })[]; refusedAllotments: ({ teamId: string; shiftId: string; because: string })[] } | null }

export type PlanAssignment = { position: number; personId: string; personName: string; teamId: string; teamName: string; shiftId: string | null; zoneName: string | null; startsAt: string | null; endsAt: string | null }

export type PlanComparison = { firstId: string; secondId: string; goals: ({ goal: "minimum" | "skill" | "escorts" | "ownUnit" | "target" | "evenness" | "parts" | "stay" | "distance" | "hours" | "standby"; name: { zh: string; en: string }; first: number; second: number })[]; samePlace: number; moved: number; onlyFirst: number; onlySecond: number; movedByReason: { first: ({ because: "barred" | "unavailable" | "unsuitable" | "committed" | "gone" | "shrank" | "pinned" | "clash" | "noEscort" | "minimum" | "skill" | "ownUnit" | "escort" | "withTeam" | "target" | "nearer" | "notNeeded" | "rearranged"; name: { zh: string; en: string }; people: number })[] | null; second: ({ because: "barred" | "unavailable" | "unsuitable" | "committed" | "gone" | "shrank" | "pinned" | "clash" | "noEscort" | "minimum" | "skill" | "ownUnit" | "escort" | "withTeam" | "target" | "nearer" | "notNeeded" | "rearranged"; name: { zh: string; en: string }; people: number })[] | null }; districts: ({ districtCode: string; name: string; placed: { first: number; second: number }; minimum: { first: number; second: number }; skill: { first: number; second: number }; target: { first: number; second: number }; moved: number })[] }

export type PlanMove = { position: number; personId: string; personName: string; fromShiftId: string; toShiftId: string | null; because: "barred" | "unavailable" | "unsuitable" | "committed" | "gone" | "shrank" | "pinned" | "clash" | "noEscort" | "minimum" | "skill" | "ownUnit" | "escort" | "withTeam" | "target" | "nearer" | "notNeeded" | "rearranged"; reason: { zh: string; en: string } }

export type PlanWhyHere = { planId: string; personId: string; personName: string; basis: { state: "same" | "changed" | "over"; changed: (string)[]; shiftIds: (string)[]; text: { zh: string; en: string } }; standby: boolean; places: ({ shiftId: string; zoneName: string; metres: number | null; reasons: ({ because: "pinned" | "frozen" | "minimum" | "skill" | "ownUnit" | "escort" | "withTeam" | "stayed" | "target" | "nearest" | "fewestHours" | "reserve" | "nowhere"; text: { zh: string; en: string } })[] })[]; reasons: ({ because: "pinned" | "frozen" | "minimum" | "skill" | "ownUnit" | "escort" | "withTeam" | "stayed" | "target" | "nearest" | "fewestHours" | "reserve" | "nowhere"; text: { zh: string; en: string } })[]; alternatives: ({ shiftId: string; zoneName: string; metres: number; because: "barred" | "unavailable" | "minors" | "committed" | "overlaps" | "enough" | "hours" | "frozen" | "full" | "unescorted" | "whole" | "pinnedHere" | "neededHere" | "skillHere" | "escortHere" | "ownUnit" | "splits" | "farther" | "even"; text: { zh: string; en: string } })[]; refused: ({ because: "barred" | "unavailable" | "minors" | "committed" | "overlaps" | "enough" | "hours" | "frozen" | "full" | "unescorted" | "whole" | "pinnedHere" | "neededHere" | "skillHere" | "escortHere" | "ownUnit" | "splits" | "farther" | "even"; name: { zh: string; en: string }; shifts: number })[] }

export type Point = { id: string; version: number; code: string; name: string; pointClass: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; zone: { id: string; name: string }; districtCode: string | null; unit: { id: string; name: string } | null; latitude: number | null; longitude: number | null; closedAt: string | null; createdAt: string; allowed: { edit: boolean } }

export type PointPlaces = { places: ({ id: string; name: string; longitude: number; latitude: number })[]; unplaced: number }

export type Preferences = { language?: "zh" | "en"; columns?: { events?: ("startsAt" | "organiser" | "campaign" | "theme" | "shifts" | "state")[] }; views?: ({ name: string; path: string })[]; version: number }

export type PreferencesBody = { language?: "zh" | "en"; columns?: { events?: ("startsAt" | "organiser" | "campaign" | "theme" | "shifts" | "state")[] }; views?: ({ name: string; path: string })[] }

export type Problem = { type: string; title: string; status: number; code: string; text: string; detail: string; requestId: string; details: Record<string, unknown>; violations?: ({ at: string; rule: string; message: string })[] }

export type PublicationCheck = { ready: boolean; problems: ({ because: "no_shifts" | "shift_outside_event" | "shift_without_person_in_charge" | "minors_in_unsuitable_zone" | "zone_closed" | "risks_without_insurance" | "event_over"; shifts: number; shiftIds: (string)[] })[] }

export type PupilGuardians = { person: { id: string; name: string }; team: { id: string; name: string }; contacts: ({ id: string; kind: "phone" | "email"; relation: "own" | "guardian" | "spouse" | "colleague"; ownerName: string | null; value: string })[] }

export type Quota = { id: string; version: number; eventId: string; unit: { id: string; name: string }; asked: number; pledged: number | null; countOnly: boolean; namesOwed: number; dueOn: string | null; note: string | null; answeredAt: string | null; named: number; confirmed: number; allowed: ("pledgeQuota")[] }

export type QuotaSettingResult = { created: number; changed: number; unchanged: number }

export type RankedVisit = { id: string; roundId: string | null; point: { id: string; code: string; name: string } | null; zone: { id: string; name: string }; districtCode: string; pointClass: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other" | null; receivedAt: string | null; balanced: Score; pooled: Score; notApplicable: number; unseen: number; cases: number; rescoredAt: string | null }

export type Ranking = { id: string; version: number; month: string; group: "city_districts" | "counties" | "streets" | "departments"; issuer: { id: string; name: string }; state: "computing" | "draft" | "settled" | "final"; cutAt: string; draftedAt: string | null; appealableUntil: string | null; finalAt: string | null; createdAt: string }

export type RankingLine = { id: string; position: number; name: string; districtCode: string | null; zoneId: string | null; unitId: string | null; rank: number | null; unrankedBecause: "ranking.few_points" | "ranking.few_due" | "ranking.nothing_valid" | null; bracket: number | null; last: boolean; total: number | null; interval: { low: number; high: number } | null; field: number | null; onTime: { part: number; whole: number; percent: string | null }; points: number; pooled: Score; strata: ({ districtCode: string; pointClass: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; weight: number; points: number; mean: number | null })[]; cases: { figures: TaskFigures; rates: CaseRates } }

export type ReportSnapshot = { id: string; eventId: string; title: string | null; cutOffAt: string; createdAt: string; total: { demanded: number | null; asked: number | null; pledged: number | null; assigned: number; people: number; accepted: number; arrived: number; gradeA: number; gradeB: number; gradeC: number; gradeD: number; absent: number; unanswered: number; pending: number; declined: number; excused: number; cancelled: number; open: number; early: number; onTime: number; late: number; peoplePresent: number; checkedOut: number; minutes: number; countedHeads: number; countedAdults: number; companions: number } }

export type ReportSnapshotDetail = { id: string; eventId: string; title: string | null; cutOffAt: string; createdAt: string; total: { demanded: number | null; asked: number | null; pledged: number | null; assigned: number; people: number; accepted: number; arrived: number; gradeA: number; gradeB: number; gradeC: number; gradeD: number; absent: number; unanswered: number; pending: number; declined: number; excused: number; cancelled: number; open: number; early: number; onTime: number; late: number; peoplePresent: number; checkedOut: number; minutes: number; countedHeads: number; countedAdults: number; companions: number }; report: EventReport; bulletin: { zh: string; en: string } }

export type Responsibility = { id: string; version: number; zone: { id: string; name: string; code: string | null }; level: "leader" | "unit" | "counsellor" | "partner"; unit: { id: string; name: string } | null; person: { id: string; name: string } | null; scope: string | null; duties: string | null; validFrom: string; validUntil: string | null; createdAt: string }

export type ResponsibilityBatch = { created: number; updated: number; unchanged: number; ids: (string)[] }

export type ResponsibilityImport = { preview: boolean; counts: { new: number; update: number; unchanged: number; error: number }; ignored: (string)[]; hiddenRows: number; faults: ({ row: number; column: string; value: string; reason: string; message: string; details?: Record<string, unknown> })[] }

export type Revelation = { personId: string; name: string; birthDate: string | null; residence: string | null; identityNumber: string | null; contacts: ({ id: string; kind: "phone" | "email"; relation: "own" | "guardian" | "spouse" | "colleague"; ownerName: string | null; value: string })[] }

export type RoleView = { name: "city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor"; zh: string; en: string; purpose: string; scopes: ("everything" | "unit" | "district" | "team")[]; permissions: ({ name: string; zh: string; en: string })[]; mayGrant: ("city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor")[]; apartFrom: ("city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor")[] }

export type RollAnswers = { answers: ({ assignmentId: string; result: "recorded" | "confirmed" | "already" | "declined" | "left" | "absent" | "undone" | "pending" | "moved" | "cancelled" | "not_open" | "over" | "handed_over" | "missing"; attendance: Attendance | null })[] }

export type RollEntry = { assignmentId: string; person: { id: string; name: string }; team: { id: string; name: string } | null; answer: "accepted" | "declined" | "unanswered"; excusedAt: string | null; attendance: { checkInAt: string | null; checkOutAt: string | null; timing: "early" | "on_time" | "late"; minutes: number | null; grade: "A" | "B" | "C" | "D"; via: "link" | "roll_call" | "offline_roll" | "late_entry" | "merge"; position: "inside" | "near" | "far" | "none"; flags: ("far" | "consent_missing")[] } | null }

export type RollPass = { id: string; shiftId: string; team: { id: string; name: string } | null; issuedAt: string; expiresAt: string; revokedAt: string | null }

export type RollPassIssued = { id: string; shiftId: string; team: { id: string; name: string } | null; issuedAt: string; expiresAt: string; revokedAt: string | null; url: string }

export type RollPassList = { items: (RollPass)[] }

export type Round = { id: string; version: number; label: string; year: number; number: number; kind: "monthly" | "special" | "self_test" | "recheck"; title: string; scheme: { id: string; name: string; edition: number }; issuer: { id: string; name: string }; campaignId: string | null; checkUnitId: string | null; bookId: string | null; opensAt: string; endsAt: string; spec: { size: number; reserve?: number; districtCodes?: (string)[]; pointClasses?: ("community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other")[] }; seedCommitment: string; frameDigest: string | null; drawDigest: string | null; strata: ({ districtCode: string; pointClass: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; points: number; drawn: number; certain: number })[] | null; state: "created" | "drawn" | "revealed" | "closed"; drawnAt: string | null; revealedAt: string | null; closedAt: string | null; createdAt: string; progress: { visits: number; assigned: number; received: number; cases: number }; allowed: { edit: boolean; draw: boolean; assign: boolean; reveal: boolean; close: boolean } }

export type RoundFigures = { roundId: string; method: "balanced" | "pooled"; drawn: number; received: number; balanced: string | null; pooled: Score; districts: ({ districtCode: string; name: string; drawn: number; received: number; balanced: string | null; pooled: Score; strata: ({ pointClass: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; points: number; drawn: number; received: number; balanced: string | null })[] })[] }

export type RoundProgress = { roundId: string; districts: ({ districtCode: string; name: string; points: number; visited: number; notSeen: number; waiting: number; unassigned: number })[]; inspectors: ({ userId: string; name: string; unit: { id: string; name: string } | null; visited: number; notSeen: number; waiting: number })[] }

export type RoundProof = { label: string; seed: string; seedCommitment: string; frameDigest: string; drawDigest: string; method: string; size: number; reserve: number; frame: (string)[]; drawn: ({ code: string; reserve: boolean })[] }

export type Scheme = { id: string; version: number; seriesId: string; edition: number; name: string; issuer: { id: string; name: string }; method: "balanced" | "pooled"; scale: number; indicators: ({ code: string; name: string })[]; standards: number; state: "draft" | "published" | "closed"; supersedesId: string | null; publishedAt: string | null; closedAt: string | null; createdAt: string; allowed: { edit: boolean; publish: boolean; copy: boolean; close: boolean } }

export type Score = { earned: number; possible: number; percent: string | null }

export type Screen = { id: string; eventId: string; name: string; createdAt: string; revokedAt: string | null }

export type ScreenIssued = { id: string; eventId: string; name: string; createdAt: string; revokedAt: string | null; url: string }

export type ScreenList = { items: (Screen)[] }

export type ScreenPage = { event: { name: string; theme: string | null; organiser: string; timeZone: string; startsAt: string; endsAt: string }; places: ({ id: string; centre: (number)[] | null; rings: (((number)[])[])[] })[]; live: Live; simulated: boolean; build: string | null }

export type SendingHold = { id: string; eventId: string | null; provider: "log" | "twilio" | "smtp" | null; reason: "opted_out" | "contact_invalid" | "contact_erased" | "synthetic_contact" | "not_due" | "office_passed_on" | "too_late" | "event_cancelled" | "withdrawn" | "kind_unknown" | "template_unusable" | "provider_refused" | "provider_misconfigured" | "provider_busy" | "no_answer" | "not_delivered" | null; reasonText: { zh: string; en: string } | null; providerCode: string | null; heldAt: string }

export type ServicePage = { items: ({ assignmentId: string; event: { id: string; name: string; timeZone: string }; shift: { id: string; startsAt: string; endsAt: string; work: string }; zone: { id: string; name: string }; team: { id: string; name: string } | null; answer: "accepted" | "declined" | "unanswered" | null; outcome: "arrived" | "absent" | "unanswered" | "declined" | "excused" | "cancelled" | null; minutes: number | null })[]; nextCursor: string | null; times: number; minutes: number }

export type SessionView = { id: string; kind: "cookie" | "bearer"; address: string | null; userAgent: string | null; createdAt: string; lastSeenAt: string; expiresAt: string; endedAt: string | null; endedBecause: "signed_out" | "ended" | "user_disabled" | "password_changed" | "phone_changed" | null; current: boolean }

export type Shift = { id: string; version: number; eventId: string; zone: { id: string; name: string; kind: string; districtCode: string | null }; work: string; startsAt: string; endsAt: string; min: number; target: number; max: number; taken: number; minorsAllowed: boolean; skills: ({ skill: string; min: number })[]; meetingPoint: string | null; inCharge: { id: string; name: string } | null; deputy: { id: string; name: string } | null; tools: string | null; toolsBroughtBy: string | null; risks: string | null; insurance: string | null; recordable: boolean; recordableReason: string | null; batchId: string | null; cancelledAt: string | null; cancelReason: string | null; createdAt: string }

export type ShiftBatch = { id: string; eventId: string; made: number; totals: { shifts: number; min: number; target: number; max: number }; createdAt: string; undoneAt: string | null }

export type ShiftBatchPreview = { totals: { shifts: number; min: number; target: number; max: number }; zones: number; conflictsTotal: number; conflicts: ({ zoneId: string; startsAt: string; endsAt: string; because: "zone_missing" | "zone_closed" | "outside_event" | "same_shift_exists" | "minors_unsuitable" })[]; sample: ({ zone: { id: string; name: string }; startsAt: string; endsAt: string })[] }

export type ShiftCancellation = { id: string; eventId: string; where: ShiftSelection; reason: string; shifts: number; people: number; createdAt: string; tellsAt: string; toldAt: string | null; undoneAt: string | null; undoable: boolean }

export type ShiftCancellationPreview = { token: string; expiresAt: string; shifts: number; zones: number; over: number; people: number; heads: number; messages: number; unreachable: number; tellsAfterMin: number; sample: ({ id: string; zone: { id: string; name: string }; work: string; startsAt: string; endsAt: string })[] }

export type ShiftRevision = { id: string; eventId: string; where: ShiftSelection; change: ShiftRevisionChange; shifts: number; people: number; createdAt: string; toldAt: string | null; undoneAt: string | null; undoable: boolean }

export type ShiftRevisionChange = { moveDays?: number; moveMin?: number; startsAtClock?: string; endsAtClock?: string; min?: number; target?: number; max?: number; zoneId?: string; meetingPoint?: string | null; work?: string; tools?: string | null; toolsBroughtBy?: string | null; risks?: string | null; insurance?: string | null }

export type ShiftRevisionPreview = { token: string; expiresAt: string; shifts: number; unchanged: number; over: number; conflictsTotal: number; conflicts: ({ shiftId: string; zone: { id: string; name: string }; startsAt: string; because: "ends_before_start" | "outside_event" | "too_long" | "demand_wrong" | "below_taken" | "zone_closed" | "minors_unsuitable" | "would_overlap"; people: number })[]; people: number; heads: number; askedAgain: number; messages: number; unreachable: number; tellsAfterMin: number; sample: ({ id: string; zone: { id: string; name: string }; work: string; before: { startsAt: string; endsAt: string }; after: { startsAt: string; endsAt: string } })[] }

export type ShiftSelection = { shiftIds?: (string)[]; zoneIds?: (string)[]; times?: ({ startsAt: string; endsAt: string })[]; search?: string; zoneId?: string; districtCode?: string; batchId?: string; skill?: string; from?: string; until?: string; below?: "min" | "target" | "max" }

export type SignUp = { id: string; eventId: string; person: { id: string; name: string }; team: { id: string; name: string }; offeredAt: string; withdrawnAt: string | null }

export type SignUpResult = { signedUp: number; already: number; refused: ({ personId: string; because: "full" | "overlaps" | "arranged_elsewhere" | "excused" | "unskilled" | "minor" | "closed" | "not_consented" | "ratio" })[] }

export type SignedInView = { sessionId: string; userId: string; expiresAt: string; token?: string }

export type Standard = { id: string; version: number; schemeId: string; code: string; position: number; pointClass: "common" | "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; indicator: string | null; text: string; weight: number; observations: number; answer: "met" | "count"; thresholds: ({ upTo: number | null; score: number })[] | null; mayNotApply: boolean; photo: "never" | "on_failure" | "always"; dueClass: string | null; severity: "notice" | "ordinary" | "serious" | "grave"; units: ({ districtCode: string | null; unit: { id: string; name: string }; role: "lead" | "support"; closed: boolean })[] }

export type StandardFigures = { roundId: string; standards: ({ id: string; code: string; text: string; cells: ({ districtCode: string; earned: number; possible: number; percent: string | null; failed: number; notApplicable: number; unseen: number })[] })[] }

export type Task = { id: string; version: number; book: { id: string; title: string; kind: "task_book" | "checklist" | "project" | "work_list" | "notice" | "year_plan" | "award" | "theme" | "rectification" }; kind: "item" | "stage" | "leader_visit" | "reply" | "award" | "case" | "appeal"; outline: string; text: string; acceptance: string | null; unit: { id: string; name: string }; supporting: ({ id: string; name: string })[]; issuer: { id: string; name: string }; checker: { id: string; name: string } | null; body: { id: string; name: string } | null; leader: { id: string; name: string } | null; zone: { id: string; name: string } | null; afterId: string | null; waits: boolean; dueKind: "dated" | "standing" | "none"; dueClass: string | null; dueOn: string | null; target: number | null; amount: number | null; measure: string | null; state: "draft" | "issued" | "accepted" | "returned" | "reported" | "suspended" | "closed" | "cancelled"; overdue: boolean; acceptedLate: boolean; issuedAt: string | null; answerBy: string | null; firstDueAt: string | null; dueAt: string | null; reportedAt: string | null; closedAt: string | null; suspendedUntil: string | null; cancelledAt: string | null; asked: "extension" | "suspension" | null; askedUntil: string | null; disputedAt: string | null; falseAt: string | null; carriedIntoId: string | null; awardedUntil: string | null; attempts: number; extensions: number; cycle: number; createdAt: string; allowed: { moves: ("issue" | "accept" | "return" | "uphold" | "reissue" | "progress" | "report" | "pass" | "fail" | "reopen" | "ask_extension" | "grant_extension" | "refuse_extension" | "ask_suspension" | "suspend" | "refuse_suspension" | "resume" | "settle" | "dispute" | "uphold_dispute" | "refuse_dispute" | "annul" | "carry" | "escalate" | "explain" | "comment" | "cancel" | "revoke")[] } }

export type TaskCharge = { items: ({ unit: { id: string; name: string }; items: number; explained: number; unaccepted: number; overdue: number })[] }

export type TaskFigures = { issued: number; open: number; closed: number; cancelled: number; falseFindings: number; suspended: number; overdue: number; dated: number; closedDated: number; due: number; closedDue: number; dueNotSuspended: number; onTime: number; earlierCycles: number; reported: number; sentBack: number; extended: number; everClosed: number; reopened: number }

export type TaskFunnel = { tasks: number; draft: number; issued: number; accepted: number; returned: number; reported: number; suspended: number; closed: number; cancelled: number; overdue: number }

export type TaskMove = { sequence: number; kind: "issue" | "accept" | "return" | "uphold" | "reissue" | "progress" | "report" | "pass" | "fail" | "reopen" | "ask_extension" | "grant_extension" | "refuse_extension" | "ask_suspension" | "suspend" | "refuse_suspension" | "resume" | "settle" | "dispute" | "uphold_dispute" | "refuse_dispute" | "annul" | "carry" | "escalate" | "explain" | "comment" | "cancel" | "revoke"; at: string; by: { id: string; name: string } | null; byUnit: { id: string; name: string } | null; reason: string | null; dueAt: string | null; until: string | null; unit: { id: string; name: string } | null; amount: number | null; intoId: string | null; undoes: number | null; undone: boolean; attempt: number; cycle: number }

export type TaskTemplate = { id: string; version: number; bookId: string; kind: "item" | "stage" | "leader_visit" | "reply" | "award" | "case" | "appeal"; outline: string; text: string; acceptance: string | null; body: { id: string; name: string } | null; scope: "once" | "units" | "zones" | "responsibilities"; within: { unitIds?: (string)[]; level?: "leader" | "unit" | "counsellor" | "partner"; zoneKinds?: ("province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other")[]; districtCode?: string; zoneId?: string }; cadence: "once" | "weekly" | "monthly" | "quarterly" | "yearly"; dueDay: string | null; dueClass: string | null; dueOn: string | null; target: number | null; measure: string | null; tasks: number; endedAt: string | null; createdAt: string }

export type Team = { id: string; version: number; name: string; kind: "team" | "class"; unit: { id: string; name: string } | null; leader: { id: string; name: string } | null; base: { latitude: number; longitude: number } | null; whole: boolean; statedHeads: number | null; statedMinors: number | null; members: number; createdAt: string; closedAt: string | null }

export type TeamEligibility = { eventId: string; teamId: string; fromShiftId: string | null; people: number; heads: number; reasons: ({ because: "full" | "overlaps" | "arranged_elsewhere" | "excused" | "unskilled" | "minor" | "closed" | "not_consented" | "ratio" | "arrived" | "answered" | "declined" | "escort_needed" | "moved" | "left_team" | "told" | "nobody_free" | "out_of_reach"; shiftIds: (string)[] })[] }

export type TemplateCheck = { usable: boolean; problems: ({ problem: "variable_unknown" | "brace_unmatched" | "signature_missing" | "signature_in_text" | "link_not_allowed" | "too_long" | "subject_missing" | "subject_breaks_line" | "required_variable_missing"; text: { zh: string; en: string }; where: string; what: string | null })[]; zh: { text: string; characters: number; segments: number; segmentsMax: number }; en: { text: string; characters: number; segments: number; segmentsMax: number } }

export type Transfer = { id: string; eventId: string; by: { id: string; name: string }; moves: ({ team: { id: string; name: string }; fromShiftId: string | null; toShiftId: string; people: number; heads: number })[]; people: number; heads: number; createdAt: string; tellsAt: string | null; undoneAt: string | null; stayed: ({ because: "full" | "overlaps" | "arranged_elsewhere" | "excused" | "unskilled" | "minor" | "closed" | "not_consented" | "ratio" | "arrived" | "answered" | "declined" | "escort_needed" | "moved" | "left_team" | "told" | "nobody_free" | "out_of_reach"; people: number })[] | null; undoable: boolean }

export type TransferPreview = { token: string; expiresAt: string; moves: ({ team: { id: string; name: string }; fromShiftId: string | null; toShiftId: string; people: number; heads: number; refused: ({ because: "full" | "overlaps" | "arranged_elsewhere" | "excused" | "unskilled" | "minor" | "closed" | "not_consented" | "ratio" | "arrived" | "answered" | "declined" | "escort_needed" | "moved" | "left_team" | "told" | "nobody_free" | "out_of_reach"; people: number })[] })[]; shifts: ({ id: string; before: number; after: number; min: number; target: number; max: number })[]; refused: ({ person: { id: string; name: string }; shiftId: string; because: "full" | "overlaps" | "arranged_elsewhere" | "excused" | "unskilled" | "minor" | "closed" | "not_consented" | "ratio" | "arrived" | "answered" | "declined" | "escort_needed" | "moved" | "left_team" | "told" | "nobody_free" | "out_of_reach" })[]; people: number; heads: number; accepted: number; told: number; messages: number; unreachable: number; tellsAfterMin: number | null }

export type TransferSpec = { moves: ({ teamId: string; fromShiftId: string | null; toShiftId: string; assignmentIds?: (string)[]; people?: number; heads?: number })[] }

export type UndoneMerge = { id: string; keptId: string; mergedId: string; mergedAt: string; undoneAt: string | null; notRestored: ({ kind: string; id: string })[] }

export type Unit = { id: string; version: number; name: string; kind: "government" | "enterprise" | "institution" | "social_organisation" | "school" | "community" | "other"; parent: { id: string; name: string } | null; districtCode: string | null; system: string | null; honourTitle: string | null; staffCount: number | null; liaison: { id: string; name: string } | null; leader: { id: string; name: string } | null; aliases: ({ id: string; alias: string })[]; openTeams: number; openUnits: number; createdAt: string; closedAt: string | null }

export type UnitMatches = { items: ({ name: string; unit: { id: string; name: string } | null; candidates: ({ id: string; name: string })[] })[] }

export type UserBody = { login: string; name: string; personId?: string | null; grants: (GrantBody)[] }

export type UserChange = { name: string }

export type UserDetail = { id: string; version: number; whole: boolean; login: string | null; name: string; personId: string | null; unitId: string | null; reachable: boolean; activated: boolean; disabledAt: string | null; lastSignInAt: string | null; createdAt: string; grants: ({ id: string; role: "city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor"; scope: "everything" | "unit" | "district" | "team"; unit: { id: string; name: string } | null; districtCode: string | null; team: { id: string; name: string } | null; withinDistrict: string | null; suspended: boolean; grantedAt: string; grantedBy: { id: string; name: string } | null; mayRevoke: boolean })[]; linkUntil: string | null; allowed: ("renameUser" | "disableUser" | "enableUser" | "grantRole" | "inviteUser" | "setUserPhone" | "listUserSessions" | "endSession")[] }

export type UserPhoneBody = { phone: string | null }

export type UserUnitBody = { unitId: string | null }

export type UserView = { id: string; version: number; whole: boolean; login: string | null; name: string; personId: string | null; unitId: string | null; reachable: boolean; activated: boolean; disabledAt: string | null; lastSignInAt: string | null; createdAt: string; grants: (GrantView)[] }

export type Visit = { id: string; version: number; roundId: string | null; roundLabel: string | null; role: "sample" | "reserve" | "recheck" | "patrol"; attempt: number; point: { id: string; code: string; name: string } | null; zone: { id: string; name: string }; districtCode: string; pointClass: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other" | null; inclusion: number | null; state: "unassigned" | "assigned" | "received"; inspectorUserId: string | null; inspectorName: string | null; inspectorUnit: { id: string; name: string } | null; opensAt: string | null; startedAt: string | null; endedAt: string | null; receivedAt: string | null; afterClosure: boolean; place: "inside" | "near" | "far" | "none" | null; balanced: { earned: number; possible: number; percent: number } | null; pooled: { earned: number; possible: number; percent: number } | null; valid: number | null; notApplicable: number | null; unseen: number | null }

export type VisitPacket = { visits: ({ id: string; roundLabel: string | null; schemeId: string; role: "sample" | "reserve" | "recheck" | "patrol"; attempt: number; point: { id: string; code: string; name: string; latitude: number | null; longitude: number | null } | null; zone: { id: string; name: string }; pointClass: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other" | null; opensAt: string; standardIds: (string)[] })[]; standards: (Standard)[] }

export type VisitReceipt = { id: string; operationId: string; visitId: string | null; held: boolean; receivedAt: string; entries: ({ entry: number; observationId: string | null })[]; remarks: ({ entry: number | null; code: string; text: string; kept: boolean })[]; pictures: ({ id: string; entry: number | null; arrived: boolean })[]; complete: boolean; caseIds: (string)[] }

export type WholeCase = { id: string; version: number; number: string; source: "sample" | "patrol" | "self_test" | "recheck"; roundId: string | null; visitId: string; standard: { id: string; code: string; text: string }; category: string | null; severity: "notice" | "ordinary" | "serious" | "grave"; point: { id: string; code: string; name: string } | null; zone: { id: string; name: string }; districtCode: string; unit: { id: string; name: string } | null; answeringStep: "district_lead" | "city_lead_branch" | "named" | "point_unit" | "zone_unit" | "district_office" | null; foundBy: { id: string; name: string } | null; foundAt: string; taskId: string | null; taskState: "draft" | "issued" | "accepted" | "returned" | "reported" | "suspended" | "closed" | "cancelled" | null; dueAt: string | null; overdue: boolean; heldBecause: "case.nobody_answers" | "case.nobody_checks" | null; issuedWithoutPicturesAt: string | null; recurrences: number; recheckOutcome: "held" | "fell_back" | "unclear" | null; flags: ("no_picture" | "odd_picture" | "recurred" | "fell_back")[]; shiftId: string | null; createdAt: string; before: (Picture)[]; after: (Picture)[]; notes: (string)[]; awaited: number; allowed: { issue: boolean; nameUnit: boolean; draftShift: boolean } }

export type WholeHeldUpload = { id: string; version: number; operationId: string; userId: string; user: { id: string; name: string }; visitId: string | null; patrolId: string | null; receivedAt: string; place: { scheme: { id: string; name: string }; zone: { id: string; name: string }; point: { id: string; code: string; name: string } | null } | null; observations: number; remarks: ({ entry: number | null; code: string; text: string; kept: boolean })[]; settledAt: string | null; settledNote: string | null; sent: unknown; startedAt: string; endedAt: string; entries: ({ entry: number; standard: { id: string; code: string; text: string; pointClass: "common" | "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other" } | null; sequence: number; answer: "met" | "partly" | "not" | "not_applicable" | "not_seen" | null; count: number | null; note: string | null; observationId: string | null; remarks: ({ entry: number | null; code: string; text: string; kept: boolean })[]; pictures: (Picture)[]; awaited: number })[]; pictures: (Picture)[]; allowed: { settle: boolean; accept: boolean } }

export type WholeRanking = { id: string; version: number; month: string; group: "city_districts" | "counties" | "streets" | "departments"; issuer: { id: string; name: string }; state: "computing" | "draft" | "settled" | "final"; cutAt: string; draftedAt: string | null; appealableUntil: string | null; finalAt: string | null; createdAt: string; roundIds: (string)[]; spec: { fieldWeight: number; pointsMin: number; dueMin: number }; seed: string; method: "balanced" | "pooled" | null; visits: number; lines: (RankingLine)[]; cases: { figures: TaskFigures; rates: CaseRates } | null; appeals: { open: number; granted: number; refused: number; withdrawn: number }; allowed: { finish: boolean; discard: boolean; appeal: boolean } }

export type WholeTask = { id: string; version: number; book: { id: string; title: string; kind: "task_book" | "checklist" | "project" | "work_list" | "notice" | "year_plan" | "award" | "theme" | "rectification" }; kind: "item" | "stage" | "leader_visit" | "reply" | "award" | "case" | "appeal"; outline: string; text: string; acceptance: string | null; unit: { id: string; name: string }; supporting: ({ id: string; name: string })[]; issuer: { id: string; name: string }; checker: { id: string; name: string } | null; body: { id: string; name: string } | null; leader: { id: string; name: string } | null; zone: { id: string; name: string } | null; afterId: string | null; waits: boolean; dueKind: "dated" | "standing" | "none"; dueClass: string | null; dueOn: string | null; target: number | null; amount: number | null; measure: string | null; state: "draft" | "issued" | "accepted" | "returned" | "reported" | "suspended" | "closed" | "cancelled"; overdue: boolean; acceptedLate: boolean; issuedAt: string | null; answerBy: string | null; firstDueAt: string | null; dueAt: string | null; reportedAt: string | null; closedAt: string | null; suspendedUntil: string | null; cancelledAt: string | null; asked: "extension" | "suspension" | null; askedUntil: string | null; disputedAt: string | null; falseAt: string | null; carriedIntoId: string | null; awardedUntil: string | null; attempts: number; extensions: number; cycle: number; createdAt: string; allowed: { moves: ("issue" | "accept" | "return" | "uphold" | "reissue" | "progress" | "report" | "pass" | "fail" | "reopen" | "ask_extension" | "grant_extension" | "refuse_extension" | "ask_suspension" | "suspend" | "refuse_suspension" | "resume" | "settle" | "dispute" | "uphold_dispute" | "refuse_dispute" | "annul" | "carry" | "escalate" | "explain" | "comment" | "cancel" | "revoke")[] }; moves: (TaskMove)[] }

export type WholeVisit = { id: string; version: number; roundId: string | null; roundLabel: string | null; role: "sample" | "reserve" | "recheck" | "patrol"; attempt: number; point: { id: string; code: string; name: string } | null; zone: { id: string; name: string }; districtCode: string; pointClass: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other" | null; inclusion: number | null; state: "unassigned" | "assigned" | "received"; inspectorUserId: string | null; inspectorName: string | null; inspectorUnit: { id: string; name: string } | null; opensAt: string | null; startedAt: string | null; endedAt: string | null; receivedAt: string | null; afterClosure: boolean; place: "inside" | "near" | "far" | "none" | null; balanced: { earned: number; possible: number; percent: number } | null; pooled: { earned: number; possible: number; percent: number } | null; valid: number | null; notApplicable: number | null; unseen: number | null; observations: ({ id: string; standard: { id: string; code: string; text: string; answer: "met" | "count"; mayNotApply: boolean }; sequence: number; answer: "met" | "partly" | "not" | "not_applicable" | "not_seen"; count: number | null; score: number | null; note: string | null; caseId: string | null; superseded: boolean; pictures: (Picture)[]; awaited: number })[] }

export type WorkdayDeadline = { timeZone: string; lastDay: string; endsAt: string; provisional: boolean }

export type WorkdayYear = { year: number; state: "known" | "entered" | "unpublished"; restDays: (string)[]; makeUpWorkdays: (string)[]; grantedDays: number; source: string | null; publishedOn: string | null; enteredAt: string | null; version: number }

export type WorkingBody = { id: string; version: number; kind: "group" | "office" | "counsellor_group" | "district_office"; number: number | null; name: string; members: (BodyMember)[]; closedAt: string | null; createdAt: string }

export type Zone = { id: string; version: number; code: string | null; name: string; kind: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; level: number | null; parent: { id: string; name: string } | null; districtCode: string | null; hasBoundary: boolean; centre: { latitude: number; longitude: number } | null; minorsSuitable: boolean; createdAt: string; closedAt: string | null }

export type ZoneAnswers = { zoneId: string; on: string; levels: ({ level: "leader" | "unit" | "counsellor" | "partner"; inherited: boolean; responsibilities: (Responsibility)[] })[] }

export type ZoneCoverage = { zoneId: string; from: string; until: string; levels: ({ level: "leader" | "unit" | "counsellor" | "partner"; gaps: ({ from: string; until: string })[]; overlaps: ({ from: string; until: string })[] })[] }

export type ZoneDetail = { id: string; version: number; code: string | null; name: string; kind: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; level: number | null; parent: { id: string; name: string } | null; districtCode: string | null; hasBoundary: boolean; centre: { latitude: number; longitude: number } | null; minorsSuitable: boolean; createdAt: string; closedAt: string | null; boundary: { type: string; coordinates: (unknown)[] } | null; allowed: ("changeZone" | "closeZone" | "reopenZone" | "createResponsibility")[] }

export type ZoneFeatures = { type: "FeatureCollection"; truncated: boolean; features: ({ type: "Feature"; id: string; geometry: { type?: string; coordinates?: (unknown)[] } | null; properties: { code: string | null; name: string; kind: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; parentId: string | null; districtCode: string | null; centre: { latitude: number; longitude: number } | null; minorsSuitable: boolean } })[] }

export type ZoneImport = { preview: boolean; files: ({ file: string; counts: { new: number; update: number; unchanged: number; error: number }; roots: (string)[]; ignored: (string)[]; hiddenRows: number; faults: ({ row: number; column: string; value: string; reason: string; message: string; details?: Record<string, unknown> })[]; rows: ({ row: number; code: string; name: string | null; outcome: "new" | "update" | "unchanged"; fields: (string)[] })[] })[] }

export type ZoneSplit = { zoneId: string; parts: ({ id: string; name: string })[] }

export type ZoneSplitPreview = { token: string; expiresAt: string; things: ({ kind: "zone" | "responsibility" | "shift" | "point"; id: string; name: string; startsAt: string | null; parts: (number)[] })[]; open: number }

/** 审计日志 · Who did what to what, when, from where; the newest first */
export const listAuditEntries: Operation<{ query: { limit?: number; cursor?: string; action?: string; subject?: string; actorId?: string; from?: string; until?: string } }, { items: (AuditEntryView)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/audit' }

/** 审计事项 · Every action that an entry may be of, in words */
export const listAuditActions: Operation<{  }, AuditActionList> = { method: 'GET', path: '/api/audit-actions' }

/** 导出审计日志 · The trail as a spreadsheet; the export is an entry of its own */
export const exportAudit: Operation<{ query: { action?: string; subject?: string; actorId?: string; from?: string; until?: string; lang?: "zh" | "en" } }, Blob> = { method: 'GET', path: '/api/exports/audit.xlsx' }

/** 日志封存情况 · How far the trail is sealed */
export const readAuditChain: Operation<{  }, AuditChainView> = { method: 'GET', path: '/api/audit-chain' }

/** 校验日志 · Check every entry of the trail now; that it was checked is an entry of its own */
export const verifyAudit: Operation<{  }, AuditVerdictView> = { method: 'POST', path: '/api/audit-chain/verifications' }

/** 待核查的安全提醒 · alarms that nobody has looked into yet, the newest first */
export const listAttention: Operation<{ query: { limit?: number; cursor?: string; open?: boolean } }, { items: (Attention)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/attention' }

/** 核查完毕，并说明结果 · somebody looked into it; not whoever it is about */
export const acknowledgeAttention: Operation<{ params: { attentionId: string }; body: { reason: string } }, Attention> = { method: 'PUT', path: '/api/attention/{attentionId}/acknowledgement' }

/** 后台任务 · Background jobs, newest first */
export const listJobs: Operation<{ query: { limit?: number; cursor?: string; state?: "waiting" | "running" | "done" | "dead"; kind?: string } }, { items: (Job)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/jobs' }

/** 后台任务统计 · How many jobs of each kind are in each state */
export const summariseJobs: Operation<{  }, JobSummary> = { method: 'GET', path: '/api/jobs/summary' }

/** 重试已停止的任务 · Give a dead job another chance */
export const retryJob: Operation<{ params: { jobId: string }; body: { state: "waiting" } }, Job> = { method: 'PUT', path: '/api/jobs/{jobId}/state' }

/** 各年度节假日安排 · The notices of all known years, up to the next year, the newest first */
export const listWorkdayYears: Operation<{  }, { items: (WorkdayYear)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/workday-years' }

/** 某年度节假日安排 · The notice of one year, or that there is none yet */
export const readWorkdayYear: Operation<{ params: { year: number } }, WorkdayYear> = { method: 'GET', path: '/api/workday-years/{year}' }

/** 录入年度节假日安排 · Enter the notice of a year, or replace what was entered */
export const enterWorkdayYear: Operation<{ params: { year: number }; body: { restDays: (string)[]; makeUpWorkdays: (string)[]; grantedDays?: number; source: string; publishedOn: string } }, WorkdayYear> = { method: 'PUT', path: '/api/workday-years/{year}' }

/** 推算工作日期限 · When something is due so many working days after a moment, its day not counted */
export const countWorkdayDeadline: Operation<{ query: { from: string; workdays: number; closesAt?: string } }, WorkdayDeadline> = { method: 'GET', path: '/api/workday-deadlines' }

/** 查看照片 · a picture as JPEG, for whoever may see what it is about */
export const downloadPicture: Operation<{ params: { pictureId: string } }, Blob> = { method: 'GET', path: '/api/pictures/{pictureId}' }

/** 查询单位 · Units, by pinyin */
export const listUnits: Operation<{ query: { limit?: number; cursor?: string; search?: string; closed?: boolean; kind?: "government" | "enterprise" | "institution" | "social_organisation" | "school" | "community" | "other"; districtCode?: string; parentId?: string; top?: boolean; under?: string } }, { items: (Unit)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/units' }

/** 新建单位 · Create a unit */
export const createUnit: Operation<{ body: { name: string; kind: "government" | "enterprise" | "institution" | "social_organisation" | "school" | "community" | "other"; parentId?: string | null; districtCode?: string | null; system?: string | null; honourTitle?: string | null; staffCount?: number | null; liaisonPersonId?: string | null; leaderPersonId?: string | null } }, Unit> = { method: 'POST', path: '/api/units' }

/** 单位详情 · A unit */
export const readUnit: Operation<{ params: { unitId: string } }, Unit> = { method: 'GET', path: '/api/units/{unitId}' }

/** 修改单位；改上级即整体移动 · Change a unit; a new parent moves it with everything below */
export const changeUnit: Operation<{ params: { unitId: string }; body: { name?: string; kind?: "government" | "enterprise" | "institution" | "social_organisation" | "school" | "community" | "other"; parentId?: string | null; districtCode?: string | null; system?: string | null; honourTitle?: string | null; staffCount?: number | null; liaisonPersonId?: string | null; leaderPersonId?: string | null } }, Unit> = { method: 'PATCH', path: '/api/units/{unitId}' }

/** 关闭单位 · Close a unit */
export const closeUnit: Operation<{ params: { unitId: string } }, Unit> = { method: 'PUT', path: '/api/units/{unitId}/closure' }

/** 恢复单位 · Open a closed unit again */
export const reopenUnit: Operation<{ params: { unitId: string } }, Unit> = { method: 'DELETE', path: '/api/units/{unitId}/closure' }

/** 确认单位别名 · Confirm another name of a unit */
export const confirmAlias: Operation<{ params: { unitId: string }; body: { alias: string } }, Unit> = { method: 'POST', path: '/api/units/{unitId}/aliases' }

/** 取消单位别名 · Forget another name of a unit */
export const forgetAlias: Operation<{ params: { aliasId: string } }, null> = { method: 'DELETE', path: '/api/unit-aliases/{aliasId}' }

/** 按名称比对单位 · which units these names mean, of those within reach; changes nothing */
export const matchUnits: Operation<{ body: { names: (string)[] } }, UnitMatches> = { method: 'POST', path: '/api/unit-matches' }

/** 查询队伍和班级 · Teams and classes, by pinyin */
export const listTeams: Operation<{ query: { limit?: number; cursor?: string; search?: string; closed?: boolean; kind?: "team" | "class"; unitId?: string; districtCode?: string } }, { items: (Team)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/teams' }

/** 新建队伍或班级 · Create a team or class */
export const createTeam: Operation<{ body: { name: string; kind?: "team" | "class"; unitId?: string | null; leaderPersonId?: string | null; base?: { latitude: number; longitude: number } | null; whole?: boolean; statedHeads?: number | null; statedMinors?: number | null } }, Team> = { method: 'POST', path: '/api/teams' }

/** 队伍详情 · A team or class */
export const readTeam: Operation<{ params: { teamId: string } }, Team> = { method: 'GET', path: '/api/teams/{teamId}' }

/** 修改队伍 · Change a team or class */
export const changeTeam: Operation<{ params: { teamId: string }; body: { name?: string; unitId?: string | null; leaderPersonId?: string | null; base?: { latitude: number; longitude: number } | null; whole?: boolean; statedHeads?: number | null; statedMinors?: number | null } }, Team> = { method: 'PATCH', path: '/api/teams/{teamId}' }

/** 关闭队伍 · Close a team */
export const closeTeam: Operation<{ params: { teamId: string } }, Team> = { method: 'PUT', path: '/api/teams/{teamId}/closure' }

/** 恢复队伍 · Open a closed team again */
export const reopenTeam: Operation<{ params: { teamId: string } }, Team> = { method: 'DELETE', path: '/api/teams/{teamId}/closure' }

/** 加入队伍或改变角色 · Make somebody a member, in a role */
export const putMember: Operation<{ params: { teamId: string; personId: string }; body: { role: "member" | "leader" | "deputy" | "teacher" | "pupil" } }, null> = { method: 'PUT', path: '/api/teams/{teamId}/members/{personId}' }

/** 离队 · End a membership */
export const endMembership: Operation<{ params: { teamId: string; personId: string } }, null> = { method: 'DELETE', path: '/api/teams/{teamId}/members/{personId}' }

/** 查询人员，号码已遮盖 · People by pinyin, numbers masked */
export const listPersons: Operation<{ query: { limit?: number; cursor?: string; search?: string; teamId?: string; unitId?: string; role?: "member" | "leader" | "deputy" | "teacher" | "pupil"; skill?: string; age?: "adult" | "minor" | "unknown"; number?: "missing" | "invalid"; consent?: "none" | "yes" | "no" } }, { items: (Person)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/persons' }

/** 登记人员 · Enter a person by hand */
export const createPerson: Operation<{ body: { name: string; sex?: "female" | "male" | null; birthDate?: string | string | null; identityNumber?: string | null; residence?: string | null; serviceCategory?: string | null; skills?: (string)[]; contacts?: ({ kind: "phone" | "email"; value: string; relation?: "own" | "guardian" | "spouse" | "colleague"; ownerName?: string | null })[]; memberships: ({ teamId: string; role?: "member" | "leader" | "deputy" | "teacher" | "pupil" })[]; evenIfKnown?: boolean } }, Person> = { method: 'POST', path: '/api/persons' }

/** 符合条件的人数 · How many people fit a filter, up to 10,000 */
export const countPersons: Operation<{ query: { search?: string; teamId?: string; unitId?: string; role?: "member" | "leader" | "deputy" | "teacher" | "pupil"; skill?: string; age?: "adult" | "minor" | "unknown"; number?: "missing" | "invalid"; consent?: "none" | "yes" | "no" } }, { count: number; more: boolean }> = { method: 'GET', path: '/api/person-count' }

/** 按完整号码查人 · People by a full number, which never stands in an address */
export const lookUpPersons: Operation<{ body: { number: string } }, { items: (Person)[] }> = { method: 'POST', path: '/api/person-look-ups' }

/** 人员详情 · A person */
export const readPerson: Operation<{ params: { personId: string } }, Person> = { method: 'GET', path: '/api/persons/{personId}' }

/** 修改人员 · Change a person */
export const changePerson: Operation<{ params: { personId: string }; body: { name?: string; sex?: "female" | "male" | null; birthDate?: string | string | null; identityNumber?: string | null; residence?: string | null; serviceCategory?: string | null; skills?: (string)[] } }, Person> = { method: 'PATCH', path: '/api/persons/{personId}' }

/** 查看完整号码，记入审计；未成年人须先经他人批准 · Full numbers, audited; of a minor under an approval */
export const revealPerson: Operation<{ params: { personId: string } }, Revelation> = { method: 'POST', path: '/api/persons/{personId}/revelations' }

/** 添加联系方式，可与他人共用 · Add a number or address; several people may share one */
export const addContact: Operation<{ params: { personId: string }; body: { kind: "phone" | "email"; value: string; relation?: "own" | "guardian" | "spouse" | "colleague"; ownerName?: string | null } }, Person> = { method: 'POST', path: '/api/persons/{personId}/contacts' }

/** 移除联系方式 · Take a number or address from somebody */
export const removeContact: Operation<{ params: { personId: string; contactId: string } }, null> = { method: 'DELETE', path: '/api/persons/{personId}/contacts/{contactId}' }

/** 标记号码失效或退订：能管理全部共用者的，对号码生效；否则只对所管理的人员生效 · Mark a number invalid or opted out: for the number by whoever reaches all who share it, else for those within reach */
export const markContact: Operation<{ params: { contactId: string }; body: { invalid?: boolean; optedOut?: boolean } }, null> = { method: 'PATCH', path: '/api/contacts/{contactId}' }

/** 监护人意见 · What guardians said */
export const listConsents: Operation<{ params: { personId: string } }, { items: (GuardianConsent)[] }> = { method: 'GET', path: '/api/persons/{personId}/guardian-consents' }

/** 登记监护人同意或不同意 · Record what a guardian said */
export const recordConsent: Operation<{ params: { personId: string }; body: { says?: "yes" | "no"; guardianName: string; givenAt?: string; via: "paper" | "spoken"; scope: string; eventId?: string | null; validUntil?: string | null } }, GuardianConsent> = { method: 'POST', path: '/api/persons/{personId}/guardian-consents' }

/** 撤回监护人同意 · Withdraw a consent */
export const withdrawConsent: Operation<{ params: { personId: string; consentId: string } }, GuardianConsent> = { method: 'PUT', path: '/api/persons/{personId}/guardian-consents/{consentId}/withdrawal' }

/** 疑似重复的人员 · Pairs of namesakes who may be one person */
export const listDuplicates: Operation<{ query: { limit?: number; cursor?: string; because?: "contact" | "unit" } }, { items: ({ because: ("contact" | "unit")[]; persons: (Person)[] })[]; nextCursor: string | null }> = { method: 'GET', path: '/api/person-duplicates' }

/** 合并记录 · Merges, the latest first */
export const listMerges: Operation<{ query: { limit?: number; cursor?: string } }, { items: (Merge)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/person-merges' }

/** 合并为一人 · Make two rows one person */
export const mergePersons: Operation<{ body: { keptId: string; mergedId: string } }, Merge> = { method: 'POST', path: '/api/person-merges' }

/** 撤销合并 · Undo a merge */
export const undoMerge: Operation<{ params: { mergeId: string } }, UndoneMerge> = { method: 'DELETE', path: '/api/person-merges/{mergeId}' }

/** 同一人在您管辖范围内的其他记录 · Other records of the same human, within reach */
export const listOtherRecords: Operation<{ params: { personId: string } }, OtherRecords> = { method: 'GET', path: '/api/persons/{personId}/other-records' }

/** 确认为同一人（记录各自保留） · Say that two records are one human; both stay */
export const joinRecords: Operation<{ params: { personId: string; otherPersonId: string } }, OtherRecords> = { method: 'PUT', path: '/api/persons/{personId}/other-records/{otherPersonId}' }

/** 确认不是同一人 · Say that two records are two humans */
export const separateRecords: Operation<{ params: { personId: string; otherPersonId: string } }, OtherRecords> = { method: 'DELETE', path: '/api/persons/{personId}/other-records/{otherPersonId}' }

/** 提交更正申请 · Ask for a change of what identifies somebody */
export const filePersonRequest: Operation<{ params: { personId: string }; body: { change?: { name?: string; birthDate?: string | string | null; identityNumber?: string | null }; contact?: { kind: "phone" | "email"; value: string; relation?: "own" | "guardian" | "spouse" | "colleague"; ownerName?: string | null }; contactRemoval?: { contactId: string }; merge?: { otherPersonId: string }; note?: string } }, PersonRequest> = { method: 'POST', path: '/api/persons/{personId}/requests' }

/** 更正申请：由您处理的和您提交的 · Requests that you may decide, or filed */
export const listPersonRequests: Operation<{ query: { limit?: number; cursor?: string; state?: "open" | "approved" | "refused" | "withdrawn" } }, { items: (PersonRequest)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/person-requests' }

/** 查看更正申请 · One request */
export const readPersonRequest: Operation<{ params: { requestId: string } }, PersonRequest> = { method: 'GET', path: '/api/person-requests/{requestId}' }

/** 撤回申请 · Withdraw one’s own request */
export const withdrawPersonRequest: Operation<{ params: { requestId: string } }, PersonRequest> = { method: 'PUT', path: '/api/person-requests/{requestId}/withdrawal' }

/** 同意申请，即时生效 · Approve a request: it is done at once */
export const approvePersonRequest: Operation<{ params: { requestId: string } }, PersonRequest> = { method: 'PUT', path: '/api/person-requests/{requestId}/approval' }

/** 不同意申请，并说明原因 · Refuse a request, with a reason */
export const refusePersonRequest: Operation<{ params: { requestId: string }; body: { reason: string } }, PersonRequest> = { method: 'PUT', path: '/api/person-requests/{requestId}/refusal' }

/** 导出单位 · Units as a spreadsheet */
export const exportUnits: Operation<{ query: { search?: string; closed?: boolean; kind?: "government" | "enterprise" | "institution" | "social_organisation" | "school" | "community" | "other"; districtCode?: string; parentId?: string; top?: boolean; under?: string; lang?: "zh" | "en" } }, Blob> = { method: 'GET', path: '/api/exports/units.xlsx' }

/** 导出人员，号码已遮盖，记入审计 · People as a spreadsheet, numbers masked; audited */
export const exportPersons: Operation<{ query: { search?: string; teamId?: string; unitId?: string; role?: "member" | "leader" | "deputy" | "teacher" | "pupil"; skill?: string; age?: "adult" | "minor" | "unknown"; number?: "missing" | "invalid"; consent?: "none" | "yes" | "no"; lang?: "zh" | "en" } }, Blob> = { method: 'GET', path: '/api/exports/persons.xlsx' }

/** 组织概况 · How many units, teams and people there are, schools apart */
export const readOrganisationFigures: Operation<{  }, OrganisationFigures> = { method: 'GET', path: '/api/organisation-figures' }

/** 登录 · Sign in by password, or by a code sent to the phone */
export const signIn: Operation<{ body: { login: string; password: string; kind?: "cookie" | "bearer" } | { phone: string; code: string; kind?: "cookie" | "bearer" } }, SignedInView> = { method: 'POST', path: '/api/sessions' }

/** 我的会话 · One’s own sessions, the newest first */
export const listSessions: Operation<{ query: { limit?: number; cursor?: string } }, { items: (SessionView)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/sessions' }

/** 发送登录验证码 · Send a sign-in code, if the phone belongs to somebody who may; the answer never tells. The code is good with the cookie that comes with it */
export const requestLoginCode: Operation<{ body: LoginCodeBody }, Record<string, unknown>> = { method: 'POST', path: '/api/login-codes' }

/** 修改密码 · Change one’s own password, also one that has expired; all sessions end */
export const changePassword: Operation<{ body: PasswordChangeBody }, null> = { method: 'PUT', path: '/api/password' }

/** 当前用户 · Who is signed in, and what they may do */
export const readMe: Operation<{  }, MeView> = { method: 'GET', path: '/api/me' }

/** 退出 · Sign out */
export const signOut: Operation<{  }, null> = { method: 'DELETE', path: '/api/sessions/current' }

/** 结束会话 · End one of one’s own sessions, or one of a user one manages */
export const endSession: Operation<{ params: { sessionId: string } }, null> = { method: 'DELETE', path: '/api/sessions/{sessionId}' }

/** 角色与权限 · Every role and what it may do */
export const listRoles: Operation<{  }, (RoleView)[]> = { method: 'GET', path: '/api/roles' }

/** 账号列表 · Users with a role within reach, by login */
export const listUsers: Operation<{ query: { limit?: number; cursor?: string; search?: string; role?: "city_office" | "district_office" | "unit_administrator" | "team_leader" | "inspector" | "counsellor" | "responsible_leader" | "task_officer" | "viewer" | "system_administrator" | "auditor"; unitId?: string; districtCode?: string; disabled?: boolean; activated?: boolean } }, { items: (UserView)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/users' }

/** 新建账号 · A user with roles; invite them with an activation */
export const createUser: Operation<{ body: UserBody }, UserView> = { method: 'POST', path: '/api/users' }

/** 账号 · One user, and what you may do with the account */
export const readUser: Operation<{ params: { userId: string } }, UserDetail> = { method: 'GET', path: '/api/users/{userId}' }

/** 修改姓名 · Change the name a user is shown by */
export const renameUser: Operation<{ params: { userId: string }; body: UserChange }, UserView> = { method: 'PATCH', path: '/api/users/{userId}' }

/** 账号的会话 · A user’s sessions, the newest first */
export const listUserSessions: Operation<{ params: { userId: string }; query: { limit?: number; cursor?: string } }, { items: (SessionView)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/users/{userId}/sessions' }

/** 登记所属单位 · Name the unit a user acts for, or none (If-Match) */
export const setUserUnit: Operation<{ params: { userId: string }; body: UserUnitBody }, UserView> = { method: 'PUT', path: '/api/users/{userId}/unit' }

/** 停用账号 · Lock a user out at once; their sessions end. An officer’s account waits for another officer */
export const disableUser: Operation<{ params: { userId: string } }, OfficerConfirmationView | null> = { method: 'PUT', path: '/api/users/{userId}/suspension' }

/** 恢复账号 · Let a user in again; an officer once another officer confirms it */
export const enableUser: Operation<{ params: { userId: string } }, OfficerConfirmationView | null> = { method: 'DELETE', path: '/api/users/{userId}/suspension' }

/** 授予角色 · Give a role over a part of the organisation */
export const grantRole: Operation<{ params: { userId: string }; body: GrantBody }, UserView | OfficerConfirmationView> = { method: 'POST', path: '/api/users/{userId}/grants' }

/** 收回角色 · Take a role back, at once; an officer’s once another officer confirms it */
export const revokeGrant: Operation<{ params: { userId: string; grantId: string } }, OfficerConfirmationView | null> = { method: 'DELETE', path: '/api/users/{userId}/grants/{grantId}' }

/** 绑定手机号 · The number that links and codes of a user go to; the old number is told, and what it opened ends */
export const setUserPhone: Operation<{ params: { userId: string }; body: UserPhoneBody }, UserView | OfficerConfirmationView> = { method: 'PUT', path: '/api/users/{userId}/phone' }

/** 申请更换本人绑定的手机号 · Move one’s own account: a code goes to the old number, another to the new */
export const requestPhoneChange: Operation<{ body: PhoneChangeBody }, PhoneChangeView> = { method: 'POST', path: '/api/me/phone-changes' }

/** 确认更换手机号 · Move one’s own account, by the codes both numbers got; other sessions end */
export const confirmPhoneChange: Operation<{ params: { phoneChangeId: string }; body: PhoneConfirmationBody }, null> = { method: 'PUT', path: '/api/me/phone-changes/{phoneChangeId}/confirmation' }

/** 发送一次性链接 · A one-time link by which the user sets a password; an earlier one stops working */
export const inviteUser: Operation<{ params: { userId: string }; body: ActivationBody }, IssuedActivation | OfficerConfirmationView> = { method: 'POST', path: '/api/users/{userId}/activations' }

/** 批量开通 · Accounts and one-time links for liaisons of units and leaders of teams; `Accept: text/csv` with `list` downloads them */
export const inviteMany: Operation<{ body: BulkInvitationBody }, BulkInvitationView> = { method: 'POST', path: '/api/accounts/bulk-invitations' }

/** 查看一次性链接 · Whose link this is; looking changes nothing */
export const readActivation: Operation<{ params: { token: string } }, ActivationView> = { method: 'GET', path: '/api/activations/{token}' }

/** 用链接设置密码 · Set one’s own password; uses the link up */
export const redeemActivation: Operation<{ params: { token: string }; body: ActivationPasswordBody }, { login: string }> = { method: 'PUT', path: '/api/activations/{token}/password' }

/** 待复核的账号变更 · Changes of officers’ accounts that a second officer confirms, the newest first */
export const listOfficerConfirmations: Operation<{ query: { limit?: number; cursor?: string; state?: "pending" | "approved" | "refused" | "expired" } }, { items: (OfficerConfirmationView)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/officer-confirmations' }

/** 一项复核 · One of them */
export const readOfficerConfirmation: Operation<{ params: { confirmationId: string } }, OfficerConfirmationView> = { method: 'GET', path: '/api/officer-confirmations/{confirmationId}' }

/** 同意 · Approve what another officer asked for; it is done at once */
export const approveOfficerConfirmation: Operation<{ params: { confirmationId: string } }, OfficerConfirmationView> = { method: 'PUT', path: '/api/officer-confirmations/{confirmationId}/approval' }

/** 退回 · Refuse what another officer asked for */
export const refuseOfficerConfirmation: Operation<{ params: { confirmationId: string } }, OfficerConfirmationView> = { method: 'PUT', path: '/api/officer-confirmations/{confirmationId}/refusal' }

/** 查询区域 · Zones, by pinyin */
export const listZones: Operation<{ query: { limit?: number; cursor?: string; search?: string; closed?: boolean; kind?: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; districtCode?: string; parentId?: string; under?: string; minorsSuitable?: boolean } }, { items: (Zone)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/zones' }

/** 新建区域 · Create a zone */
export const createZone: Operation<{ body: { name: string; kind: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; code?: string | null; parentId?: string | null; boundary?: { type: "Polygon" | "MultiPolygon"; coordinates: (unknown)[] } | null; centre?: { latitude: number; longitude: number } | null; minorsSuitable?: boolean } }, ZoneDetail> = { method: 'POST', path: '/api/zones' }

/** 县区列表 · Districts and counties by code, to choose from */
export const listDistricts: Operation<{  }, { items: ({ code: string; name: string })[] }> = { method: 'GET', path: '/api/districts' }

/** 区域边界，GeoJSON · Zones as GeoJSON, within a box */
export const mapZones: Operation<{ query: { search?: string; closed?: boolean; kind?: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; districtCode?: string; parentId?: string; under?: string; minorsSuitable?: boolean; bbox?: string } }, ZoneFeatures> = { method: 'GET', path: '/api/zones.geojson' }

/** 区域详情及边界 · A zone with its boundary */
export const readZone: Operation<{ params: { zoneId: string } }, ZoneDetail> = { method: 'GET', path: '/api/zones/{zoneId}' }

/** 修改区域或边界 · Change a zone or its boundary */
export const changeZone: Operation<{ params: { zoneId: string }; body: { name?: string; kind?: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; code?: string | null; parentId?: string | null; boundary?: { type: "Polygon" | "MultiPolygon"; coordinates: (unknown)[] } | null; centre?: { latitude: number; longitude: number } | null; minorsSuitable?: boolean } }, ZoneDetail> = { method: 'PATCH', path: '/api/zones/{zoneId}' }

/** 关闭区域 · Close a zone */
export const closeZone: Operation<{ params: { zoneId: string } }, ZoneDetail> = { method: 'PUT', path: '/api/zones/{zoneId}/closure' }

/** 恢复区域 · Open a closed zone again */
export const reopenZone: Operation<{ params: { zoneId: string } }, ZoneDetail> = { method: 'DELETE', path: '/api/zones/{zoneId}/closure' }

/** 预览拆分区域 · what hangs on a zone and which part it would go to; changes nothing */
export const previewZoneSplit: Operation<{ params: { zoneId: string }; body: { parts: ({ name: string; kind?: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; code?: string | null; boundary?: { type: "Polygon" | "MultiPolygon"; coordinates: (unknown)[] } | null; centre?: { latitude: number; longitude: number } | null; minorsSuitable?: boolean })[]; answers?: ({ id: string; parts: (number)[] })[]; rest?: number } }, ZoneSplitPreview> = { method: 'POST', path: '/api/zones/{zoneId}/split/preview' }

/** 拆分区域 · split it exactly as previewed (token); the old zone is closed */
export const splitZone: Operation<{ params: { zoneId: string }; body: Performance }, ZoneSplit> = { method: 'POST', path: '/api/zones/{zoneId}/split' }

/** 责任清单 · The register */
export const listResponsibilities: Operation<{ query: { limit?: number; cursor?: string; zoneId?: string; unitId?: string; personId?: string; level?: "leader" | "unit" | "counsellor" | "partner"; districtCode?: string; kind?: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; on?: string } }, { items: (Responsibility)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/responsibilities' }

/** 登记责任 · Enter who answers for a zone */
export const createResponsibility: Operation<{ body: { zoneId: string; level: "leader" | "unit" | "counsellor" | "partner"; unitId?: string; personId?: string; scope?: string | null; duties?: string | null; validFrom?: string; validUntil?: string | null } }, Responsibility> = { method: 'POST', path: '/api/responsibilities' }

/** 无人负责的区域 · Zones for which nobody answers, at a level */
export const listResponsibilityGaps: Operation<{ query: { search?: string; closed?: boolean; kind?: "province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other"; districtCode?: string; parentId?: string; under?: string; minorsSuitable?: boolean; limit?: number; cursor?: string; level: "leader" | "unit" | "counsellor" | "partner"; on?: string; inherited?: boolean } }, { items: (Zone)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/responsibility-gaps' }

/** 一项责任 · One duty */
export const readResponsibility: Operation<{ params: { id: string } }, Responsibility> = { method: 'GET', path: '/api/responsibilities/{id}' }

/** 修改或终止责任 · Change a duty, or end it by its last day */
export const changeResponsibility: Operation<{ params: { id: string }; body: { scope?: string | null; duties?: string | null; validFrom?: string; validUntil?: string | null } }, Responsibility> = { method: 'PATCH', path: '/api/responsibilities/{id}' }

/** 今日各层级由谁负责 · Who answers for a zone on a day, at each level */
export const whoAnswers: Operation<{ params: { zoneId: string }; query: { on?: string } }, ZoneAnswers> = { method: 'GET', path: '/api/zones/{zoneId}/responsibilities' }

/** 责任空档与重叠 · Days with nobody, and with more than one */
export const coverageOfZone: Operation<{ params: { zoneId: string }; query: { from?: string; until?: string } }, ZoneCoverage> = { method: 'GET', path: '/api/zones/{zoneId}/responsibility-coverage' }

/** 批量登记责任 · Enter many duties; the same list again changes nothing */
export const saveResponsibilities: Operation<{ body: { items: ({ zoneId: string; level: "leader" | "unit" | "counsellor" | "partner"; unitId?: string; personId?: string; scope?: string | null; duties?: string | null; validFrom?: string; validUntil?: string | null })[] } }, ResponsibilityBatch> = { method: 'POST', path: '/api/responsibility-batches' }

/** 上传名单文件 · Upload lists (multipart/form-data, many files) */
export const startImport: Operation<{ body: FormData }, Import> = { method: 'POST', path: '/api/imports' }

/** 导入记录 · Imports, the latest first */
export const listImports: Operation<{ query: { limit?: number; cursor?: string } }, { items: (ImportSummary)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/imports' }

/** 导入进度与结果 · An import: how far it is, and what was found */
export const readImport: Operation<{ params: { importId: string } }, Import> = { method: 'GET', path: '/api/imports/{importId}' }

/** 逐行核对结果 · The rows and what is said about each */
export const listImportRows: Operation<{ params: { importId: string }; query: { limit?: number; cursor?: string; judgement?: "new" | "update" | "unchanged" | "duplicate" | "needs_decision" | "skipped" | "error"; kind?: "title" | "heading" | "data" | "subtotal" | "signature" | "note" | "sample" | "numbered" | "continued"; sheetId?: string; lang?: "zh" | "en" } }, { items: (ImportRow)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/imports/{importId}/rows' }

/** 待人工确认的问题 · What only a person can decide */
export const listImportDecisions: Operation<{ params: { importId: string }; query: { limit?: number; cursor?: string; answered?: boolean } }, { items: (ImportDecision)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/imports/{importId}/decisions' }

/** 确认 · Answer; names of units are remembered, and the rows judged again */
export const decideImport: Operation<{ params: { importId: string }; body: { decisions: ({ decisionId: string; answer: "use" | "create" | "skip"; id?: string; choice?: string; kind?: "government" | "enterprise" | "institution" | "social_organisation" | "school" | "community" | "other"; parentId?: string | null; districtCode?: string | null })[]; others?: { unit?: "create" | "skip"; team?: "create" | "skip"; person?: "create" | "skip" } } }, Import> = { method: 'POST', path: '/api/imports/{importId}/decisions' }

/** 名单种类与各列字段 · The kinds of lists, and what a column may mean */
export const listImportKinds: Operation<{ query: { lang?: "zh" | "en" } }, ImportKinds> = { method: 'GET', path: '/api/import-kinds' }

/** 表格原样 · The lines of a sheet as they stand in the file, with what was read from each */
export const listImportLines: Operation<{ params: { importId: string; sheetId: string }; query: { limit?: number; cursor?: string; fromLine?: number; judgement?: "new" | "update" | "unchanged" | "duplicate" | "needs_decision" | "skipped" | "error"; full?: boolean; lang?: "zh" | "en" } }, { items: (ImportLine)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/imports/{importId}/sheets/{sheetId}/lines' }

/** 更正表头识别 · Say what the columns of a sheet mean */
export const correctImportHeadings: Operation<{ params: { importId: string; sheetId: string }; body: { list: string; headingLine: number; columns: ({ index: number; field: string | null; part?: number })[]; defaults?: { unitId?: string; teamId?: string; className?: string } } }, Import> = { method: 'PUT', path: '/api/imports/{importId}/sheets/{sheetId}/headings' }

/** 在预览中更正单元格 · Correct cells in the preview; the rows are judged again */
export const correctImportCells: Operation<{ params: { importId: string; sheetId: string }; body: { cells: ({ line: number; index: number; text: string | null })[] } }, Import> = { method: 'PUT', path: '/api/imports/{importId}/sheets/{sheetId}/cells' }

/** 跳过某些行 · Say which lines are left out */
export const leaveOutImportLines: Operation<{ params: { importId: string; sheetId: string }; body: { lines: (number)[] } }, Import> = { method: 'PUT', path: '/api/imports/{importId}/sheets/{sheetId}/left-out-lines' }

/** 入库：有效行全部写入，否则全部收回 · Write the valid rows: all of them, or none */
export const commitImport: Operation<{ params: { importId: string } }, Import> = { method: 'PUT', path: '/api/imports/{importId}/commit' }

/** 撤销入库，恢复原状 · Undo: everything becomes what it was */
export const undoImport: Operation<{ params: { importId: string } }, Import> = { method: 'DELETE', path: '/api/imports/{importId}/commit' }

/** 错误表 · The rows that are not taken, with reasons, to give back */
export const downloadImportErrors: Operation<{ params: { importId: string }; query: { lang?: "zh" | "en" } }, Blob> = { method: 'GET', path: '/api/imports/{importId}/errors.xlsx' }

/** 下载模板 · A template to fill in */
export const downloadImportTemplate: Operation<{ params: { kind: "people" | "units" | "teams" | "heads" | "classes" | "tasks" | "points" | "standards" }; query: { lang?: "zh" | "en" } }, Blob> = { method: 'GET', path: '/api/import-templates/{kind}.xlsx' }

/** 导入区划、网格和边界（GeoJSON、CSV、xlsx） · Import divisions, cells and boundaries */
export const importZones: Operation<{ query: { preview?: boolean; hidden?: "take" | "skip"; lang?: "zh" | "en" }; body: FormData }, ZoneImport> = { method: 'POST', path: '/api/zone-imports' }

/** 导入责任清单（CSV、xlsx） · Import the register */
export const importResponsibilities: Operation<{ query: { preview?: boolean; hidden?: "take" | "skip"; lang?: "zh" | "en" }; body: FormData }, ResponsibilityImport> = { method: 'POST', path: '/api/responsibility-imports' }

/** 专项行动列表 · campaigns, the latest first */
export const listCampaigns: Operation<{ query: { limit?: number; cursor?: string; search?: string; kind?: "campaign" | "month" | "week"; parentId?: string } }, { items: (Campaign)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/campaigns' }

/** 新建专项行动 · create a campaign */
export const createCampaign: Operation<{ body: { name: string; description?: string | null; startsOn: string; endsOn: string; kind?: "campaign" | "month" | "week"; parentId?: string | null } }, Campaign> = { method: 'POST', path: '/api/campaigns' }

/** 查看专项行动 · one campaign */
export const readCampaign: Operation<{ params: { campaignId: string } }, Campaign> = { method: 'GET', path: '/api/campaigns/{campaignId}' }

/** 修改专项行动 · change a campaign (If-Match) */
export const changeCampaign: Operation<{ params: { campaignId: string }; body: { name?: string; description?: string | null; startsOn?: string; endsOn?: string } }, Campaign> = { method: 'PATCH', path: '/api/campaigns/{campaignId}' }

/** 活动列表 · events, the latest first */
export const listEvents: Operation<{ query: { limit?: number; cursor?: string; search?: string; state?: "draft" | "published" | "closed" | "cancelled"; campaignId?: string; organiserUnitId?: string; from?: string; until?: string } }, { items: (Event)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events' }

/** 新建活动草稿 · open a draft */
export const createEvent: Operation<{ body: { name: string; organiserUnitId: string; timeZone: string; startsAt: string; endsAt: string; theme?: string | null; description?: string | null; campaignId?: string | null; minorsPerAdult?: number; checkInOpensMin?: number; ownUnit?: "hard" | "preferred" } }, EventDetail> = { method: 'POST', path: '/api/events' }

/** 查看活动 · one event */
export const readEvent: Operation<{ params: { eventId: string } }, EventDetail> = { method: 'GET', path: '/api/events/{eventId}' }

/** 修改活动 · change an event (If-Match) */
export const changeEvent: Operation<{ params: { eventId: string }; body: { name?: string; organiserUnitId?: string; timeZone?: string; startsAt?: string; endsAt?: string; theme?: string | null; description?: string | null; campaignId?: string | null; minorsPerAdult?: number; checkInOpensMin?: number; ownUnit?: "hard" | "preferred" } }, EventDetail> = { method: 'PATCH', path: '/api/events/{eventId}' }

/** 发布前检查 · what still stands in the way of publishing */
export const checkPublication: Operation<{ params: { eventId: string } }, PublicationCheck> = { method: 'GET', path: '/api/events/{eventId}/publication-check' }

/** 需求汇总 · demand by district, kind of zone and zone */
export const readDemand: Operation<{ params: { eventId: string } }, DemandFigures> = { method: 'GET', path: '/api/events/{eventId}/demand' }

/** 复制活动 · a draft like this event at another time, with its shifts and nobody on them */
export const copyEvent: Operation<{ params: { eventId: string }; body: { name: string; startsAt: string; organiserUnitId?: string; campaignId?: string | null } }, EventCopied> = { method: 'POST', path: '/api/events/{eventId}/copies' }

/** 发布活动 · publish */
export const publishEvent: Operation<{ params: { eventId: string } }, EventDetail> = { method: 'PUT', path: '/api/events/{eventId}/publication' }

/** 结束活动 · close */
export const closeEvent: Operation<{ params: { eventId: string } }, EventDetail> = { method: 'PUT', path: '/api/events/{eventId}/closure' }

/** 取消活动 · call the event off */
export const cancelEvent: Operation<{ params: { eventId: string }; body: { reason: string } }, EventDetail> = { method: 'PUT', path: '/api/events/{eventId}/cancellation' }

/** 活动的班次 · shifts of an event in order of time */
export const listShifts: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string; search?: string; zoneId?: string; districtCode?: string; batchId?: string; skill?: string; from?: string; until?: string; below?: "min" | "target" | "max"; cancelled?: boolean } }, { items: (Shift)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/shifts' }

/** 新建班次 · add one shift */
export const createShift: Operation<{ params: { eventId: string }; body: { zoneId: string; startsAt: string; endsAt: string; work: string; min: number; target: number; max: number; minorsAllowed?: boolean; skills?: ({ skill: string; min: number })[]; meetingPoint?: string | null; inChargePersonId?: string | null; deputyPersonId?: string | null; tools?: string | null; toolsBroughtBy?: string | null; risks?: string | null; insurance?: string | null; recordable?: boolean; recordableReason?: string | null } }, Shift> = { method: 'POST', path: '/api/events/{eventId}/shifts' }

/** 查看班次 · one shift */
export const readShift: Operation<{ params: { shiftId: string } }, Shift> = { method: 'GET', path: '/api/shifts/{shiftId}' }

/** 修改班次，人员保留 · change a shift; its people stay (If-Match) */
export const changeShift: Operation<{ params: { shiftId: string }; body: { zoneId?: string; startsAt?: string; endsAt?: string; work?: string; min?: number; target?: number; max?: number; minorsAllowed?: boolean; skills?: ({ skill: string; min: number })[]; meetingPoint?: string | null; inChargePersonId?: string | null; deputyPersonId?: string | null; tools?: string | null; toolsBroughtBy?: string | null; risks?: string | null; insurance?: string | null; recordable?: boolean; recordableReason?: string | null } }, Shift> = { method: 'PATCH', path: '/api/shifts/{shiftId}' }

/** 取消班次 · call one shift off */
export const cancelShift: Operation<{ params: { shiftId: string }; body: { reason: string } }, Shift> = { method: 'PUT', path: '/api/shifts/{shiftId}/cancellation' }

/** 预览批量班次 · what a bulk creation would make; changes nothing */
export const previewShiftBatch: Operation<{ params: { eventId: string }; body: { zoneIds: (string)[]; times: ({ startsAt: string; endsAt: string })[]; template: { work: string; min: number; target: number; max: number; minorsAllowed?: boolean; skills?: ({ skill: string; min: number })[]; meetingPoint?: string | null; inChargePersonId?: string | null; deputyPersonId?: string | null; tools?: string | null; toolsBroughtBy?: string | null; risks?: string | null; insurance?: string | null; recordable?: boolean; recordableReason?: string | null } } }, ShiftBatchPreview> = { method: 'POST', path: '/api/events/{eventId}/shift-batches/preview' }

/** 批量班次记录 · bulk creations, the latest first */
export const listShiftBatches: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string } }, { items: (ShiftBatch)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/shift-batches' }

/** 批量新建班次 · make every zone × every time a shift */
export const makeShiftBatch: Operation<{ params: { eventId: string }; body: { zoneIds: (string)[]; times: ({ startsAt: string; endsAt: string })[]; template: { work: string; min: number; target: number; max: number; minorsAllowed?: boolean; skills?: ({ skill: string; min: number })[]; meetingPoint?: string | null; inChargePersonId?: string | null; deputyPersonId?: string | null; tools?: string | null; toolsBroughtBy?: string | null; risks?: string | null; insurance?: string | null; recordable?: boolean; recordableReason?: string | null }; skipConflicts?: boolean } }, ShiftBatch> = { method: 'POST', path: '/api/events/{eventId}/shift-batches' }

/** 查看批量班次 · one bulk creation */
export const readShiftBatch: Operation<{ params: { batchId: string } }, ShiftBatch> = { method: 'GET', path: '/api/shift-batches/{batchId}' }

/** 撤销批量班次 · take a bulk creation back */
export const undoShiftBatch: Operation<{ params: { batchId: string } }, ShiftBatch> = { method: 'DELETE', path: '/api/shift-batches/{batchId}' }

/** 预览批量取消 · what a cancellation of many shifts would do and whom it concerns; changes nothing */
export const previewShiftCancellation: Operation<{ params: { eventId: string }; body: { where: ShiftSelection; reason: string } }, ShiftCancellationPreview> = { method: 'POST', path: '/api/events/{eventId}/shift-cancellations/preview' }

/** 批量取消班次 · call off exactly what was previewed (token) */
export const cancelShifts: Operation<{ params: { eventId: string }; body: Performance }, ShiftCancellation> = { method: 'POST', path: '/api/events/{eventId}/shift-cancellations' }

/** 批量取消记录 · cancellations of many shifts, the latest first */
export const listShiftCancellations: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string } }, { items: (ShiftCancellation)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/shift-cancellations' }

/** 撤销批量取消 · take a cancellation of many shifts back, while nobody was told */
export const undoShiftCancellation: Operation<{ params: { cancellationId: string } }, ShiftCancellation> = { method: 'DELETE', path: '/api/shift-cancellations/{cancellationId}' }

/** 查看批量取消 · one cancellation of many shifts */
export const readShiftCancellation: Operation<{ params: { cancellationId: string } }, ShiftCancellation> = { method: 'GET', path: '/api/shift-cancellations/{cancellationId}' }

/** 预览批量修改 · what a change of many shifts would do and whom it concerns; changes nothing */
export const previewShiftRevision: Operation<{ params: { eventId: string }; body: { where: ShiftSelection; change: ShiftRevisionChange; skipConflicts?: boolean } }, ShiftRevisionPreview> = { method: 'POST', path: '/api/events/{eventId}/shift-revisions/preview' }

/** 批量修改班次，人员保留 · change exactly what was previewed (token); people stay */
export const reviseShifts: Operation<{ params: { eventId: string }; body: Performance }, ShiftRevision> = { method: 'POST', path: '/api/events/{eventId}/shift-revisions' }

/** 批量修改记录 · changes of many shifts, the latest first */
export const listShiftRevisions: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string } }, { items: (ShiftRevision)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/shift-revisions' }

/** 撤销批量修改 · take a change of many shifts back, while nobody was told */
export const undoShiftRevision: Operation<{ params: { revisionId: string } }, ShiftRevision> = { method: 'DELETE', path: '/api/shift-revisions/{revisionId}' }

/** 查看批量修改 · one change of many shifts */
export const readShiftRevision: Operation<{ params: { revisionId: string } }, ShiftRevision> = { method: 'GET', path: '/api/shift-revisions/{revisionId}' }

/** 模板列表 · the words of every kind on every channel, checked against the provider in use */
export const listMessageTemplates: Operation<{  }, { items: (MessageTemplate)[] }> = { method: 'GET', path: '/api/message-templates' }

/** 查看模板 · one template */
export const readMessageTemplate: Operation<{ params: { kind: string; channel: "sms" | "email" } }, MessageTemplate> = { method: 'GET', path: '/api/message-templates/{kind}/{channel}' }

/** 保存模板 · refused with what is wrong when the provider could not carry it */
export const saveMessageTemplate: Operation<{ params: { kind: string; channel: "sms" | "email" }; body: { signature?: string | null; subject?: { zh: string; en: string } | null; body: { zh: string; en: string }; filedAs?: string | null } }, MessageTemplate> = { method: 'PUT', path: '/api/message-templates/{kind}/{channel}' }

/** 恢复默认 · back to the words the kind comes with */
export const dropMessageTemplate: Operation<{ params: { kind: string; channel: "sms" | "email" } }, MessageTemplate> = { method: 'DELETE', path: '/api/message-templates/{kind}/{channel}' }

/** 检查模板 · length, variables, signature and links, without saving */
export const checkMessageTemplate: Operation<{ params: { kind: string; channel: "sms" | "email" }; body: { signature?: string | null; subject?: { zh: string; en: string } | null; body: { zh: string; en: string }; filedAs?: string | null } }, TemplateCheck> = { method: 'POST', path: '/api/message-templates/{kind}/{channel}/checks' }

/** 消息列表 · messages, the latest first; numbers masked */
export const listMessages: Operation<{ query: { limit?: number; cursor?: string; state?: "queued" | "sending" | "accepted" | "sent" | "delivered" | "undelivered" | "unknown" | "expired" | "suppressed" | "cancelled" | "dead"; kind?: string; eventId?: string; contactId?: string; subject?: string } }, { items: (Message)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/messages' }

/** 查看消息 · one message */
export const readMessage: Operation<{ params: { messageId: string } }, Message> = { method: 'GET', path: '/api/messages/{messageId}' }

/** 回执 · what the provider reported, in the order it came */
export const listMessageReceipts: Operation<{ params: { messageId: string } }, { items: (MessageReceipt)[] }> = { method: 'GET', path: '/api/messages/{messageId}/receipts' }

/** 重新发送 · sends a failed message again, as a message of its own */
export const retryMessage: Operation<{ params: { messageId: string } }, Message> = { method: 'POST', path: '/api/messages/{messageId}/retries' }

/** 取消消息 · cancels a message that still waits */
export const cancelMessage: Operation<{ params: { messageId: string } }, Message> = { method: 'PUT', path: '/api/messages/{messageId}/cancellation' }

/** 退订 · its receiver wants no more messages */
export const optOutReceiver: Operation<{ params: { messageId: string } }, Message> = { method: 'PUT', path: '/api/messages/{messageId}/opt-out' }

/** 发送统计 · messages of an event by state */
export const readMessageTotals: Operation<{ params: { eventId: string } }, MessageTotals> = { method: 'GET', path: '/api/events/{eventId}/message-totals' }

/** 暂停发送 · stops what waits; nothing is lost */
export const holdEventMessages: Operation<{ params: { eventId: string } }, MessageTotals> = { method: 'PUT', path: '/api/events/{eventId}/message-hold' }

/** 继续发送 · goes on where it stopped */
export const releaseEventMessages: Operation<{ params: { eventId: string } }, MessageTotals> = { method: 'DELETE', path: '/api/events/{eventId}/message-hold' }

/** 取消发送 · cancels what still waits */
export const cancelEventMessages: Operation<{ params: { eventId: string }; body: { kinds?: (string)[] } }, { cancelled: number }> = { method: 'PUT', path: '/api/events/{eventId}/message-cancellation' }

/** 暂停列表 · what is held: events by a person, providers by a failure */
export const listMessageHolds: Operation<{  }, { items: (SendingHold)[] }> = { method: 'GET', path: '/api/message-holds' }

/** 恢复通道 · the provider was mended; what waits is sent */
export const releaseProvider: Operation<{ params: { provider: "log" | "twilio" | "smtp" } }, { items: (SendingHold)[] }> = { method: 'DELETE', path: '/api/message-providers/{provider}/hold' }

/** 预览批量重发 · which failed messages would be sent again, by reason; changes nothing */
export const previewMessageRetries: Operation<{ params: { eventId: string }; body: { state?: "dead" | "undelivered" | "unknown" | "expired" | "suppressed"; reason?: "opted_out" | "contact_invalid" | "contact_erased" | "synthetic_contact" | "not_due" | "office_passed_on" | "too_late" | "event_cancelled" | "withdrawn" | "kind_unknown" | "template_unusable" | "provider_refused" | "provider_misconfigured" | "provider_busy" | "no_answer" | "not_delivered"; kind?: string } }, MessageRetryPreview> = { method: 'POST', path: '/api/events/{eventId}/message-retries/preview' }

/** 批量重发 · send again exactly what was previewed (token) */
export const retryMessages: Operation<{ params: { eventId: string }; body: Performance }, MessageTotals> = { method: 'POST', path: '/api/events/{eventId}/message-retries' }

/** 送达回执 · status callback of Twilio */
export const receiveTwilioReceipt: Operation<{ query: { message?: string }; body: FormData }, null> = { method: 'POST', path: '/api/callbacks/twilio/receipts' }

/** 用户回复 · incoming messages of Twilio; STOP, 退订 and the like opt out, START opts in again */
export const receiveTwilioReply: Operation<{ body: FormData }, string> = { method: 'POST', path: '/api/callbacks/twilio/replies' }

/** 退信 · a mail that came back (RFC 3464), with the token of MAIL_BOUNCE_TOKEN */
export const receiveBounce: Operation<{ body: FormData }, null> = { method: 'POST', path: '/api/callbacks/mail/bounces' }

/** 队长交接 · Hand a team to one of its adult members in one step */
export const handOverTeam: Operation<{ params: { teamId: string }; body: LeadershipBody }, LeadershipView> = { method: 'PUT', path: '/api/teams/{teamId}/leadership' }

/** 待上报 · what the units one is a liaison of are asked for; unanswered first */
export const listMyAsks: Operation<{  }, AskList> = { method: 'GET', path: '/api/my/asks' }

/** 各单位需求与上报 · what units were asked and answered, by name */
export const listQuotas: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string; unitId?: string; districtCode?: string; answered?: boolean; search?: string; sort?: "name" | "gap" } }, { items: (Quota)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/quotas' }

/** 批量下达需求人数 · ask many units with one request */
export const setQuotas: Operation<{ params: { eventId: string }; body: { quotas: ({ unitId: string; asked: number })[]; dueOn?: string } }, QuotaSettingResult> = { method: 'PUT', path: '/api/events/{eventId}/quotas' }

/** 需求→上报→实名→确认 · the funnel, in sum and by district */
export const readFunnel: Operation<{ params: { eventId: string } }, MobilizationFunnel> = { method: 'GET', path: '/api/events/{eventId}/funnel' }

/** 单位上报人数 · a unit answers, with a note; 0 refuses */
export const pledgeQuota: Operation<{ params: { quotaId: string }; body: { pledged: number; countOnly?: boolean; note?: string | null } }, Quota> = { method: 'PUT', path: '/api/quotas/{quotaId}/pledge' }

/** 派队列表 · heads held for teams */
export const listAllotments: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string; shiftId?: string; teamId?: string; unitId?: string } }, { items: (Allotment)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/allotments' }

/** 派队 · hold heads of a team on a shift; If-Match to change what is there */
export const setAllotment: Operation<{ params: { shiftId: string; teamId: string }; body: { heads: number; minors?: number; pinned?: boolean } }, Allotment> = { method: 'PUT', path: '/api/shifts/{shiftId}/allotments/{teamId}' }

/** 撤回派队 · give the heads up; people named stay */
export const removeAllotment: Operation<{ params: { shiftId: string; teamId: string } }, null> = { method: 'DELETE', path: '/api/shifts/{shiftId}/allotments/{teamId}' }

/** 本队是否只报人数 · whether a team or class answers with a number for this event */
export const readNumberOnly: Operation<{ params: { eventId: string; teamId: string } }, NumberOnly> = { method: 'GET', path: '/api/events/{eventId}/number-only-teams/{teamId}' }

/** 本队只报人数 · a team or class answers with a number for this event; its heads owe no names */
export const answerByNumber: Operation<{ params: { eventId: string; teamId: string } }, null> = { method: 'PUT', path: '/api/events/{eventId}/number-only-teams/{teamId}' }

/** 本队改报名单 · a team or class will name its people after all */
export const answerByNames: Operation<{ params: { eventId: string; teamId: string } }, null> = { method: 'DELETE', path: '/api/events/{eventId}/number-only-teams/{teamId}' }

/** 报名名单 · people offered for the event */
export const listSignUps: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string; teamId?: string; unitId?: string } }, { items: (SignUp)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/sign-ups' }

/** 负责人为队员报名 · a leader offers people of one team */
export const signUp: Operation<{ params: { eventId: string }; body: { teamId: string; personIds: (string)[] } }, SignUpResult> = { method: 'POST', path: '/api/events/{eventId}/sign-ups' }

/** 撤回报名 · take an offer back; places are given up */
export const withdrawSignUp: Operation<{ params: { signUpId: string } }, null> = { method: 'DELETE', path: '/api/sign-ups/{signUpId}' }

/** 批量指定现场负责人 · somebody in charge of every shift that has nobody, by one rule */
export const nameAllInCharge: Operation<{ params: { eventId: string }; body: { rule: "largest_team_leader" | "responsible_unit_liaison" } }, InChargeNamed> = { method: 'PUT', path: '/api/events/{eventId}/people-in-charge' }

/** 班次人员 · who is on a shift */
export const listAssignments: Operation<{ params: { shiftId: string }; query: { limit?: number; cursor?: string; answer?: "accepted" | "declined" | "unanswered"; cancelled?: boolean } }, { items: (Assignment)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/shifts/{shiftId}/assignments' }

/** 能否上岗 · whether a person could take the shift, and if not the one reason why */
export const checkEligibility: Operation<{ params: { shiftId: string; personId: string } }, Eligibility> = { method: 'GET', path: '/api/shifts/{shiftId}/eligibility/{personId}' }

/** 指定队员上岗 · name somebody of one’s own team into a shift */
export const assignPerson: Operation<{ params: { shiftId: string; personId: string }; body: { teamId?: string; pinned?: boolean } }, Assignment> = { method: 'PUT', path: '/api/shifts/{shiftId}/assignments/{personId}' }

/** 撤下队员 · take somebody off a shift */
export const removeAssignment: Operation<{ params: { shiftId: string; personId: string } }, null> = { method: 'DELETE', path: '/api/shifts/{shiftId}/assignments/{personId}' }

/** 参与名单 · people of an event with their places and answers */
export const listParticipations: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string; search?: string; unitId?: string; teamId?: string; zoneId?: string; districtCode?: string; shiftId?: string; answer?: "accepted" | "declined" | "unanswered"; reached?: boolean } }, { items: (Participation)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/participations' }

/** 查看参与 · one participation */
export const readParticipation: Operation<{ params: { participationId: string } }, Participation> = { method: 'GET', path: '/api/participations/{participationId}' }

/** 代为回复 · record an answer that was spoken to a leader */
export const recordAnswer: Operation<{ params: { participationId: string }; body: { answer: "accepted" | "declined"; assignmentId?: string } }, Participation> = { method: 'PUT', path: '/api/participations/{participationId}/answer' }

/** 更换个人链接 · a new personal link; every earlier one is dead */
export const renewLink: Operation<{ params: { participationId: string }; body: { because: "renewed" | "lost" } }, Participation> = { method: 'POST', path: '/api/participations/{participationId}/links' }

/** 请假 · somebody who had a place cannot come; the place is free at once */
export const excuseAssignment: Operation<{ params: { assignmentId: string } }, Assignment> = { method: 'PUT', path: '/api/assignments/{assignmentId}/excusal' }

/** 更正号码并重新发送 · a leader corrects an adult’s own number; the old link is dead and they are asked again */
export const correctNumber: Operation<{ params: { participationId: string }; body: { phone: string } }, Participation> = { method: 'PUT', path: '/api/participations/{participationId}/number' }

/** 备注 · what the leader must remember of somebody for this event; null removes it */
export const writeNote: Operation<{ params: { participationId: string }; body: { note: string | null } }, Participation> = { method: 'PUT', path: '/api/participations/{participationId}/note' }

/** 预览再次询问 · who of those that did not answer would be asked again; changes nothing */
export const previewFurtherAsk: Operation<{ params: { eventId: string }; body: { search?: string; unitId?: string; teamId?: string; zoneId?: string; districtCode?: string; shiftId?: string; reached?: boolean } }, AskAgainPreview> = { method: 'POST', path: '/api/events/{eventId}/further-asks/preview' }

/** 再次询问未答复的人 · ask again exactly those who were previewed (token) */
export const askFurther: Operation<{ params: { eventId: string }; body: Performance }, null> = { method: 'POST', path: '/api/events/{eventId}/further-asks' }

/** 变更、取消通知 · who is told of changes, and with `unreached` whom a leader has to call */
export const listNotices: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string; teamId?: string; unreached?: boolean } }, { items: (Notice)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/notices' }

/** 已当面或电话通知 · told in person: no message follows, and the call list is shorter by one */
export const markTold: Operation<{ params: { noticeId: string } }, Notice> = { method: 'PUT', path: '/api/notices/{noticeId}/telling' }

/** 岗位总表 · every shift and the teams on it, in columns, with an ETag over the whole */
export const readBoard: Operation<{ params: { eventId: string } }, Board> = { method: 'GET', path: '/api/events/{eventId}/board' }

/** 队伍能去哪里 · where a team could go, and for every other shift the reason why not */
export const readTeamEligibility: Operation<{ params: { eventId: string }; query: { teamId: string; fromShiftId?: string } }, TeamEligibility> = { method: 'GET', path: '/api/events/{eventId}/eligibility' }

/** 尚有未安排人员的队伍 · teams with members or stated heads that have no place yet */
export const listFreeTeams: Operation<{ params: { eventId: string } }, FreeTeams> = { method: 'GET', path: '/api/events/{eventId}/free-teams' }

/** 预览调整 · who would move, who cannot and why, and whom it concerns; changes nothing */
export const previewTransfer: Operation<{ params: { eventId: string }; body: TransferSpec }, TransferPreview> = { method: 'POST', path: '/api/events/{eventId}/transfers/preview' }

/** 调整岗位 · move exactly who was previewed (token); people are told five minutes later */
export const transferPlaces: Operation<{ params: { eventId: string }; body: Performance }, Transfer> = { method: 'POST', path: '/api/events/{eventId}/transfers' }

/** 调整记录 · moves of an event, the latest first */
export const listTransfers: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string } }, { items: (Transfer)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/transfers' }

/** 撤销调整 · take moves back, while nobody was told */
export const undoTransfer: Operation<{ params: { transferId: string } }, Transfer> = { method: 'DELETE', path: '/api/transfers/{transferId}' }

/** 查看调整 · one act of moving */
export const readTransfer: Operation<{ params: { transferId: string } }, Transfer> = { method: 'GET', path: '/api/transfers/{transferId}' }

/** 开始排岗 · have a proposal computed */
export const startPlan: Operation<{ params: { eventId: string }; body: { policy?: "together" | "fill"; stability?: "free" | "prefer" | "onlyForMinimum"; hoursPerWeek?: number; restMinutes?: number } }, Plan> = { method: 'POST', path: '/api/events/{eventId}/plans' }

/** 排岗方案列表 · proposals of an event, the latest first */
export const listPlans: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string } }, { items: (Plan)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/plans' }

/** 取消计算 · stop computing; the last complete plan is kept */
export const cancelPlan: Operation<{ params: { planId: string } }, Plan> = { method: 'DELETE', path: '/api/plans/{planId}' }

/** 查看方案 · progress, quality, and why places stay empty */
export const readPlan: Operation<{ params: { planId: string } }, Plan> = { method: 'GET', path: '/api/plans/{planId}' }

/** 方案明细 · who would serve where */
export const listPlanAssignments: Operation<{ params: { planId: string }; query: { limit?: number; cursor?: string; shiftId?: string; teamId?: string; standby?: boolean } }, { items: (PlanAssignment)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/plans/{planId}/assignments' }

/** 比较方案 · two proposals side by side */
export const comparePlans: Operation<{ params: { planId: string; otherId: string } }, PlanComparison> = { method: 'GET', path: '/api/plans/{planId}/comparison/{otherId}' }

/** 调整明细 · who would leave the place they have, and why */
export const listPlanMoves: Operation<{ params: { planId: string }; query: { limit?: number; cursor?: string; because?: "barred" | "unavailable" | "unsuitable" | "committed" | "gone" | "shrank" | "pinned" | "clash" | "noEscort" | "minimum" | "skill" | "ownUnit" | "escort" | "withTeam" | "target" | "nearer" | "notNeeded" | "rearranged" } }, { items: (PlanMove)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/plans/{planId}/moves' }

/** 为何安排在此 · why a person is where they are, and not elsewhere */
export const explainPlanPerson: Operation<{ params: { planId: string; personId: string } }, PlanWhyHere> = { method: 'GET', path: '/api/plans/{planId}/people/{personId}' }

/** 采用方案 · apply, as a whole or to some districts */
export const applyPlan: Operation<{ params: { planId: string }; body: { districtCodes?: (string)[] } }, PlanApplication> = { method: 'PUT', path: '/api/plans/{planId}/application' }

/** 撤销采用 · take an acceptance back, before publication; earlier places stand again */
export const undoPlanApplication: Operation<{ params: { planId: string } }, PlanApplication> = { method: 'DELETE', path: '/api/plans/{planId}/application' }

/** 查看个人链接 · what a personal link stands for; reading changes nothing */
export const readPersonalLink: Operation<{ params: { token: string } }, PersonalLink> = { method: 'GET', path: '/api/c/{token}' }

/** 不是本人 · the link reached somebody else: it stops working at once */
export const revokePersonalLink: Operation<{ params: { token: string } }, null> = { method: 'DELETE', path: '/api/c/{token}' }

/** 能参加或不能参加 · accept or decline one shift, or all of them */
export const answerByPersonalLink: Operation<{ params: { token: string }; body: { answer: "accepted" | "declined"; assignmentId?: string; as?: "guardian" | "relative"; schoolYear?: boolean } }, PersonalLink> = { method: 'PUT', path: '/api/c/{token}/answer' }

/** 签到 · arrived; a position is optional evidence */
export const checkInByPersonalLink: Operation<{ params: { token: string; assignmentId: string }; body: { operationId: string; position?: { latitude: number; longitude: number; accuracyM?: number } } }, Attendance> = { method: 'PUT', path: '/api/c/{token}/assignments/{assignmentId}/check-in' }

/** 签退 · left */
export const checkOutByPersonalLink: Operation<{ params: { token: string; assignmentId: string }; body: { operationId: string; early?: boolean } }, Attendance> = { method: 'PUT', path: '/api/c/{token}/assignments/{assignmentId}/check-out' }

/** 撤销签退 · not gone yet; within ten minutes */
export const undoCheckOutByPersonalLink: Operation<{ params: { token: string; assignmentId: string }; query: { operationId: string } }, Attendance> = { method: 'DELETE', path: '/api/c/{token}/assignments/{assignmentId}/check-out' }

/** 本人的更正申请 · what was asked for behind this link, and what became of it */
export const listCorrectionsByPersonalLink: Operation<{ params: { token: string } }, OwnCorrections> = { method: 'GET', path: '/api/c/{token}/corrections' }

/** 姓名或手机号有误，申请更正 · the name or the number is wrong; whoever may decides, and it is told back */
export const askCorrectionByPersonalLink: Operation<{ params: { token: string }; body: { name?: string; phone?: string } }, OwnCorrections> = { method: 'POST', path: '/api/c/{token}/corrections' }

/** 本系统留存的本人信息 · what is held about the person of the link, masked; reading changes nothing */
export const readOwnDataByPersonalLink: Operation<{ params: { token: string } }, OwnData> = { method: 'GET', path: '/api/c/{token}/data' }

/** 点名签到 · a leader records or confirms that somebody is here */
export const checkInByRollCall: Operation<{ params: { assignmentId: string }; body: { operationId: string } }, Attendance> = { method: 'PUT', path: '/api/assignments/{assignmentId}/check-in' }

/** 撤销签到 · the person was not there; what was recorded is kept as history */
export const undoCheckIn: Operation<{ params: { assignmentId: string }; query: { operationId: string } }, Attendance> = { method: 'DELETE', path: '/api/assignments/{assignmentId}/check-in' }

/** 点名签退 · a leader records that somebody left */
export const checkOutByRollCall: Operation<{ params: { assignmentId: string }; body: { operationId: string } }, Attendance> = { method: 'PUT', path: '/api/assignments/{assignmentId}/check-out' }

/** 不记名清点 · how many came without being named; takes the place of the count before */
export const countGroup: Operation<{ params: { allotmentId: string }; body: { operationId: string; present: number; adults: number; companions: number; at?: string; offline?: { stamp: string; loadedAt: string; sentAt: string } } }, GroupCount> = { method: 'PUT', path: '/api/allotments/{allotmentId}/group-count' }

/** 班次签到名单 · the roll of a shift; with `missing`, who should be here and is not */
export const readRoll: Operation<{ params: { shiftId: string }; query: { limit?: number; cursor?: string; missing?: boolean } }, { items: (RollEntry)[]; nextCursor: string | null; stamp: string }> = { method: 'GET', path: '/api/shifts/{shiftId}/attendance' }

/** 活动到岗情况 · live totals of an event and its zones: counts, never names */
export const readEventAttendance: Operation<{ params: { eventId: string } }, EventAttendance> = { method: 'GET', path: '/api/events/{eventId}/attendance' }

/** 我的岗位 · the shifts one is in charge of, leads a team on, or stands on oneself; soonest first */
export const listMyDuties: Operation<{  }, DutyList> = { method: 'GET', path: '/api/my/duties' }

/** 队员电话，记入审计 · numbers of the adults of one’s own teams during the event, and of a shift one is in charge of, two hours either side; audited */
export const readNumbers: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string; shiftId?: string; teamId?: string } }, { items: (CallNumber)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/numbers' }

/** 申请补录 · after the end, within ten working days; a second person decides */
export const askLateEntryByPersonalLink: Operation<{ params: { token: string; assignmentId: string }; body: { operationId: string; reason: string; arrivedAt?: string; leftAt?: string } }, OwnLateEntry> = { method: 'PUT', path: '/api/c/{token}/assignments/{assignmentId}/late-entry' }

/** 补录 · people of a shift who were there, at most 30 in one act; a second person decides */
export const enterLate: Operation<{ params: { shiftId: string }; body: { operationId: string; reason: string; entries: ({ assignmentId: string; arrivedAt?: string; leftAt?: string })[] } }, LateAnswers> = { method: 'PUT', path: '/api/shifts/{shiftId}/late-entries' }

/** 补录申请列表 · of the teams within reach, and of shifts one is in charge of */
export const listLateEntries: Operation<{ query: { limit?: number; cursor?: string; eventId?: string; shiftId?: string; state?: "pending" | "approved" | "refused"; drawn?: boolean } }, { items: (LateEntry)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/late-entries' }

/** 审核补录 · the second person approves or refuses */
export const decideLateEntry: Operation<{ params: { lateEntryId: string }; body: { approved: boolean; reason?: string } }, LateDecided> = { method: 'PUT', path: '/api/late-entries/{lateEntryId}/decision' }

/** 批量审核补录 · several entries of a shift with one reason, at most 30, each by its own rules */
export const decideLateEntries: Operation<{ params: { shiftId: string }; body: { lateEntryIds: (string)[]; approved: boolean; reason?: string } }, LateDecisions> = { method: 'PUT', path: '/api/shifts/{shiftId}/late-decisions' }

/** 抽查补录 · the office looks again at one that was drawn */
export const reviewLateEntry: Operation<{ params: { lateEntryId: string }; body: { upheld: boolean } }, LateDecided> = { method: 'PUT', path: '/api/late-entries/{lateEntryId}/review' }

/** 批量点名 · the roll of a shift at once, each entry answered by itself; also what was tapped offline */
export const callRoll: Operation<{ params: { shiftId: string }; body: { operationId: string; teamId?: string; rest?: "present" | "left"; reason?: string; entries: ({ assignmentId: string; is: "present" | "left" | "absent"; at?: string })[]; offline?: { stamp: string; loadedAt: string; sentAt: string } } }, RollAnswers> = { method: 'PUT', path: '/api/shifts/{shiftId}/roll' }

/** 发放点名凭证 · a link that opens the roll of one shift, names only, until two hours after its end */
export const issueRollPass: Operation<{ params: { shiftId: string }; body: { teamId?: string } }, RollPassIssued> = { method: 'POST', path: '/api/shifts/{shiftId}/roll-passes' }

/** 点名凭证列表 · passes one issued, or that open names within reach */
export const listRollPasses: Operation<{ params: { shiftId: string } }, RollPassList> = { method: 'GET', path: '/api/shifts/{shiftId}/roll-passes' }

/** 收回点名凭证 · it opens nothing any more */
export const revokeRollPass: Operation<{ params: { rollPassId: string } }, null> = { method: 'DELETE', path: '/api/roll-passes/{rollPassId}' }

/** 凭证名单 · names and who is here, nothing else; reading changes nothing */
export const readRollByPass: Operation<{ params: { token: string } }, PassRoll> = { method: 'GET', path: '/api/roll/{token}' }

/** 凭证点名 · the roll by a pass, in the name of who issued it */
export const callRollByPass: Operation<{ params: { token: string }; body: { operationId: string; teamId?: string; rest?: "present" | "left"; reason?: string; entries: ({ assignmentId: string; is: "present" | "left" | "absent"; at?: string })[]; offline?: { stamp: string; loadedAt: string; sentAt: string } } }, RollAnswers> = { method: 'PUT', path: '/api/roll/{token}' }

/** 个人服务经历：管理范围内队伍安排的班次及到岗情况 · the shifts somebody was placed on by teams within reach */
export const listService: Operation<{ params: { personId: string }; query: { limit?: number; cursor?: string } }, ServicePage> = { method: 'GET', path: '/api/persons/{personId}/service' }

/** 申请查看班级或活动中未成年人的信息，最长四小时 · Ask to see the data of the minors of a class or an event, for four hours at most */
export const askDisclosure: Operation<{ body: { teamId?: string; eventId?: string; reason: "safety" | "guardian_contact" | "consent" | "correction" | "insurance" | "service_record" | "authority"; explanation: string; hours?: number } }, Disclosure> = { method: 'POST', path: '/api/disclosures' }

/** 查阅申请：您提交的和可由您审批的 · Requests that you made, or may decide; the newest first */
export const listDisclosures: Operation<{ query: { limit?: number; cursor?: string; state?: "pending" | "approved" | "ended" | "revoked" | "refused" | "expired" } }, { items: (Disclosure)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/disclosures' }

/** 一项查阅申请 · One of them */
export const readDisclosure: Operation<{ params: { disclosureId: string } }, Disclosure> = { method: 'GET', path: '/api/disclosures/{disclosureId}' }

/** 批准查看，即时生效 · Approve it: the hours begin now */
export const approveDisclosure: Operation<{ params: { disclosureId: string } }, Disclosure> = { method: 'PUT', path: '/api/disclosures/{disclosureId}/approval' }

/** 不批准，并说明原因 · Refuse it, with a reason */
export const refuseDisclosure: Operation<{ params: { disclosureId: string }; body: { reason: string } }, Disclosure> = { method: 'PUT', path: '/api/disclosures/{disclosureId}/refusal' }

/** 收回查看授权或撤回申请 · End it at once: by who asked, or by whoever may decide */
export const revokeDisclosure: Operation<{ params: { disclosureId: string } }, Disclosure> = { method: 'PUT', path: '/api/disclosures/{disclosureId}/revocation' }

/** 本班学生监护人电话：班次前后两小时，记入审计 · Guardians’ numbers of one’s own class, from two hours before the shift until two hours after; audited */
export const showGuardianNumbers: Operation<{ params: { shiftId: string } }, GuardianNumbers> = { method: 'POST', path: '/api/shifts/{shiftId}/guardian-numbers' }

/** 紧急联系监护人：现场负责人按学生姓名查看，学校、市文明办、安全审计员同时获知 · A guardian’s number in an emergency, for the person in charge; school, office and auditors are told */
export const callGuardian: Operation<{ params: { shiftId: string }; body: { name: string; teamId?: string; what: string } }, PupilGuardians> = { method: 'POST', path: '/api/shifts/{shiftId}/emergencies' }

/** 在批准时限内导出未成年人名单，逐人记入审计 · The minors of an approved request in clear, while it is open; audited for each */
export const exportDisclosed: Operation<{ params: { disclosureId: string }; query: { lang?: "zh" | "en" } }, Blob> = { method: 'POST', path: '/api/disclosures/{disclosureId}/persons.xlsx' }

/** 全年查看未成年人信息的记录 · Every access to the data of minors in one year, from the audit trail */
export const exportMinorAccesses: Operation<{ query: { year: number; lang?: "zh" | "en" } }, Blob> = { method: 'GET', path: '/api/exports/minor-accesses.xlsx' }

/** 工作机构列表 · working bodies with their members */
export const listWorkingBodies: Operation<{ query: { limit?: number; cursor?: string; kind?: "group" | "office" | "counsellor_group" | "district_office"; closed?: boolean } }, { items: (WorkingBody)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/working-bodies' }

/** 设立工作机构 · set up a working body */
export const createWorkingBody: Operation<{ body: { kind: "group" | "office" | "counsellor_group" | "district_office"; number?: number | null; name: string } }, WorkingBody> = { method: 'POST', path: '/api/working-bodies' }

/** 查看工作机构 · one working body */
export const readWorkingBody: Operation<{ params: { bodyId: string } }, WorkingBody> = { method: 'GET', path: '/api/working-bodies/{bodyId}' }

/** 修改工作机构 · change a working body (If-Match) */
export const changeWorkingBody: Operation<{ params: { bodyId: string }; body: { number?: number | null; name?: string } }, WorkingBody> = { method: 'PATCH', path: '/api/working-bodies/{bodyId}' }

/** 撤销工作机构 · close a working body (If-Match) */
export const closeWorkingBody: Operation<{ params: { bodyId: string } }, WorkingBody> = { method: 'PUT', path: '/api/working-bodies/{bodyId}/closure' }

/** 恢复工作机构 · reopen a working body (If-Match) */
export const reopenWorkingBody: Operation<{ params: { bodyId: string } }, WorkingBody> = { method: 'DELETE', path: '/api/working-bodies/{bodyId}/closure' }

/** 添加成员 · add a unit, a person or a district to a working body */
export const addBodyMember: Operation<{ params: { bodyId: string }; body: { role: "lead" | "member" | "chair" | "counsellor" | "charge"; unitId?: string; personId?: string; districtCode?: string; since?: string } }, WorkingBody> = { method: 'POST', path: '/api/working-bodies/{bodyId}/members' }

/** 移除成员 · end a membership in a working body */
export const removeBodyMember: Operation<{ params: { bodyId: string; memberId: string } }, WorkingBody> = { method: 'DELETE', path: '/api/working-bodies/{bodyId}/members/{memberId}' }

/** 清单列表 · books within reach, each with its funnel */
export const listBooks: Operation<{ query: { limit?: number; cursor?: string; kind?: "task_book" | "checklist" | "project" | "work_list" | "notice" | "year_plan" | "award" | "theme" | "rectification"; state?: "draft" | "published" | "closed"; campaignId?: string; search?: string } }, { items: (Book)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/books' }

/** 新建清单 · begin a book */
export const createBook: Operation<{ body: { kind: "task_book" | "checklist" | "project" | "work_list" | "notice" | "year_plan" | "award" | "theme" | "rectification"; issuerUnitId: string; title: string; documentNumber?: string | null; bodyId?: string | null; checkUnitId?: string | null; campaignId?: string | null; zoneId?: string | null; supersedesId?: string | null; text?: string | null; validUntil?: string | null } }, Book> = { method: 'POST', path: '/api/books' }

/** 查看清单 · one book */
export const readBook: Operation<{ params: { bookId: string } }, Book> = { method: 'GET', path: '/api/books/{bookId}' }

/** 修改清单 · change a book (If-Match) */
export const changeBook: Operation<{ params: { bookId: string }; body: { title?: string; documentNumber?: string | null; bodyId?: string | null; checkUnitId?: string | null; campaignId?: string | null; zoneId?: string | null; supersedesId?: string | null; text?: string | null; validUntil?: string | null } }, Book> = { method: 'PATCH', path: '/api/books/{bookId}' }

/** 下发清单 · issue a book: its tasks are owed from now on (If-Match) */
export const publishBook: Operation<{ params: { bookId: string } }, Book> = { method: 'PUT', path: '/api/books/{bookId}/publication' }

/** 结束清单 · close a book of which nothing is owed (If-Match) */
export const closeBook: Operation<{ params: { bookId: string } }, Book> = { method: 'PUT', path: '/api/books/{bookId}/closure' }

/** 重新打开清单 · reopen a book (If-Match) */
export const reopenBook: Operation<{ params: { bookId: string } }, Book> = { method: 'DELETE', path: '/api/books/{bookId}/closure' }

/** 交办事项列表 · tasks within reach, the earliest deadline first; of one book in its order */
export const listTasks: Operation<{ query: { limit?: number; cursor?: string; bookId?: string; unitId?: string; zoneId?: string; state?: "draft" | "issued" | "accepted" | "returned" | "reported" | "suspended" | "closed" | "cancelled"; overdue?: boolean; desk?: "returns" | "extensions" | "suspensions" | "disputes" | "reports"; leaderPersonId?: string; kind?: "item" | "stage" | "leader_visit" | "reply" | "award" | "case" | "appeal"; open?: boolean; explained?: boolean } }, { items: (Task)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/tasks' }

/** 我的待办 · what the units you report for owe, the earliest deadline first */
export const listMyTasks: Operation<{ query: { limit?: number; cursor?: string } }, { items: (Task)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/my/tasks' }

/** 查看交办事项 · one task with everything that happened to it */
export const readTask: Operation<{ params: { taskId: string } }, WholeTask> = { method: 'GET', path: '/api/tasks/{taskId}' }

/** 修改未交办的事项 · change a task that was not issued yet (If-Match) */
export const changeTask: Operation<{ params: { taskId: string }; body: { outline?: string; text?: string; acceptance?: string | null; unitId?: string; supportingUnitIds?: (string)[]; bodyId?: string | null; leaderPersonId?: string | null; zoneId?: string | null; afterId?: string | null; dueKind?: "dated" | "standing" | "none"; dueClass?: string | null; dueOn?: string | null; target?: number | null; measure?: string | null } }, WholeTask> = { method: 'PATCH', path: '/api/tasks/{taskId}' }

/** 删除未交办的事项 · take a task that was not issued yet out of its book (If-Match) */
export const deleteTask: Operation<{ params: { taskId: string } }, null> = { method: 'DELETE', path: '/api/tasks/{taskId}' }

/** 新建交办事项 · write a task into a book */
export const createTask: Operation<{ params: { bookId: string }; body: { kind: "item" | "stage" | "leader_visit" | "reply" | "award" | "case" | "appeal"; outline: string; text: string; acceptance?: string | null; unitId: string; supportingUnitIds?: (string)[]; bodyId?: string | null; leaderPersonId?: string | null; zoneId?: string | null; afterId?: string | null; dueKind: "dated" | "standing" | "none"; dueClass?: string | null; dueOn?: string | null; target?: number | null; measure?: string | null } }, WholeTask> = { method: 'POST', path: '/api/books/{bookId}/tasks' }

/** 流转 · accept, return, report, sign off …: one move of a task, made once for its id */
export const moveTask: Operation<{ params: { taskId: string }; body: { id: string; kind: "issue" | "accept" | "return" | "uphold" | "reissue" | "progress" | "report" | "pass" | "fail" | "reopen" | "ask_extension" | "grant_extension" | "refuse_extension" | "ask_suspension" | "suspend" | "refuse_suspension" | "resume" | "settle" | "dispute" | "uphold_dispute" | "refuse_dispute" | "annul" | "carry" | "escalate" | "explain" | "comment" | "cancel" | "revoke"; reason?: string | null; until?: string | null; unitId?: string | null; amount?: number | null; intoId?: string | null } }, WholeTask> = { method: 'POST', path: '/api/tasks/{taskId}/moves' }

/** 清单的任务模板 · the templates of a book */
export const listTaskTemplates: Operation<{ params: { bookId: string } }, { items: (TaskTemplate)[] }> = { method: 'GET', path: '/api/books/{bookId}/templates' }

/** 新建任务模板 · add a template to a book */
export const createTaskTemplate: Operation<{ params: { bookId: string }; body: { kind: "item" | "stage" | "leader_visit" | "reply" | "award" | "case" | "appeal"; scope: "once" | "units" | "zones" | "responsibilities"; outline: string; text: string; acceptance?: string | null; bodyId?: string | null; within?: { unitIds?: (string)[]; level?: "leader" | "unit" | "counsellor" | "partner"; zoneKinds?: ("province" | "prefecture_city" | "district" | "county" | "county_city" | "autonomous_county" | "subdistrict" | "town" | "township" | "ethnic_township" | "community" | "village" | "statistical_unit" | "grid_cell" | "compound" | "street" | "back_street" | "intersection" | "park" | "square" | "market" | "station" | "school_surroundings" | "hospital_surroundings" | "commercial_street" | "service_hall" | "scenic_area" | "riverside" | "other")[]; districtCode?: string; zoneId?: string }; cadence?: "once" | "weekly" | "monthly" | "quarterly" | "yearly"; dueDay?: string | null; dueClass?: string | null; dueOn?: string | null; target?: number | null; measure?: string | null } }, TaskTemplate> = { method: 'POST', path: '/api/books/{bookId}/templates' }

/** 查看任务模板 · one template */
export const readTaskTemplate: Operation<{ params: { templateId: string } }, TaskTemplate> = { method: 'GET', path: '/api/task-templates/{templateId}' }

/** 停用任务模板 · end a template; what was made of it stays (If-Match) */
export const endTaskTemplate: Operation<{ params: { templateId: string } }, TaskTemplate> = { method: 'PUT', path: '/api/task-templates/{templateId}/end' }

/** 预览展开 · what expanding a template would make, reissue and leave; changes nothing */
export const previewExpansion: Operation<{ params: { templateId: string } }, ExpansionPreview> = { method: 'POST', path: '/api/task-templates/{templateId}/expansions/preview' }

/** 展开模板 · make what the preview showed; a repeat makes nothing twice */
export const expandTemplate: Operation<{ params: { templateId: string }; body: Performance }, TaskTemplate> = { method: 'POST', path: '/api/task-templates/{templateId}/expansions' }

/** 结转 · carry open tasks into a year plan; sent again, nothing is carried twice */
export const carryTasksOver: Operation<{ params: { bookId: string }; body: { taskIds: (string)[]; dueOn?: string | null; reason: string } }, { carried: number }> = { method: 'POST', path: '/api/books/{bookId}/carried-tasks' }

/** 挂图 · the wall chart of a book as PDF, to be hung up */
export const exportChart: Operation<{ params: { bookId: string }; query: { lang?: "zh" | "en"; paper?: "A3" | "A1" } }, Blob> = { method: 'GET', path: '/api/books/{bookId}/chart' }

/** 清单文件 · a book as Word file, PDF or workbook; a notice as it was told */
export const exportBook: Operation<{ params: { bookId: string }; query: { lang?: "zh" | "en"; format: "docx" | "pdf" | "xlsx" } }, Blob> = { method: 'GET', path: '/api/books/{bookId}/document' }

/** 任务照片 · the pictures of a task, with what looks odd about them */
export const listTaskPictures: Operation<{ params: { taskId: string } }, { items: (Picture)[] }> = { method: 'GET', path: '/api/tasks/{taskId}/pictures' }

/** 上传任务照片 · add a picture under an id of your own; sent again, it is there once */
export const addTaskPicture: Operation<{ params: { taskId: string; pictureId: string }; query: { stage?: "before" | "after" | "evidence"; claimedAt?: string; clockOffsetSeconds?: number; latitude?: number; longitude?: number }; body: FormData }, Picture> = { method: 'PUT', path: '/api/tasks/{taskId}/pictures/{pictureId}' }

/** 删除照片 · take your own picture away, before the task is reported */
export const removeTaskPicture: Operation<{ params: { taskId: string; pictureId: string } }, null> = { method: 'DELETE', path: '/api/tasks/{taskId}/pictures/{pictureId}' }

/** 交办事项统计 · issued, closed, due and in time, by unit, district, group or book, as of a moment */
export const readTaskFigures: Operation<{ query: { by: "unit" | "district" | "body" | "book"; at?: string; bookId?: string; bookKind?: "task_book" | "checklist" | "project" | "work_list" | "notice" | "year_plan" | "award" | "theme" | "rectification"; kind?: "item" | "stage" | "leader_visit" | "reply" | "award" | "case" | "appeal"; campaignId?: string; unitId?: string; districtCode?: string } }, BookFigures> = { method: 'GET', path: '/api/task-figures' }

/** 写入通报数据 · put the figures of a moment into a notice; once issued they stay (If-Match) */
export const freezeBookFigures: Operation<{ params: { bookId: string }; body: { by: "unit" | "district" | "body" | "book"; bookKind?: "task_book" | "checklist" | "project" | "work_list" | "notice" | "year_plan" | "award" | "theme" | "rectification"; kind?: "item" | "stage" | "leader_visit" | "reply" | "award" | "case" | "appeal"; campaignId?: string; districtCode?: string; at?: string } }, Book> = { method: 'PUT', path: '/api/books/{bookId}/figures' }

/** 盲区 · tasks that nobody accepted or explained, and units that sign off each other */
export const readBlindSpots: Operation<{  }, BlindSpots> = { method: 'GET', path: '/api/task-blind-spots' }

/** 辅导对象 · the units you explain tasks to, and what is left */
export const readCharge: Operation<{  }, TaskCharge> = { method: 'GET', path: '/api/my/charge' }

/** 包保小区 · the zones you answer for, with their tasks, and your own standing */
export const readCompounds: Operation<{  }, OwnCompounds> = { method: 'GET', path: '/api/my/compounds' }

/** 测评体系列表 · schemes, each edition by itself; drafts for whoever writes them */
export const listSchemes: Operation<{ query: { limit?: number; cursor?: string; state?: "draft" | "published" | "closed"; seriesId?: string } }, { items: (Scheme)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/schemes' }

/** 新建测评体系 · begin a scheme */
export const createScheme: Operation<{ body: { name: string; issuerUnitId: string; method?: "balanced" | "pooled"; scale?: number; indicators?: ({ code: string; name: string })[] } }, Scheme> = { method: 'POST', path: '/api/schemes' }

/** 查看测评体系 · one scheme */
export const readScheme: Operation<{ params: { schemeId: string } }, Scheme> = { method: 'GET', path: '/api/schemes/{schemeId}' }

/** 修改测评体系 · change a scheme that is not published (If-Match) */
export const changeScheme: Operation<{ params: { schemeId: string }; body: { name?: string; method?: "balanced" | "pooled"; scale?: number; indicators?: ({ code: string; name: string })[] } }, Scheme> = { method: 'PATCH', path: '/api/schemes/{schemeId}' }

/** 新编一版 · begin the next edition as a copy, with its standards and who answers for them */
export const copyScheme: Operation<{ params: { schemeId: string } }, Scheme> = { method: 'POST', path: '/api/schemes/{schemeId}/editions' }

/** 发布测评体系 · publish a scheme; afterwards it never changes (If-Match) */
export const publishScheme: Operation<{ params: { schemeId: string } }, Scheme> = { method: 'PUT', path: '/api/schemes/{schemeId}/publication' }

/** 停用测评体系 · take a scheme out of use (If-Match) */
export const closeScheme: Operation<{ params: { schemeId: string } }, Scheme> = { method: 'PUT', path: '/api/schemes/{schemeId}/closure' }

/** 恢复测评体系 · take it back into use (If-Match) */
export const reopenScheme: Operation<{ params: { schemeId: string } }, Scheme> = { method: 'DELETE', path: '/api/schemes/{schemeId}/closure' }

/** 标准与责任分工 · the standards of a scheme in their order, with who leads and supports each where */
export const listStandards: Operation<{ params: { schemeId: string }; query: { limit?: number; cursor?: string; pointClass?: "common" | "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; indicator?: string; unitId?: string; lead?: "none" | "several" } }, { items: (Standard)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/schemes/{schemeId}/standards' }

/** 新建测评标准 · write a standard into a scheme that is not published */
export const createStandard: Operation<{ params: { schemeId: string }; body: { code: string; pointClass: "common" | "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; indicator?: string | null; text: string; weight?: number; observations?: number; answer?: "met" | "count"; thresholds?: ({ upTo: number | null; score: number })[] | null; mayNotApply?: boolean; photo?: "never" | "on_failure" | "always"; dueClass?: string | null; severity?: "notice" | "ordinary" | "serious" | "grave" } }, Standard> = { method: 'POST', path: '/api/schemes/{schemeId}/standards' }

/** 修改测评标准 · change a standard of a scheme that is not published (If-Match) */
export const changeStandard: Operation<{ params: { standardId: string }; body: { code?: string; pointClass?: "common" | "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; indicator?: string | null; text?: string; weight?: number; observations?: number; answer?: "met" | "count"; thresholds?: ({ upTo: number | null; score: number })[] | null; mayNotApply?: boolean; photo?: "never" | "on_failure" | "always"; dueClass?: string | null; severity?: "notice" | "ordinary" | "serious" | "grave" } }, Standard> = { method: 'PATCH', path: '/api/standards/{standardId}' }

/** 删除测评标准 · take a standard out of a scheme that is not published (If-Match) */
export const deleteStandard: Operation<{ params: { standardId: string } }, null> = { method: 'DELETE', path: '/api/standards/{standardId}' }

/** 责任分工 · say who leads and supports a standard in which district (If-Match) */
export const assignStandard: Operation<{ params: { standardId: string }; body: { units: ({ districtCode: string | null; unitId: string; role: "lead" | "support" })[] } }, Standard> = { method: 'PUT', path: '/api/standards/{standardId}/units' }

/** 点位列表 · points, by class, zone, district or unit */
export const listPoints: Operation<{ query: { limit?: number; cursor?: string; pointClass?: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; zoneId?: string; districtCode?: string; unitId?: string; closed?: boolean; unseen?: boolean; search?: string } }, { items: (Point)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/points' }

/** 登记点位 · enter a point */
export const createPoint: Operation<{ body: { code: string; name: string; pointClass: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; zoneId: string; unitId?: string | null; latitude?: number | null; longitude?: number | null } }, Point> = { method: 'POST', path: '/api/points' }

/** 点位地图 · where points are, all in one read, by the filters of the list */
export const mapPoints: Operation<{ query: { pointClass?: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; zoneId?: string; districtCode?: string; unitId?: string; closed?: boolean; unseen?: boolean; search?: string } }, PointPlaces> = { method: 'GET', path: '/api/points/places' }

/** 查看点位 · one point */
export const readPoint: Operation<{ params: { pointId: string } }, Point> = { method: 'GET', path: '/api/points/{pointId}' }

/** 修改点位 · change a point (If-Match) */
export const changePoint: Operation<{ params: { pointId: string }; body: { code?: string; name?: string; pointClass?: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other"; zoneId?: string; unitId?: string | null; latitude?: number | null; longitude?: number | null } }, Point> = { method: 'PATCH', path: '/api/points/{pointId}' }

/** 点位走访记录 · who was there, the latest first; of rounds that were shown, and on patrol */
export const listPointVisits: Operation<{ params: { pointId: string }; query: { limit?: number; cursor?: string } }, { items: (Visit)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/points/{pointId}/visits' }

/** 停用点位 · close a point: it is drawn no more (If-Match) */
export const closePoint: Operation<{ params: { pointId: string } }, Point> = { method: 'PUT', path: '/api/points/{pointId}/closure' }

/** 恢复点位 · reopen a point (If-Match) */
export const reopenPoint: Operation<{ params: { pointId: string } }, Point> = { method: 'DELETE', path: '/api/points/{pointId}/closure' }

/** 轮次进度和得分 · progress and scores of a round, balanced and pooled, by district and class */
export const readRoundFigures: Operation<{ params: { roundId: string } }, RoundFigures> = { method: 'GET', path: '/api/rounds/{roundId}/figures' }

/** 标准×县区 · what was seen of each standard in each district of a round */
export const readStandardFigures: Operation<{ params: { roundId: string } }, StandardFigures> = { method: 'GET', path: '/api/rounds/{roundId}/standards' }

/** 整改问题统计 · figures and rates of cases with their whole numbers, as of a moment */
export const readCaseFigures: Operation<{ query: { by: "district" | "unit" | "standard" | "category" | "source" | "round" | "point_class"; at?: string; roundId?: string; source?: "sample" | "patrol" | "self_test" | "recheck"; unitId?: string; districtCode?: string; standardCode?: string } }, CaseFigures> = { method: 'GET', path: '/api/case-figures' }

/** 排名列表 · rankings, the latest month first */
export const listRankings: Operation<{ query: { limit?: number; cursor?: string; month?: string; group?: "city_districts" | "counties" | "streets" | "departments" } }, { items: (Ranking)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/rankings' }

/** 编制排名 · have the ranking of a month and group drafted */
export const createRanking: Operation<{ body: { month: string; group: "city_districts" | "counties" | "streets" | "departments"; issuerUnitId: string; roundIds: (string)[]; fieldWeight?: number; pointsMin?: number; dueMin?: number } }, WholeRanking> = { method: 'POST', path: '/api/rankings' }

/** 查看排名 · a ranking with its lines, brackets and rates */
export const readRanking: Operation<{ params: { rankingId: string } }, WholeRanking> = { method: 'GET', path: '/api/rankings/{rankingId}' }

/** 删除未定稿的排名 · take back a ranking that nobody appealed against (If-Match) */
export const discardRanking: Operation<{ params: { rankingId: string } }, null> = { method: 'DELETE', path: '/api/rankings/{rankingId}' }

/** 排名所用的走访 · the visits within reach that count in a line */
export const listRankedVisits: Operation<{ params: { rankingId: string; lineId: string }; query: { limit?: number; cursor?: string; districtCode?: string; pointClass?: "community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other" } }, { items: (RankedVisit)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/rankings/{rankingId}/lines/{lineId}/visits' }

/** 排名定稿 · make it final: nothing changes it any more (If-Match) */
export const finishRanking: Operation<{ params: { rankingId: string } }, WholeRanking> = { method: 'PUT', path: '/api/rankings/{rankingId}/finality' }

/** 申诉列表 · appeals within reach, the oldest first */
export const listAppeals: Operation<{ query: { limit?: number; cursor?: string; rankingId?: string; open?: boolean } }, { items: (Appeal)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/appeals' }

/** 查看申诉 · one appeal with what was seen, what is wanted, and how it was decided */
export const readAppeal: Operation<{ params: { appealId: string } }, Appeal> = { method: 'GET', path: '/api/appeals/{appealId}' }

/** 提出申诉 · appeal against an observation, within three working days of the draft */
export const fileAppeal: Operation<{ params: { rankingId: string }; body: { unitId: string; observationId: string; answer: "met" | "partly" | "not" | "not_applicable" | "not_seen"; count?: number; reason: string } }, Appeal> = { method: 'POST', path: '/api/rankings/{rankingId}/appeals' }

/** 撤回申诉 · the unit takes its appeal back before it is decided */
export const withdrawAppeal: Operation<{ params: { appealId: string }; body: { reason?: string | null } }, Appeal> = { method: 'PUT', path: '/api/appeals/{appealId}/withdrawal' }

/** 办理申诉 · grant or refuse it; a granted one scores that visit anew and drafts again */
export const decideAppeal: Operation<{ params: { appealId: string }; body: { outcome: "granted" | "refused"; reason: string; answer?: "met" | "partly" | "not" | "not_applicable" | "not_seen"; count?: number } }, Appeal> = { method: 'PUT', path: '/api/appeals/{appealId}/decision' }

/** 轮次列表 · rounds that were shown, and those you run */
export const listRounds: Operation<{ query: { limit?: number; cursor?: string; kind?: "monthly" | "special" | "self_test" | "recheck"; state?: "created" | "drawn" | "revealed" | "closed"; year?: number } }, { items: (Round)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/rounds' }

/** 新建轮次 · begin a round; its seed is drawn now and sealed */
export const createRound: Operation<{ body: { kind: "monthly" | "special" | "self_test" | "recheck"; schemeId: string; issuerUnitId: string; title: string; campaignId?: string | null; checkUnitId?: string | null; opensAt: string; endsAt: string; spec: { size: number; reserve?: number; districtCodes?: (string)[]; pointClasses?: ("community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other")[] } } }, Round> = { method: 'POST', path: '/api/rounds' }

/** 查看轮次 · one round with its strata and how far it is */
export const readRound: Operation<{ params: { roundId: string } }, Round> = { method: 'GET', path: '/api/rounds/{roundId}' }

/** 修改轮次 · change a round that was not drawn (If-Match) */
export const changeRound: Operation<{ params: { roundId: string }; body: { title?: string; campaignId?: string | null; checkUnitId?: string | null; opensAt?: string; endsAt?: string; spec?: { size: number; reserve?: number; districtCodes?: (string)[]; pointClasses?: ("community" | "compound" | "main_road" | "back_street" | "commercial_street" | "crossing" | "market" | "park" | "square" | "hospital" | "school" | "school_surroundings" | "entertainment" | "railway_station" | "coach_station" | "bus" | "taxi" | "government_hall" | "service_hall" | "mall" | "hotel_restaurant" | "culture" | "education_base" | "scenic_area" | "construction" | "sanitation" | "shelter" | "practice_station" | "village" | "riverside" | "other")[] } } }, Round> = { method: 'PATCH', path: '/api/rounds/{roundId}' }

/** 抽样核验 · seed, frame and result of a closed round, to draw it again */
export const proveRound: Operation<{ params: { roundId: string } }, RoundProof> = { method: 'GET', path: '/api/rounds/{roundId}/proof' }

/** 轮次进度 · how many points were visited, by district, and who is still on the way; names no point */
export const readRoundProgress: Operation<{ params: { roundId: string } }, RoundProgress> = { method: 'GET', path: '/api/rounds/{roundId}/progress' }

/** 抽样 · draw the points, once (If-Match) */
export const drawRound: Operation<{ params: { roundId: string } }, Round> = { method: 'PUT', path: '/api/rounds/{roundId}/draw' }

/** 公开 · show the round to everybody (If-Match) */
export const discloseRound: Operation<{ params: { roundId: string } }, Round> = { method: 'PUT', path: '/api/rounds/{roundId}/disclosure' }

/** 结束轮次 · close it for good; its seed is shown (If-Match) */
export const closeRound: Operation<{ params: { roundId: string } }, Round> = { method: 'PUT', path: '/api/rounds/{roundId}/closure' }

/** 样本与走访 · the sample and what came home; before it is shown, looking at it is recorded */
export const listRoundVisits: Operation<{ params: { roundId: string }; query: { limit?: number; cursor?: string; state?: "unassigned" | "assigned" | "received"; districtCode?: string } }, { items: (Visit)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/rounds/{roundId}/visits' }

/** 核对人员 · to which points of the sample somebody may not be sent, and why; recorded as a look at it */
export const checkInspector: Operation<{ params: { roundId: string; userId: string } }, InspectorCheck> = { method: 'GET', path: '/api/rounds/{roundId}/inspectors/{userId}' }

/** 安排走访 · say who goes where, and from when on they know of it; all of the list or nothing */
export const assignVisits: Operation<{ params: { roundId: string }; body: { visits: ({ visitId: string; inspectorUserId: string; opensAt: string })[] } }, Round> = { method: 'PUT', path: '/api/rounds/{roundId}/assignments' }

/** 当日任务包 · your open visits, with every standard that they need, to work without network */
export const readMyVisits: Operation<{  }, VisitPacket> = { method: 'GET', path: '/api/my/visits' }

/** 查看走访 · one visit with what was seen and its pictures */
export const readVisit: Operation<{ params: { visitId: string } }, WholeVisit> = { method: 'GET', path: '/api/visits/{visitId}' }

/** 上传走访 · bring a visit home, once for its operation id; what does not fit is answered entry by entry */
export const uploadVisit: Operation<{ body: { operationId: string; visitId?: string | null; patrol?: { schemeId: string; zoneId: string; pointId?: string | null } | null; startedAt: string; endedAt: string; clockOffsetSeconds?: number; latitude?: number | null; longitude?: number | null; observations: ({ standardId: string; sequence?: number; answer?: "met" | "partly" | "not" | "not_applicable" | "not_seen" | null; count?: number | null; note?: string | null; pictureIds?: (string)[] })[] } }, VisitReceipt> = { method: 'POST', path: '/api/visit-uploads' }

/** 回执 · what the service holds of an upload; only what is complete may be deleted on the phone */
export const readVisitReceipt: Operation<{ params: { operationId: string } }, VisitReceipt> = { method: 'GET', path: '/api/visit-uploads/{operationId}/receipt' }

/** 上传走访照片 · one picture under its own id; sent again, it is there once */
export const addVisitPicture: Operation<{ params: { operationId: string; pictureId: string }; query: { stage?: "before" | "after" | "evidence"; claimedAt?: string; clockOffsetSeconds?: number; latitude?: number; longitude?: number }; body: FormData }, Picture> = { method: 'PUT', path: '/api/visit-uploads/{operationId}/pictures/{pictureId}' }

/** 导入手机文件 · a visit from a file of a phone, judged as if the phone had sent it, once for its operation id */
export const bringVisit: Operation<{ params: { roundId: string }; body: { inspectorUserId: string; visit: { operationId: string; visitId?: string | null; patrol?: { schemeId: string; zoneId: string; pointId?: string | null } | null; startedAt: string; endedAt: string; clockOffsetSeconds?: number; latitude?: number | null; longitude?: number | null; observations: ({ standardId: string; sequence?: number; answer?: "met" | "partly" | "not" | "not_applicable" | "not_seen" | null; count?: number | null; note?: string | null; pictureIds?: (string)[] })[] } } }, VisitReceipt> = { method: 'POST', path: '/api/rounds/{roundId}/visit-uploads' }

/** 导入手机文件中的照片 · one picture of the file under its own id; sent again, it is there once */
export const bringVisitPicture: Operation<{ params: { roundId: string; operationId: string; pictureId: string }; query: { stage?: "before" | "after" | "evidence"; claimedAt?: string; clockOffsetSeconds?: number; latitude?: number; longitude?: number }; body: FormData }, Picture> = { method: 'PUT', path: '/api/rounds/{roundId}/visit-uploads/{operationId}/pictures/{pictureId}' }

/** 暂存上传 · what phones sent that is no visit, until somebody has looked at it */
export const listHeldUploads: Operation<{ query: { limit?: number; cursor?: string } }, { items: (HeldUpload)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/held-uploads' }

/** 查看暂存上传 · one upload with each entry, its pictures, and why it was not taken */
export const readHeldUpload: Operation<{ params: { uploadId: string } }, WholeHeldUpload> = { method: 'GET', path: '/api/held-uploads/{uploadId}' }

/** 处理暂存上传 · say what became of it (If-Match) */
export const settleHeldUpload: Operation<{ params: { uploadId: string }; body: { note: string } }, WholeHeldUpload> = { method: 'PUT', path: '/api/held-uploads/{uploadId}/settlement' }

/** 作为巡查收下 · take a held upload as a patrol of whoever sent it: its cases count, it has no score (If-Match) */
export const acceptHeldUpload: Operation<{ params: { uploadId: string }; body: { schemeId: string; zoneId: string; pointId?: string | null; entries?: (number)[]; note: string } }, WholeHeldUpload> = { method: 'PUT', path: '/api/held-uploads/{uploadId}/visit' }

/** 整改问题列表 · cases that you issue, owe, support or found */
export const listCases: Operation<{ query: { limit?: number; cursor?: string; roundId?: string; unitId?: string; zoneId?: string; pointId?: string; districtCode?: string; source?: "sample" | "patrol" | "self_test" | "recheck"; severity?: "notice" | "ordinary" | "serious" | "grave"; flag?: "no_picture" | "odd_picture" | "recurred" | "fell_back"; number?: string; waiting?: boolean; state?: "draft" | "issued" | "accepted" | "returned" | "reported" | "suspended" | "closed" | "cancelled"; overdue?: boolean } }, { items: (Case)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/cases' }

/** 各状态问题数 · how many cases fit a filter, by their state, up to 10,000 */
export const countCases: Operation<{ query: { roundId?: string; unitId?: string; zoneId?: string; pointId?: string; districtCode?: string; source?: "sample" | "patrol" | "self_test" | "recheck"; severity?: "notice" | "ordinary" | "serious" | "grave"; flag?: "no_picture" | "odd_picture" | "recurred" | "fell_back"; number?: string } }, CaseCount> = { method: 'GET', path: '/api/case-count' }

/** 查看整改问题 · one case with its pictures before and after */
export const readCase: Operation<{ params: { caseId: string } }, WholeCase> = { method: 'GET', path: '/api/cases/{caseId}' }

/** 现在谁在岗 · shifts that are on now where the case is, and the teams that are there */
export const readCaseDuty: Operation<{ params: { caseId: string } }, CaseDuty> = { method: 'GET', path: '/api/cases/{caseId}/duty' }

/** 拟定整改班次 · draft a shift from a case in an event; its hours are not recorded (If-Match) */
export const draftCaseShift: Operation<{ params: { caseId: string }; body: { eventId: string; startsAt: string; endsAt: string; min: number; target: number; max: number } }, WholeCase> = { method: 'PUT', path: '/api/cases/{caseId}/shift' }

/** 立即交办 · issue a case without waiting for its pictures any longer (If-Match) */
export const issueCase: Operation<{ params: { caseId: string } }, WholeCase> = { method: 'PUT', path: '/api/cases/{caseId}/issuance' }

/** 指定责任单位 · say who answers for a case that could not be issued (If-Match) */
export const nameCaseUnit: Operation<{ params: { caseId: string }; body: { unitId: string } }, WholeCase> = { method: 'PUT', path: '/api/cases/{caseId}/unit' }

/** 简报 · what a round has come to, as Word file, PDF or workbook; a draft until it is closed */
export const exportBulletin: Operation<{ params: { roundId: string }; query: { lang?: "zh" | "en"; format: "docx" | "pdf" | "xlsx" } }, Blob> = { method: 'GET', path: '/api/rounds/{roundId}/bulletin' }

/** 排名表、通报 · a ranking as Word file, PDF or workbook; a draft until it is final */
export const exportRanking: Operation<{ params: { rankingId: string }; query: { lang?: "zh" | "en"; format: "docx" | "pdf" | "xlsx"; paper?: "table" | "notice" } }, Blob> = { method: 'GET', path: '/api/rankings/{rankingId}/document' }

/** 活动统计 · the figures of an event, in total and by district, kind of zone, unit and parent */
export const readReport: Operation<{ params: { eventId: string }; query: { cutOffAt?: string } }, EventReport> = { method: 'GET', path: '/api/events/{eventId}/report' }

/** 导出统计表 · the same figures as a workbook */
export const exportReport: Operation<{ params: { eventId: string }; query: { cutOffAt?: string; language?: "zh" | "en" } }, Blob> = { method: 'GET', path: '/api/events/{eventId}/report.xlsx' }

/** 快报 · the day in a few sentences, ready to paste */
export const readBulletin: Operation<{ params: { eventId: string }; query: { cutOffAt?: string; language?: "zh" | "en" } }, Bulletin> = { method: 'GET', path: '/api/events/{eventId}/bulletin' }

/** 生成快照 · freezes the figures at a cut-off time */
export const takeReportSnapshot: Operation<{ params: { eventId: string }; body: { title?: string; cutOffAt?: string } }, ReportSnapshotDetail> = { method: 'POST', path: '/api/events/{eventId}/report-snapshots' }

/** 快照列表 · snapshots of an event, the latest first */
export const listReportSnapshots: Operation<{ params: { eventId: string }; query: { limit?: number; cursor?: string } }, { items: (ReportSnapshot)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/events/{eventId}/report-snapshots' }

/** 查看快照 · one snapshot with its definitions and bulletin */
export const readReportSnapshot: Operation<{ params: { snapshotId: string } }, ReportSnapshotDetail> = { method: 'GET', path: '/api/report-snapshots/{snapshotId}' }

/** 导出快照 · a snapshot as a workbook */
export const exportReportSnapshot: Operation<{ params: { snapshotId: string }; query: { language?: "zh" | "en" } }, Blob> = { method: 'GET', path: '/api/report-snapshots/{snapshotId}/report.xlsx' }

/** 实时到岗 · how an event stands now: counts, never names */
export const readLive: Operation<{ params: { eventId: string } }, Live> = { method: 'GET', path: '/api/events/{eventId}/live' }

/** 实时推送 · the same as it changes, as server-sent events; ends with the session or the right */
export const streamLive: Operation<{ params: { eventId: string }; query: { seconds?: number } }, Blob> = { method: 'GET', path: '/api/events/{eventId}/stream' }

/** 活动网格位置 · where the zones of an event lie; school zones are not among them */
export const listLivePlaces: Operation<{ params: { eventId: string } }, PlaceList> = { method: 'GET', path: '/api/events/{eventId}/places' }

/** 现场负责人电话 · who is in charge in a zone, with the number volunteers were given */
export const readInCharge: Operation<{ params: { eventId: string; zoneId: string } }, InChargeList> = { method: 'GET', path: '/api/events/{eventId}/zones/{zoneId}/in-charge' }

/** 新建大屏链接 · a link that shows the figures on a screen, without names and without signing in */
export const issueScreen: Operation<{ params: { eventId: string }; body: { name: string } }, ScreenIssued> = { method: 'POST', path: '/api/events/{eventId}/screens' }

/** 大屏链接列表 · the screens of an event that are not revoked */
export const listScreens: Operation<{ params: { eventId: string } }, ScreenList> = { method: 'GET', path: '/api/events/{eventId}/screens' }

/** 收回大屏链接 · the screen goes dark within three seconds */
export const revokeScreen: Operation<{ params: { screenId: string } }, null> = { method: 'DELETE', path: '/api/screens/{screenId}' }

/** 大屏 · the event, its zones on the map and its figures; never a name of a person */
export const readScreen: Operation<{ params: { token: string } }, ScreenPage> = { method: 'GET', path: '/api/screen/{token}' }

/** 大屏实时推送 · its figures as they change; ends when the link is revoked */
export const streamScreen: Operation<{ params: { token: string }; query: { seconds?: number } }, Blob> = { method: 'GET', path: '/api/screen/{token}/stream' }

/** 我的设置 · What one has chosen for the console */
export const readPreferences: Operation<{  }, Preferences> = { method: 'GET', path: '/api/me/preferences' }

/** 保存我的设置 · Replace what one has chosen (If-Match) */
export const savePreferences: Operation<{ body: PreferencesBody }, Preferences> = { method: 'PUT', path: '/api/me/preferences' }

/** 浏览器错误 · Tell that the console failed in a browser; nothing personal */
export const tellClientError: Operation<{ body: ClientErrorBody }, null> = { method: 'POST', path: '/api/client-errors' }

/** 活动步骤 · how far each step of an event is, for the caller */
export const readEventSteps: Operation<{ params: { eventId: string } }, EventSteps> = { method: 'GET', path: '/api/events/{eventId}/steps' }

/** 待办 · what is on today, what waits for the caller, and what waits for others */
export const readAgenda: Operation<{  }, Agenda> = { method: 'GET', path: '/api/agenda' }

/** 首次使用 · what an office does first in an empty installation, and what of it is done */
export const readFirstSteps: Operation<{  }, FirstSteps> = { method: 'GET', path: '/api/first-steps' }

/** 变更记录：谁在何时做了什么 · What was done to a thing, for whoever may read it; the newest first */
export const listHistory: Operation<{ query: { limit?: number; cursor?: string; subject: string } }, { items: (HistoryEntry)[]; nextCursor: string | null }> = { method: 'GET', path: '/api/history' }
