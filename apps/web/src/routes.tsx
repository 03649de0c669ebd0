import { createRootRoute, createRoute, createRouter, notFound, redirect } from '@tanstack/react-router'
import { sameOriginPath } from './auth/next-path.ts'
import { askForPage, askInOrg, modelsStay } from './first-queries.ts'
import { App } from './frame/App.tsx'
import { ErrorPage } from './frame/ErrorPage.tsx'
import { FrameSkeleton } from './frame/FrameSkeleton.tsx'
import { knownOrg, rememberOrgs } from './frame/known-orgs.ts'
import { NotFoundPage } from './frame/NotFoundPage.tsx'
import { LandingPage } from './landing/LandingPage.tsx'
import {
  designSearch,
  deviceSearch,
  editorSearch,
  pluginsSearch,
  signInSearch,
  tokensSearch,
} from './search.ts'
import { api } from './trpc.ts'

const rootRoute = createRootRoute({ component: App, notFoundComponent: NotFoundPage })

const landing = createRoute({ getParentRoute: () => rootRoute, path: '/', component: LandingPage })

/** Signed-in people have no use for these two. */
async function leaveWhenSignedIn({ search }: { search: { next?: string } }) {
  const session = await api.auth.session.ensureData()
  const org = session?.orgs[0]
  if (org) throw redirect({ href: sameOriginPath(search.next) ?? `/${org.slug}/plugins` })
}

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: leaveWhenSignedIn,
}).lazy(() => import('./auth/SignInPage.tsx').then((page) => page.route))

const signUp = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  validateSearch: signInSearch,
  beforeLoad: leaveWhenSignedIn,
}).lazy(() => import('./auth/SignUpPage.tsx').then((page) => page.route))

const device = createRoute({
  getParentRoute: () => rootRoute,
  path: '/device',
  validateSearch: deviceSearch,
  beforeLoad: async ({ location }) => {
    const session = await api.auth.session.ensureData()
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href } })
    return { session }
  },
}).lazy(() => import('./auth/DevicePage.tsx').then((page) => page.route))

const org = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$org',
  pendingComponent: FrameSkeleton,
  beforeLoad: async ({ params, location, matches }) => {
    const page = matches.at(-1)
    const guess = knownOrg(params.org)
    askForPage(page)
    const session = await api.auth.session.ensureData()
    // Known before the frame is painted: its banner must not push the page down. A failure is told by who needs the models.
    await api.models.list.prefetch(undefined, modelsStay)
    rememberOrgs(session?.orgs ?? [])
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href } })
    const member = session.orgs.find(({ slug }) => slug === params.org)
    if (!member) throw notFound()
    if (member.id !== guess) {
      askInOrg(member.id, page)
      // Calls leave at the end of this turn: before the page is rendered, which can take long.
      await new Promise((resolve) => setTimeout(resolve))
    }
    return { session, org: member }
  },
}).lazy(() => import('./frame/Frame.tsx').then((frame) => frame.route))

const plugins = createRoute({
  getParentRoute: () => org,
  path: '/plugins',
  validateSearch: pluginsSearch,
}).lazy(() => import('./plugins/PluginsPage.tsx').then((page) => page.route))

const create = createRoute({
  getParentRoute: () => org,
  path: '/plugins/new',
}).lazy(() => import('./plugins/create/CreatePage.tsx').then((page) => page.route))

const editor = createRoute({
  getParentRoute: () => org,
  path: '/plugins/$plugin',
  validateSearch: editorSearch,
}).lazy(() => import('./plugins/editor/EditorPage.tsx').then((page) => page.route))

const tokens = createRoute({
  getParentRoute: () => org,
  path: '/tokens',
  validateSearch: tokensSearch,
}).lazy(() => import('./tokens/TokensPage.tsx').then((page) => page.route))

const profile = createRoute({
  getParentRoute: () => org,
  path: '/profile',
}).lazy(() => import('./profile/ProfilePage.tsx').then((page) => page.route))

/** The design system's page is for those who build it: no production build has it. */
const hasDesignPage = import.meta.env.DEV || import.meta.env.VITE_DESIGN_PAGE === '1'

const design = createRoute({
  getParentRoute: () => rootRoute,
  path: '/design',
  validateSearch: designSearch,
}).lazy(async () => {
  if (!hasDesignPage) throw notFound()
  return (await import('./design/DesignPage.tsx')).route
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    landing,
    design,
    signIn,
    signUp,
    device,
    org.addChildren([plugins, create, editor, tokens, profile]),
  ]),
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
