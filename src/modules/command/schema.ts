import { isNotNull, isNull, sql } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { campaigns } from '#modules/events/schema.ts'
import type { ResponsibilityLevel, ZoneKind } from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { persons, units } from '#modules/organisation/schema.ts'
import {
  type AnyColumn,
  bool,
  check,
  day,
  index,
  instant,
  int,
  json,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import { workingBodies } from './bodies/tables.ts'
import type { NoticeTold } from './documents/notice-told.ts'
import type { BookFigures } from './figures/figures.ts'
import type { BookKind, Cadence, DueKind, ExpansionScope, MoveKind, TaskKind, TaskState } from './words.ts'
/** Which part of its scope a template is for. */
export interface TemplateWithin {
  /** `once`, `units`: who owes it. */
  unitIds?: string[]
  /** `responsibilities`: at which level. */
  level?: ResponsibilityLevel
  /** `zones`, `responsibilities`: zones of these kinds, in this district, in or below this zone. */
  zoneKinds?: ZoneKind[]
  districtCode?: string
  zoneId?: string
}

export * from './bodies/tables.ts'

/** 清单: tasks that one unit issues together. */
export const books = table(
  'books',
  {
    id: text().primaryKey(),
    kind: text<BookKind>().notNull(),
    title: text().notNull(),
    searchTitle: text().notNull(),
    documentNumber: text(),
    issuerUnitId: text()
      .notNull()
      .references(() => units.id),
    bodyId: text().references(() => workingBodies.id),
    /** Signs off where nobody else could. */
    checkUnitId: text().references(() => units.id),
    campaignId: text().references(() => campaigns.id),
    zoneId: text().references(() => zones.id),
    /** The book that it takes the place of. */
    supersedesId: text().references((): AnyColumn => books.id),
    /** What it says before its tasks: the text of a notice. */
    text: text(),
    /** A notice keeps the figures that it told, and once it is issued all that it told. */
    figures: json<BookFigures>(),
    told: json<NoticeTold>(),
    /** The last day on which it holds: nothing recurs of it any more. */
    validUntil: day(),
    publishedAt: instant(),
    closedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('books_issuer').on(t.issuerUnitId, t.id),
    index('books_check_unit').on(t.checkUnitId),
    index('books_body').on(t.bodyId),
    index('books_campaign').on(t.campaignId),
    index('books_search_title').on(t.searchTitle),
  ],
)

/** 任务模板: what is made of it is expanded, for each of its scope and once a period. */
export const taskTemplates = table(
  'task_templates',
  {
    id: text().primaryKey(),
    bookId: text()
      .notNull()
      .references(() => books.id),
    kind: text<TaskKind>().notNull(),
    outline: text().notNull(),
    text: text().notNull(),
    acceptance: text(),
    bodyId: text().references(() => workingBodies.id),
    scope: text<ExpansionScope>().notNull(),
    /** Which part of the scope, and who owes what is made. */
    within: json<TemplateWithin>().notNull(),
    cadence: text<Cadence>().notNull(),
    /** Day of the week, of the month, of the last month of the quarter; `MM-DD` of the year. Null: by its limit. */
    dueDay: text(),
    dueClass: text(),
    dueOn: day(),
    target: int(),
    measure: text(),
    endedAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('task_templates_book').on(t.bookId, t.id),
    index('task_templates_recurring').on(t.cadence).where(isNull(sql`ended_at`)),
  ],
)

/** 交办事项: what one unit owes. The times and counts below `measure` are the fold of its moves. */
export const tasks = table(
  'tasks',
  {
    id: text().primaryKey(),
    bookId: text()
      .notNull()
      .references(() => books.id),
    kind: text<TaskKind>().notNull(),
    /** Its number in the book as written: 一、（一）1. */
    outline: text().notNull(),
    /** Its place among the tasks of the book, from 1. */
    position: int().notNull(),
    text: text().notNull(),
    /** 达标要求: what has to be there. */
    acceptance: text(),
    bodyId: text().references(() => workingBodies.id),
    leaderPersonId: text().references(() => persons.id),
    zoneId: text().references(() => zones.id),
    /** It is issued when this one is signed off. */
    afterId: text().references((): AnyColumn => tasks.id),
    dueKind: text<DueKind>().notNull(),
    /** What it is about, where another slice owns that: `case:ID`. */
    subject: text(),
    /** Who found what a case is about; they do not decide on it. */
    foundByUserId: text().references(() => users.id),
    foundByUnitId: text().references(() => units.id),
    templateId: text().references((): AnyColumn => taskTemplates.id),
    /** Whose and of which period it is among those of its template, so that expanding again makes no double. */
    expansionKey: text(),
    /** `workdays:3`, or a day; exactly one of the two where dated. */
    dueClass: text(),
    dueOn: day(),
    target: int(),
    /** What `target` and `amount` count: 个摊位. */
    measure: text(),

    unitId: text()
      .notNull()
      .references(() => units.id),
    amount: int(),
    issuedAt: instant(),
    answerBy: instant(),
    acceptedAt: instant(),
    returnedAt: instant(),
    upheldAt: instant(),
    reportedAt: instant(),
    closedAt: instant(),
    suspendedAt: instant(),
    suspendedUntil: instant(),
    cancelledAt: instant(),
    firstDueAt: instant(),
    dueAt: instant(),
    /** A yearly notice that is not known yet may make `dueAt` later. */
    provisional: bool().notNull().default(false),
    /** `dueAt`, or `neverDue`: lists are sorted by it. */
    dueOrder: instant().notNull(),
    asked: text<'extension' | 'suspension'>(),
    askedUntil: instant(),
    disputedAt: instant(),
    disputes: int().notNull().default(0),
    falseAt: instant(),
    carriedIntoId: text().references((): AnyColumn => tasks.id),
    awardedUntil: instant(),
    attempts: int().notNull().default(0),
    extensions: int().notNull().default(0),
    cycle: int().notNull().default(0),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('tasks_outline').on(t.bookId, t.outline),
    index('tasks_position').on(t.bookId, t.position),
    // Funnels and amounts of books are counted in these alone.
    index('tasks_funnel').on(
      t.bookId,
      t.closedAt,
      t.cancelledAt,
      t.suspendedAt,
      t.reportedAt,
      t.returnedAt,
      t.acceptedAt,
      t.issuedAt,
      t.dueAt,
      t.asked,
    ),
    index('tasks_amounts')
      .on(t.bookId, t.measure, t.target, t.amount, t.cancelledAt)
      .where(sql`target is not null`),
    // What a unit owes, and what somebody has to look at: open ones only.
    index('tasks_owed').on(t.unitId, t.dueOrder, t.id).where(isNull(sql`closed_at`)),
    index('tasks_due').on(t.dueAt).where(isNull(sql`closed_at`)),
    index('tasks_unaccepted').on(t.answerBy).where(sql`accepted_at is null and closed_at is null`),
    index('tasks_suspended').on(t.suspendedUntil).where(sql`suspended_at is not null`),
    index('tasks_returned').on(t.returnedAt).where(sql`returned_at is not null`),
    index('tasks_disputed').on(t.disputedAt).where(sql`disputed_at is not null`),
    index('tasks_after').on(t.afterId),
    uniqueIndex('tasks_expansion').on(t.bookId, t.expansionKey),
    index('tasks_template').on(t.templateId),
    index('tasks_carried').on(t.carriedIntoId),
    index('tasks_subject').on(t.subject),
    index('tasks_list').on(t.dueOrder, t.id),
    index('tasks_unit').on(t.unitId, t.bookId),
    // Most tasks have none of their own; they are of the body of their book.
    index('tasks_body').on(t.bodyId, t.bookId, t.issuedAt).where(isNotNull(sql`body_id`)),
    index('tasks_leader').on(t.leaderPersonId),
    index('tasks_zone').on(t.zoneId),
    check('tasks_due_dated', sql`due_at is null or due_kind = 'dated'`),
    check('tasks_due_issued', sql`due_kind <> 'dated' or issued_at is null or due_at is not null`),
    check('tasks_due_terms', sql`(due_kind = 'dated') = ((due_class is null) <> (due_on is null))`),
    check('tasks_one_end', sql`closed_at is null or cancelled_at is null`),
  ],
)

/** 配合单位: a unit that supports the one that owes the task. */
export const taskUnits = table(
  'task_units',
  {
    id: text().primaryKey(),
    taskId: text()
      .notNull()
      .references(() => tasks.id),
    unitId: text()
      .notNull()
      .references(() => units.id),
  },
  (t) => [uniqueIndex('task_units_once').on(t.taskId, t.unitId), index('task_units_unit').on(t.unitId)],
)

/** 流转: what happened to a task. Rows are only added. */
export const taskMoves = table(
  'task_moves',
  {
    id: text().primaryKey(),
    taskId: text()
      .notNull()
      .references(() => tasks.id),
    sequence: int().notNull(),
    kind: text<MoveKind>().notNull(),
    at: instant().notNull(),
    /** Null: the service did it, because its time had come. */
    byUserId: text().references(() => users.id),
    byUnitId: text().references(() => units.id),
    /** Chosen by the client, so that a repeated request does nothing twice. */
    operationId: text().notNull(),
    reason: text(),
    /** The deadline in force after it, and whether a notice that is not known yet may make it later. */
    dueAt: instant(),
    provisional: bool().notNull().default(false),
    answerBy: instant(),
    until: instant(),
    unitId: text().references(() => units.id),
    amount: int(),
    intoId: text().references(() => tasks.id),
    undoes: int(),
    /** State, what is asked for, the last report and the unit that owes it, after it: figures of any day are read here. */
    state: text<TaskState>(),
    asked: text<'extension' | 'suspension'>(),
    reportedAt: instant(),
    owingUnitId: text().references(() => units.id),
    attempt: int().notNull(),
    cycle: int().notNull(),
  },
  (t) => [
    uniqueIndex('task_moves_sequence').on(t.taskId, t.sequence),
    uniqueIndex('task_moves_operation').on(t.taskId, t.operationId),
    index('task_moves_passes').on(t.byUnitId, t.owingUnitId).where(sql`kind = 'pass'`),
    index('task_moves_at').on(t.taskId, t.at, t.sequence, t.kind),
    // What begins another cycle: few of all moves.
    index('task_moves_cycles').on(t.taskId, t.sequence).where(sql`kind in ('reissue', 'reopen')`),
  ],
)
