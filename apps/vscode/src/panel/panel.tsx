import type { Session } from '@tallyforge/client/outputs'
import { type Permission, roleMay } from '@tallyforge/core/orgs/roles'
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { HostState } from '../bridge/protocol.ts'
import type { Bridge } from './bridge.ts'
import type { KeptState, Place } from './kept-state.ts'

/** What every part of the panel shares: the bridge to the host, and what a reload must not lose. */
export type Panel = { bridge: Bridge; state: KeptState }

export const PanelContext = createContext<Panel | null>(null)

export function usePanel(): Panel {
  const panel = useContext(PanelContext)
  if (panel === null) throw new Error('usePanel outside of the panel')
  return panel
}

export function useHost(): HostState | null {
  const { bridge } = usePanel()
  return useSyncExternalStore(bridge.onHost, bridge.host)
}

export function useKept() {
  const { state } = usePanel()
  return useSyncExternalStore(state.subscribe, state.get)
}

/** Where the panel is, and the way to elsewhere. */
export function useRoute() {
  const { state } = usePanel()
  const { route } = useKept()
  return { route, go: useCallback((to: Place) => state.go(to), [state]) }
}

type SignedIn = {
  host: HostState
  user: Session['user']
  orgs: Session['orgs']
  org: Session['orgs'][number]
}

export const SignedInContext = createContext<SignedIn | null>(null)

/** Who is signed in, and the organization that the panel works in. */
export function useOrg() {
  const signedIn = useContext(SignedInContext)
  if (signedIn === null) throw new Error('useOrg without a session')
  return { ...signedIn, may: (permission: Permission) => roleMay(signedIn.org.role, permission) }
}
