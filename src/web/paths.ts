import type { EventStep } from '#modules/desk/words.ts'

/** The only maker of addresses of the console. The service answers the console's page at the first segments named here. */

/** First segments of the office's addresses. */
export const officeSegments = [
  'home',
  'events',
  'people',
  'grid',
  'city',
  'inspection',
  'admin',
  'account',
  'print',
] as const

/** The first segment of the phone's addresses. */
export const phoneSegment = 'm'

/** The first segment of the addresses of screens. */
export const screenSegment = 'screen'

export const paths = {
  home: () => '/home',
  events: () => '/events',
  newEvent: () => '/events/new',
  event: (eventId: string) => `/events/${eventId}`,
  /** A page of an event. */
  eventStep: (eventId: string, step: EventStep) =>
    step === 'about' ? `/events/${eventId}` : `/events/${eventId}/${step}`,
  askUnits: (eventId: string) => `/events/${eventId}/quotas/ask`,
  /** Who of the own teams takes part, by name. */
  signUps: (eventId: string) => `/events/${eventId}/quotas/names`,
  newShifts: (eventId: string) => `/events/${eventId}/shifts/new`,
  shift: (eventId: string, shiftId: string) => `/events/${eventId}/shifts/${shiftId}`,
  map: () => '/grid',
  zones: () => '/grid/zones',
  newZone: () => '/grid/zones/new',
  /** Zones or responsibilities from files. */
  gridImport: () => '/grid/import',
  zone: (zoneId: string) => `/grid/zones/${zoneId}`,
  splitZone: (zoneId: string) => `/grid/zones/${zoneId}/split`,
  responsibilities: () => '/grid/responsibilities',
  gaps: () => '/grid/gaps',
  city: () => '/city',
  book: (bookId: string) => `/city/books/${bookId}`,
  chart: (bookId: string) => `/city/books/${bookId}/chart`,
  task: (taskId: string) => `/city/tasks/${taskId}`,
  owed: () => '/city/owed',
  bookTemplates: (bookId: string) => `/city/books/${bookId}/templates`,
  desk: () => '/city/desk',
  /** 逐条讲解: what a counsellor explains. */
  explaining: () => '/city/explaining',
  /** 包保小区: what a leader answers for. */
  compounds: () => '/city/compounds',
  campaigns: () => '/city/campaigns',
  bodies: () => '/city/bodies',
  blindSpots: () => '/city/blind-spots',
  /** 督查测评: rounds come first. */
  rounds: () => '/inspection',
  newRound: () => '/inspection/rounds/new',
  round: (roundId: string) => `/inspection/rounds/${roundId}`,
  /** The sample of a round: who goes where, and what came home. */
  sample: (roundId: string) => `/inspection/rounds/${roundId}/sample`,
  /** How anybody can check the draw of a round. */
  proof: (roundId: string) => `/inspection/rounds/${roundId}/proof`,
  points: () => '/inspection/points',
  pointMap: () => '/inspection/points/map',
  newPoint: () => '/inspection/points/new',
  point: (pointId: string) => `/inspection/points/${pointId}`,
  schemes: () => '/inspection/schemes',
  scheme: (schemeId: string) => `/inspection/schemes/${schemeId}`,
  /** 责任分工: each standard and who answers for it where. */
  matrix: (schemeId: string) => `/inspection/schemes/${schemeId}/matrix`,
  cases: () => '/inspection/cases',
  case: (caseId: string) => `/inspection/cases/${caseId}`,
  /** 暂存上传: what phones sent and did not fit. */
  heldUploads: () => '/inspection/held',
  heldUpload: (uploadId: string) => `/inspection/held/${uploadId}`,
  rankings: () => '/inspection/rankings',
  newRanking: () => '/inspection/rankings/new',
  ranking: (rankingId: string) => `/inspection/rankings/${rankingId}`,
  rankingLine: (rankingId: string, lineId: string) => `/inspection/rankings/${rankingId}/lines/${lineId}`,
  rankedVisit: (rankingId: string, visitId: string) => `/inspection/rankings/${rankingId}/visits/${visitId}`,
  rates: () => '/inspection/rates',
  /** 标准×县区 of a round. */
  standardFigures: () => '/inspection/rates/standards',
  appeals: () => '/inspection/appeals',
  appealsOf: (rankingId: string) => `/inspection/appeals?rankingId=${rankingId}`,
  appeal: (appealId: string) => `/inspection/appeals/${appealId}`,
  admin: () => '/admin',
  users: () => '/admin/users',
  user: (userId: string) => `/admin/users/${userId}`,
  newUser: () => '/admin/users/new',
  inviteMany: () => '/admin/users/invitations',
  confirmations: () => '/admin/confirmations',
  audit: () => '/admin/audit',
  jobs: () => '/admin/jobs',
  health: () => '/admin/health',
  /** Alarms that an auditor looks into. */
  alarms: () => '/admin/alarms',
  /** The holidays of each year. */
  workdays: () => '/admin/workdays',
  templates: () => '/admin/templates',
  template: (kind: string, channel: string) => `/admin/templates/${kind}/${channel}`,
  account: () => '/account',
  printRoll: (shiftId: string) => `/print/roll/${shiftId}`,
  printZone: (zoneId: string) => `/print/zone/${zoneId}`,
  printMap: () => '/print/map',
  people: () => '/people',
  units: () => '/people/units',
  newUnit: () => '/people/units/new',
  unit: (unitId: string) => `/people/units/${unitId}`,
  teams: () => '/people/teams',
  newTeam: () => '/people/teams/new',
  team: (teamId: string) => `/people/teams/${teamId}`,
  newPerson: () => '/people/persons/new',
  person: (personId: string) => `/people/persons/${personId}`,
  imports: () => '/people/imports',
  newImport: () => '/people/imports/new',
  import: (importId: string) => `/people/imports/${importId}`,
  duplicates: () => '/people/duplicates',
  requests: () => '/people/requests',
  /** 补录: what is entered after a shift, and waits for a second person. */
  late: () => '/people/late',
  /** The same of one event, or of one shift. */
  lateOf: (of: { eventId: string } | { shiftId: string }) => `/people/late?${new URLSearchParams(of)}`,
  /** Requests to see the data of minors. */
  access: () => '/people/access',
} as const

