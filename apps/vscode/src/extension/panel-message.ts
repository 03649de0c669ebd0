import type { SuperJSONResult } from 'superjson'
import { z } from 'zod'
import type { PanelMessage } from '../bridge/protocol.ts'

const text = z.string().max(100_000)
const id = z.string().max(100)

const act = z.discriminatedUnion('name', [
  z.object({ name: z.enum(['signIn', 'cancelSignIn', 'signOut', 'openSettings', 'showLog', 'checkServer']) }),
  z.object({ name: z.literal('chooseOrg'), orgId: id }),
  z.object({ name: z.literal('openDashboard'), path: text }),
  z.object({ name: z.literal('openFile'), versionId: id, path: text }),
  z.object({ name: z.enum(['openWorkspace', 'apply', 'install']), pluginId: id, versionId: id }),
  z.object({ name: z.literal('diff'), pluginId: id, base: id, head: id, path: text.optional() }),
  z.object({ name: z.enum(['uninstall', 'rename']), pluginId: id }),
  z.object({ name: z.literal('copy'), text }),
])

/** What is in it is judged by the server, as from everybody. */
const serialized = z.custom<SuperJSONResult>(
  (value) => typeof value === 'object' && value !== null && 'json' in value,
)
const number = z.int().nonnegative()

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('call'),
    id: number,
    type: z.enum(['query', 'mutation']),
    path: z.string(),
    input: serialized,
  }),
  z.object({ kind: z.literal('subscribe'), id: number, path: z.string(), input: serialized }),
  z.object({ kind: z.literal('stop'), id: number }),
  z.object({ kind: z.literal('act'), id: number, act }),
])

/** Reads what a webview posted; null for anything that is no message of the protocol. */
export function readPanelMessage(posted: unknown): PanelMessage | null {
  const parsed = message.safeParse(posted)
  return parsed.success ? parsed.data : null
}
