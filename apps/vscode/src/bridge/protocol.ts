import type { AppRouter } from '@tallyforge/client/client'
import type { ReadableError } from '@tallyforge/client/errors'
import type { inferRouterOutputs } from '@trpc/server'
import type { SuperJSONResult } from 'superjson'

// What the panel (a webview, which holds no token and reaches no network) and the extension host say to each other.
// Everything of the API crosses serialized by superjson: `postMessage` between the two carries JSON only.

/** What the panel asks of the API. `id` is the panel's own: any number that it has not used before. */
export type PanelMessage =
  /** The panel listens. It gets the host's state, and again whenever that changes. */
  | { kind: 'ready' }
  | { kind: 'call'; id: number; type: 'query' | 'mutation'; path: string; input: SuperJSONResult }
  /** Stays open until `stop`: the host reconnects by itself and goes on after the last event that it got. */
  | { kind: 'subscribe'; id: number; path: string; input: SuperJSONResult }
  /** Ends a subscription, or gives up a call. */
  | { kind: 'stop'; id: number }
  | { kind: 'act'; id: number; act: Act }

export type HostMessage =
  /** The answer to a call or an act. An act that answers nothing has `undefined` as data. */
  | { kind: 'result'; id: number; data: SuperJSONResult }
  /** A call, an act or a subscription ended by this error. */
  | { kind: 'failure'; id: number; error: ReadableError }
  /** What a subscription yielded. `eventId` is its place in the stream, null where the server gives none. */
  | { kind: 'event'; id: number; eventId: string | null; data: SuperJSONResult }
  /** How a subscription is connected. `offline`: no answer; the host keeps trying. */
  | { kind: 'connection'; id: number; state: ConnectionState }
  | { kind: 'host'; host: HostState }
  /** Somebody chose a command, or a line of the tree: show this. */
  | { kind: 'go'; to: Route }

export type ConnectionState = 'connecting' | 'live' | 'offline'

/** What the panel shows. It keeps the last one with `vscode.setState`. */
export type Route =
  | { name: 'home' }
  | { name: 'create'; prompt?: string }
  | { name: 'plugin'; pluginId: string; versionId?: string }
  | { name: 'tokens' }

/** What only the host can do. Each answers `result` or `failure`; a person who changes their mind is a result. */
export type Act =
  /** Answers when the code is shown (`HostState.session`), not when the person has let it in. */
  | { name: 'signIn' }
  | { name: 'cancelSignIn' }
  | { name: 'signOut' }
  | { name: 'chooseOrg'; orgId: string }
  /** A page of the web app in the browser, by its path from the server's origin: `/acme/plugins/plg_…`. */
  | { name: 'openDashboard'; path: string }
  | { name: 'openFile'; versionId: string; path: string }
  | { name: 'openWorkspace'; pluginId: string; versionId: string }
  /** The native diff of two versions: of one file, else of all that differ. */
  | { name: 'diff'; pluginId: string; base: string; head: string; path?: string }
  /** Shows what would change in a folder, asks, and writes. */
  | { name: 'apply'; pluginId: string; versionId: string }
  /** Installs, or updates in place what is installed. */
  | { name: 'install'; pluginId: string; versionId: string }
  | { name: 'uninstall'; pluginId: string }
  /** Asks for another title, and gives it. */
  | { name: 'rename'; pluginId: string }
  | { name: 'copy'; text: string }
  | { name: 'openSettings' }
  | { name: 'showLog' }
  /** Looks again whether the server answers. */
  | { name: 'checkServer' }

export type HostState = {
  server: { url: string; check: ServerCheck }
  session: SessionState
  /** False in a restricted workspace: nothing is written to its folders, and nothing is installed. */
  isTrusted: boolean
  folders: { name: string; isWritable: boolean }[]
  /** Generated plugins that were installed into this VS Code from here, by plugin id. */
  installed: Record<string, InstalledVersion>
}

export type InstalledVersion = { versionId: string; number: number }

/** Whether this extension and the server understand each other. `message` says the next step. */
export type ServerCheck =
  | { status: 'checking' }
  | { status: 'compatible'; serverVersion: string }
  | {
      status: 'client-too-old' | 'server-too-old'
      clientVersion: string
      serverVersion: string
      message: string
    }
  | { status: 'unreachable'; message: string }

type Session = NonNullable<inferRouterOutputs<AppRouter>['auth']['session']>

export type SessionState =
  /** `reason` tells why, when the person did not choose it: signed out elsewhere, refused, expired. */
  | { status: 'signed-out'; reason: string | null }
  /** The code to compare with what the browser shows. `expiresAt` in milliseconds since 1970. */
  | { status: 'signing-in'; userCode: string; verificationUri: string; expiresAt: number }
  /** `orgId` is the organization that the panel works in. */
  | { status: 'signed-in'; user: Session['user']; orgs: Session['orgs']; orgId: string }

type Procedures = AppRouter['_def']['record']

/** The paths of the router's procedures of one type, such as `plugins.list`. */
type PathOf<Type extends string, Record = Procedures> = {
  [Name in keyof Record & string]: Record[Name] extends { _def: { type: infer Own } }
    ? Own extends Type
      ? Name
      : never
    : `${Name}.${PathOf<Type, Record[Name]>}`
}[keyof Record & string]

/** Every procedure that the panel may call. All others are refused, however the panel's code came to ask for them. */
export const allowed = {
  query: [
    'auth.session',
    'models.list',
    'plugins.quote',
    'plugins.list',
    'plugins.byId',
    'plugins.generations',
    'plugins.ended',
    'plugins.versions',
    'plugins.version',
    'plugins.diff',
    'tokens.balance',
    'tokens.burnDown',
    'tokens.history',
    'tokens.receipt',
  ],
  mutation: [
    'plugins.generate',
    'plugins.cancel',
    'plugins.restore',
    'plugins.revertFile',
    'plugins.lockFile',
    'plugins.unlockFile',
    'plugins.rename',
    'plugins.duplicate',
    'plugins.archive',
    'plugins.unarchive',
  ],
  subscription: ['plugins.watch'],
} as const satisfies {
  query: readonly PathOf<'query'>[]
  // The ways in and out are the host's own business: no mutation of `auth` can be listed here.
  mutation: readonly Exclude<PathOf<'mutation'>, `auth.${string}`>[]
  subscription: readonly PathOf<'subscription'>[]
}