/** Short addresses for messages, which pay for each character: they lead to a page of the office. */
export const shortPaths: Readonly<Record<string, string>> = {
  '/ranks': paths.rankings(),
  '/appeals': paths.appeals(),
}

/** Pages of the phone. */
export const phonePaths = {
  duties: () => '/m',
  people: (shiftId?: string) => (shiftId ? `/m/people/${shiftId}` : '/m/people'),
  roll: (shiftId?: string) => (shiftId ? `/m/roll/${shiftId}` : '/m/roll'),
  /** What a shift can be told and shown by: the text for the group chat, and the roll pass. */
  share: (shiftId: string) => `/m/share/${shiftId}`,
  /** Numbers of the guardians of minors on a shift, around it. */
  guardians: (shiftId: string) => `/m/guardians/${shiftId}`,
  asks: (quotaId?: string) => (quotaId ? `/m/asks/${quotaId}` : '/m/asks'),
  /** 创城: what the units one reports for owe. */
  tasks: (taskId?: string) => (taskId ? `/m/tasks/${taskId}` : '/m/tasks'),
  /** 督查: where an inspector goes today, and one visit. */
  visits: (visitId?: string) => (visitId ? `/m/visits/${visitId}` : '/m/visits'),
  /** A finding at no drawn point. */
  patrol: () => '/m/patrol',
  /** What waits to be sent, and what became of the rest. */
  uploads: () => '/m/uploads',
  account: () => '/m/account',
  worker: () => '/m/sw.js',
} as const

/** Pages of the service that need no script. */
export const servicePaths = {
  signIn: (next: string, language?: string) =>
    `/sign-in?next=${encodeURIComponent(next)}${language ? `&lang=${language}` : ''}`,
  home: () => '/',
  signedOut: () => '/sign-in?after=sign-out',
  password: (language: string) => `/password?lang=${language}`,
} as const

interface Place {
  name: string
  latitude: number
  longitude: number
}

/**
 * A place in the map of the phone itself, so that nobody else learns where somebody goes: `geo:` as RFC 5870 has it, and on an
 * iPhone, which does not know it, its own.
 */
export function mapLink({ name, latitude, longitude }: Place, device = navigator.userAgent): string {
  const at = `${latitude},${longitude}`
  const named = encodeURIComponent(name)
  return /iPhone|iPad/.test(device) ? `maps://?ll=${at}&q=${named}` : `geo:${at}?q=${at}(${named})`
}
