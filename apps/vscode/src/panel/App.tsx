import { Skeleton } from '@tallyforge/ui/Skeleton'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { HostState } from '../bridge/protocol.ts'
import { CreateView } from './create/CreateView.tsx'
import { Frame } from './frame/Frame.tsx'
import { HomeView } from './home/HomeView.tsx'
import { LiveProvider } from './live/LiveProvider.tsx'
import { notify } from './notices.tsx'
import { SignedInContext, useHost, usePanel, useRoute } from './panel.tsx'
import { PluginView } from './plugin/PluginView.tsx'
import { ServerTrouble } from './session/ServerTrouble.tsx'
import { SignedOut } from './session/SignedOut.tsx'
import { SigningIn } from './session/SigningIn.tsx'
import { ReceiptView } from './tokens/ReceiptView.tsx'
import { TokensView } from './tokens/TokensView.tsx'

/** What stands between the panel and its work comes first: the server, then the session. */
export function App() {
  const host = useHost()
  useForgetting(host)
  if (host === null) return <Waiting />
  const { check } = host.server
  if (check.status === 'client-too-old' || check.status === 'server-too-old') {
    return <ServerTrouble check={check} url={host.server.url} />
  }
  const { session } = host
  // Whoever is signed in keeps what is shown while the server is away: the panel says so in one line.
  if (check.status === 'unreachable' && session.status !== 'signed-in') {
    return <ServerTrouble check={check} url={host.server.url} />
  }
  if (session.status === 'signing-in') return <SigningIn session={session} />
  if (session.status === 'signed-out') return <SignedOut host={host} reason={session.reason} />
  const org = session.orgs.find(({ id }) => id === session.orgId) ?? session.orgs[0]
  if (org === undefined) return <Waiting />
  return (
    <SignedInContext value={{ host, user: session.user, orgs: session.orgs, org }}>
      {/* Another server or organization is another panel: nothing of the last one stays. */}
      <LiveProvider key={`${host.server.url} ${org.id}`}>
        <Frame>
          <View />
        </Frame>
      </LiveProvider>
    </SignedInContext>
  )
}

function View() {
  const { route } = useRoute()
  switch (route.name) {
    case 'home':
      return <HomeView />
    case 'create':
      return <CreateView />
    case 'plugin':
      // Another plugin is another view: no scroll position or choice may leak into it.
      return <PluginView key={route.pluginId} pluginId={route.pluginId} versionId={route.versionId} />
    case 'tokens':
      return <TokensView />
    case 'receipt':
      return <ReceiptView key={route.holdId} holdId={route.holdId} from={route.from} />
  }
}

/** After a sign-out, for another person and at another server, nothing of the last one is left in the panel. */
function useForgetting(host: HostState | null) {
  const { state } = usePanel()
  const queryClient = useQueryClient()
  const session = host?.session
  const server = host?.server.url ?? null
  const person = session?.status === 'signed-in' ? session.user.id : null
  const last = useRef<string | null>(null)
  const lastServer = useRef(server)
  useEffect(() => {
    if (lastServer.current !== server) {
      // What the person typed there waits there: it is kept by server.
      if (lastServer.current !== null) {
        queryClient.clear()
        notify.clear()
      }
      lastServer.current = server
      last.current = person
    } else if (last.current !== null && last.current !== person) {
      queryClient.clear()
      // A session that ended by itself keeps the words that were typed: the same person comes back to them.
      const isSignedOut = session?.status === 'signed-out' && session.reason === null
      if (isSignedOut || person !== null) state.forget()
    }
    if (person !== null) last.current = person
  }, [server, person, session, queryClient, state])
}

function Waiting() {
  return (
    <div className="flex flex-col gap-3 p-4" aria-busy="true">
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  )
}
