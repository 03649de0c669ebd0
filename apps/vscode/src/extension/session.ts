import { signInAsDevice } from '@tallyforge/client/device-sign-in'
import { readError } from '@tallyforge/client/errors'
import type { ServerUrl } from '@tallyforge/client/server-url'
import type { Memento, SecretStorage } from 'vscode'
import type { SessionState } from '../bridge/protocol.ts'
import type { Api } from './api.ts'
import { readFailure } from './failure.ts'
import type { Log } from './log.ts'
import { createStore, type Store } from './store.ts'
import { wait } from './wait.ts'

type SignedInState = Extract<SessionState, { status: 'signed-in' }>

export type Session = {
  state: Store<SessionState>
  /** The token for the server at `origin`; null while nobody is signed in there. */
  token: (origin: string) => Promise<string | null>
  /** The first look-up has been done. */
  restored: Promise<void>
  /** Looks up who is signed in. Resolves when it is known, from memory where the server does not answer. */
  restore: () => Promise<void>
  /** Shows a code and resolves; the rest goes on until the person has answered in the browser. */
  signIn: () => Promise<void>
  cancelSignIn: () => void
  signOut: () => Promise<void>
  chooseOrg: (orgId: string) => Promise<void>
  /** A call learned that the session is over. */
  noticeEnd: () => Promise<void>
  /** The setting names another server: leaves the one before at once, its sign-in too, and looks up who is signed in at this one. */
  changeServer: () => Promise<void>
}

type Port = {
  secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'>
  memory: Pick<Memento, 'get' | 'update'>
  serverUrl: () => ServerUrl
  /** How this editor calls itself where the person lets it in. */
  label: string
  log: Log
  now?: () => number
  wait?: typeof wait
}

/** What stays known of a person while the server does not answer. The token is not in it. */
type Remembered = Pick<SignedInState, 'user' | 'orgs' | 'orgId'>

const nobody = (reason: string | null = null): SessionState => ({ status: 'signed-out', reason })

/** Who is signed in to the server of the setting. Each server has a token of its own: no server gets another one's. */
export function createSession(port: Port, api: () => Api): Session {
  const { secrets, memory, log } = port
  const state = createStore<SessionState>(nobody())
  let attempt: AbortController | null = null
  let restoring = 0
  let server = port.serverUrl().origin

  // Whatever waits for something works with the server that it began with: the setting may name another one by then.
  const isSet = (origin: string) => port.serverUrl().origin === origin
  const tokenKey = (origin: string) => `token:${origin}`
  const personKey = (origin: string) => `person:${origin}`
  const token = async (origin: string) => (await secrets.get(tokenKey(origin))) ?? null
  const remembered = (origin: string) => memory.get<Remembered>(personKey(origin))
  const remember = (origin: string, person: Remembered | undefined) =>
    memory.update(personKey(origin), person)

  async function restore(): Promise<void> {
    const turn = ++restoring
    const isLatest = () => turn === restoring
    const { origin } = port.serverUrl()
    if (origin === null || (await token(origin)) === null) {
      if (isLatest() && state.get().status === 'signed-in') state.set(nobody())
      return
    }
    const known = remembered(origin)
    if (isLatest() && known !== undefined && !isShown(state.get(), known)) {
      state.set({ status: 'signed-in', ...known })
    }
    try {
      const found = await api().clientOf(origin).auth.session.query()
      // A later call to this function, or a sign-in meanwhile, knows better.
      if (!isLatest()) return
      if (found === null) return await end(origin, 'You were signed out elsewhere. Sign in again to go on.')
      await enter(origin, found)
    } catch (error) {
      log.warn(`The session could not be read: ${readError(error).message}`)
    }
  }

  async function enter(origin: string, found: Omit<Remembered, 'orgId'>): Promise<void> {
    const chosen = remembered(origin)?.orgId
    const org = found.orgs.find(({ id }) => id === chosen) ?? found.orgs[0]
    if (org === undefined) {
      return end(origin, 'This account belongs to no organization. Sign in with another one.')
    }
    const person = { user: found.user, orgs: found.orgs, orgId: org.id }
    await remember(origin, person)
    if (isSet(origin) && !isShown(state.get(), person)) state.set({ status: 'signed-in', ...person })
  }

  async function end(origin: string, reason: string | null): Promise<void> {
    restoring++
    await secrets.delete(tokenKey(origin))
    await remember(origin, undefined)
    if (isSet(origin)) state.set(nobody(reason))
  }

  async function signIn(): Promise<void> {
    const origin = api().origin()
    attempt?.abort()
    const own = new AbortController()
    attempt = own
    const isCurrent = () => attempt === own
    await new Promise<void>((shown, failed) => {
      signInAsDevice({
        device: api().clientOf(origin).auth.device,
        label: port.label,
        wait: port.wait ?? wait,
        now: port.now ?? Date.now,
        signal: own.signal,
        onCode: (code) => {
          if (isCurrent()) state.set({ status: 'signing-in', ...code })
          shown()
        },
      })
        .then(async (outcome) => {
          if (!isCurrent()) return
          attempt = null
          if (outcome.status === 'approved') {
            await secrets.store(tokenKey(origin), outcome.token)
            log.info('Signed in.')
            return restore()
          }
          state.set(nobody(reasons[outcome.status]))
        })
        .catch((error: unknown) => {
          if (isCurrent()) {
            attempt = null
            state.set(nobody(readFailure(error).message))
          }
          failed(error)
        })
        .finally(shown)
    })
  }

  const restored = restore()
  return {
    state,
    token,
    restored,
    restore,
    signIn,
    cancelSignIn: () => {
      if (attempt === null) return
      attempt.abort()
      attempt = null
      state.set(nobody())
      void restore()
    },
    signOut: async () => {
      const origin = api().origin()
      // The server first: a token that lives on there would be one that nobody sees any more.
      await api()
        .clientOf(origin)
        .auth.signOut.mutate()
        .catch((error: unknown) => log.warn(`Signed out here only: ${readError(error).message}`))
      await end(origin, null)
      log.info('Signed out.')
    },
    chooseOrg: async (orgId) => {
      const current = state.get()
      if (current.status !== 'signed-in' || !current.orgs.some(({ id }) => id === orgId)) return
      const { user, orgs } = current
      await remember(api().origin(), { user, orgs, orgId })
      if (state.get() === current) state.set({ ...current, orgId })
    },
    noticeEnd: async () => {
      if (state.get().status === 'signed-in') await restore()
    },
    changeServer: async () => {
      const before = server
      server = port.serverUrl().origin
      if (server !== before) {
        attempt?.abort()
        attempt = null
        // Also where the same person is at both: what follows the session lets the server before go.
        state.set(nobody())
      }
      await restore()
    },
  }
}

const reasons = {
  canceled: null,
  denied: 'The sign-in was refused in the browser.',
  expired: 'The code has expired. Sign in again to get a new one.',
} as const

function isShown(state: SessionState, person: Remembered): boolean {
  if (state.status !== 'signed-in') return false
  const { user, orgs, orgId } = state
  return JSON.stringify({ user, orgs, orgId }) === JSON.stringify(person)
}
