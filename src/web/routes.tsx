import { Button } from 'antd'
import { Suspense, useEffect } from 'react'
import {
  createBrowserRouter,
  Outlet,
  type RouteObject,
  useLocation,
  useMatches,
  useRouteError,
} from 'react-router'
import { pageIs, placesIn, tellFailure } from './core/failures.ts'
import { Unreachable } from './core/refused.ts'
import { whoIsSignedIn } from './core/session.ts'
import { build, part } from './core/version.ts'
import { paths } from './paths.ts'
import { Frame } from './ui/office/frame.tsx'
import { Page } from './ui/office/page.tsx'
import { SessionDialog } from './ui/office/session-dialog.tsx'
import { useWords } from './words/index.ts'

type Loaded = { Component: () => React.ReactNode }

/** A page with its pattern, loaded when it is first opened. */
function page(path: string, load: () => Promise<Loaded>): RouteObject {
  return {
    path,
    handle: { pattern: path },
    errorElement: <PageFailed />,
    lazy: () => part(load, whoIsSignedIn),
  }
}

/** The pages of the office. */
export function officeRouter(switchLanguage: () => void) {
  return createBrowserRouter([
    {
      element: (
        <>
          <NamePage />
          <Frame switchLanguage={switchLanguage} />
        </>
      ),
      HydrateFallback: () => null,
      children: [
        page(paths.home(), () => import('./home/page.tsx')),
        page(paths.events(), () => import('./events/list.tsx')),
        page(paths.newEvent(), () => import('./events/new.tsx')),
        page(paths.event(':eventId'), () => import('./events/about.tsx')),
        page(paths.eventStep(':eventId', 'shifts'), () => import('./events/shifts/list.tsx')),
        page(paths.eventStep(':eventId', 'quotas'), () => import('./events/quotas/list.tsx')),
        page(paths.eventStep(':eventId', 'plan'), () => import('./events/plan/page.tsx')),
        page(paths.eventStep(':eventId', 'board'), () => import('./events/board/page.tsx')),
        page(paths.eventStep(':eventId', 'people'), () => import('./events/people/page.tsx')),
        page(paths.eventStep(':eventId', 'messages'), () => import('./events/messages/page.tsx')),
        page(paths.eventStep(':eventId', 'report'), () => import('./events/report/page.tsx')),
        page(paths.askUnits(':eventId'), () => import('./events/quotas/ask.tsx')),
        page(paths.signUps(':eventId'), () => import('./events/quotas/names.tsx')),
        page(paths.newShifts(':eventId'), () => import('./events/shifts/bulk.tsx')),
        page(paths.shift(':eventId', ':shiftId'), () => import('./events/shifts/shift.tsx')),
        page(paths.eventStep(':eventId', 'day'), () => import('./events/day/day.tsx')),
        page(paths.map(), () => import('./grid/map.tsx')),
        page(paths.zones(), () => import('./grid/list.tsx')),
        page(paths.newZone(), () => import('./grid/new.tsx')),
        page(paths.gridImport(), () => import('./grid/import.tsx')),
        page(paths.zone(':zoneId'), () => import('./grid/zone.tsx')),
        page(paths.splitZone(':zoneId'), () => import('./grid/split.tsx')),
        page(paths.responsibilities(), () => import('./grid/register.tsx')),
        page(paths.gaps(), () => import('./grid/gaps.tsx')),
        page(paths.city(), () => import('./command/books.tsx')),
        page(paths.book(':bookId'), () => import('./command/book.tsx')),
        page(paths.chart(':bookId'), () => import('./command/chart.tsx')),
        page(paths.task(':taskId'), () => import('./command/task.tsx')),
        page(paths.owed(), () => import('./command/owed.tsx')),
        page(paths.desk(), () => import('./command/desk.tsx')),
        page(paths.bookTemplates(':bookId'), () => import('./command/templates.tsx')),
        page(paths.explaining(), () => import('./command/explaining.tsx')),
        page(paths.compounds(), () => import('./command/compounds.tsx')),
        page(paths.campaigns(), () => import('./command/campaigns.tsx')),
        page(paths.blindSpots(), () => import('./command/blind-spots.tsx')),
        page(paths.bodies(), () => import('./command/bodies.tsx')),
        page(paths.rounds(), () => import('./inspection/rounds/list.tsx')),
        page(paths.newRound(), () => import('./inspection/rounds/new.tsx')),
        page(paths.round(':roundId'), () => import('./inspection/rounds/round.tsx')),
        page(paths.sample(':roundId'), () => import('./inspection/rounds/sample.tsx')),
        page(paths.proof(':roundId'), () => import('./inspection/rounds/proof.tsx')),
        page(paths.points(), () => import('./inspection/points/list.tsx')),
        page(paths.pointMap(), () => import('./inspection/points/map.tsx')),
        page(paths.newPoint(), () => import('./inspection/points/new.tsx')),
        page(paths.point(':pointId'), () => import('./inspection/points/point.tsx')),
        page(paths.schemes(), () => import('./inspection/schemes/list.tsx')),
        page(paths.scheme(':schemeId'), () => import('./inspection/schemes/scheme.tsx')),
        page(paths.matrix(':schemeId'), () => import('./inspection/schemes/matrix.tsx')),
        page(paths.cases(), () => import('./inspection/cases/list.tsx')),
        page(paths.case(':caseId'), () => import('./inspection/cases/case.tsx')),
        page(paths.heldUploads(), () => import('./inspection/held/list.tsx')),
        page(paths.heldUpload(':uploadId'), () => import('./inspection/held/upload.tsx')),
        page(paths.rankings(), () => import('./inspection/ranking/list.tsx')),
        page(paths.newRanking(), () => import('./inspection/ranking/new.tsx')),
        page(paths.ranking(':rankingId'), () => import('./inspection/ranking/ranking.tsx')),
        page(paths.rankingLine(':rankingId', ':lineId'), () => import('./inspection/ranking/line.tsx')),
        page(paths.rankedVisit(':rankingId', ':visitId'), () => import('./inspection/ranking/visit.tsx')),
        page(paths.rates(), () => import('./inspection/rates/page.tsx')),
        page(paths.standardFigures(), () => import('./inspection/rates/standards.tsx')),
        page(paths.appeals(), () => import('./inspection/appeals/list.tsx')),
        page(paths.appeal(':appealId'), () => import('./inspection/appeals/appeal.tsx')),
        page(paths.admin(), () => import('./admin/first.tsx')),
        page(paths.users(), () => import('./accounts/list.tsx')),
        page(paths.newUser(), () => import('./accounts/new.tsx')),
        page(paths.inviteMany(), () => import('./accounts/invite-many.tsx')),
        page(paths.user(':userId'), () => import('./accounts/user.tsx')),
        page(paths.confirmations(), () => import('./accounts/confirmations.tsx')),
        page(paths.audit(), () => import('./audit/page.tsx')),
        page(paths.jobs(), () => import('./system/jobs.tsx')),
        page(paths.templates(), () => import('./messaging/list.tsx')),
        page(paths.template(':kind', ':channel'), () => import('./messaging/template.tsx')),
        page(paths.health(), () => import('./system/health.tsx')),
        page(paths.alarms(), () => import('./system/attention.tsx')),
        page(paths.workdays(), () => import('./system/workdays.tsx')),
        page(paths.account(), () => import('./accounts/account.tsx')),
        page(paths.people(), () => import('./organisation/persons/list.tsx')),
        page(paths.newPerson(), () => import('./organisation/persons/new.tsx')),
        page(paths.units(), () => import('./organisation/units/list.tsx')),
        page(paths.newUnit(), () => import('./organisation/units/new.tsx')),
        page(paths.unit(':unitId'), () => import('./organisation/units/unit.tsx')),
        page(paths.teams(), () => import('./organisation/teams/list.tsx')),
        page(paths.newTeam(), () => import('./organisation/teams/new.tsx')),
        page(paths.team(':teamId'), () => import('./organisation/teams/team.tsx')),
        page(paths.person(':personId'), () => import('./organisation/persons/person.tsx')),
        page(paths.duplicates(), () => import('./organisation/duplicates/list.tsx')),
        page(paths.requests(), () => import('./organisation/requests/list.tsx')),
        page(paths.late(), () => import('./attendance/late.tsx')),
        page(paths.access(), () => import('./minors/list.tsx')),
        page(paths.imports(), () => import('./imports/list.tsx')),
        page(paths.newImport(), () => import('./imports/upload.tsx')),
        page(paths.import(':importId'), () => import('./imports/import.tsx')),
        { path: '*', element: <NoSuchPage /> },
      ],
    },
    {
      element: (
        <>
          <NamePage />
          <Suspense>
            <Outlet />
          </Suspense>
          <SessionDialog />
        </>
      ),
      HydrateFallback: () => null,
      children: [
        page(paths.printRoll(':shiftId'), () => import('./print/roll.tsx')),
        page(paths.printZone(':zoneId'), () => import('./print/zone.tsx')),
        page(paths.printMap(), () => import('./print/map.tsx')),
      ],
    },
  ])
}

/** What fails is told under the pattern of the page, never its address. */
function NamePage() {
  const matches = useMatches()
  const pattern = (matches.at(-1)?.handle as { pattern?: string } | undefined)?.pattern
  useEffect(() => pageIs(pattern ?? '/'), [pattern])
  return null
}

function PageFailed() {
  const { w } = useWords()
  const error = useRouteError()
  useEffect(() => tellFailure('page', error), [error])
  return (
    <Page title={w.failure.page} windowTitle={w.failure.page} question="">
      <div className="note bad" role="alert">
        <p>{error instanceof Unreachable ? w.failure.unreachable : w.failure.pageText}</p>
        {error instanceof Error && (
          <details>
            <summary>{w.common.technical}</summary>
            <span translate="no" lang="en">
              {[error.name, build, ...placesIn(error.stack)].join(' ')}
            </span>
          </details>
        )}
        <p>
          <Button onClick={() => window.location.reload()}>{w.common.reload}</Button>
        </p>
      </div>
    </Page>
  )
}

function NoSuchPage() {
  const { w } = useWords()
  const { pathname } = useLocation()
  return (
    <Page key={pathname} title={w.failure.page} windowTitle={w.failure.page} question="">
      <p className="note">{w.refusals[404]}</p>
    </Page>
  )
}
