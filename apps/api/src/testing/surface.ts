import { randomUUID } from 'node:crypto'
import { toPublicId } from '@tallyforge/core/ids'
import type { Role } from '@tallyforge/core/orgs/roles'
import type { StaffLevel } from '@tallyforge/core/staff'
import { appRouter } from '../router.ts'
import type { Policy } from '../trpc.ts'
import { untilEnded } from './generations.ts'
import { cookieOf, type TestApp, type TestPerson } from './test-app.ts'

/** A procedure of the tree as the proofs see it. */
export type ProcedureFacts = {
  name: string
  type: 'query' | 'mutation' | 'subscription'
  policy: Policy | undefined
}

type Definition = { type: ProcedureFacts['type']; meta?: { policy?: Policy } }

/** Every procedure that the router serves, from the router itself. */
export function allProcedures(): ProcedureFacts[] {
  const found = appRouter._def.procedures as unknown as Record<string, { _def: Definition }>
  return Object.entries(found)
    .map(([name, { _def }]) => ({ name, type: _def.type, policy: _def.meta?.policy }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What one org has, as public ids. */
export type Belongings = {
  orgId: string
  pluginId: string
  versionId: string
  otherVersionId: string
  generationId: string
  holdId: string
  email: string
}

export const password = 'correct horse battery'

/** The fields of inputs that name something of an org, with where its id is found. */
export const idFields = {
  pluginId: 'pluginId',
  parentVersionId: 'versionId',
  versionId: 'versionId',
  fromVersionId: 'versionId',
  toVersionId: 'otherVersionId',
  generationId: 'generationId',
  holdId: 'holdId',
} as const satisfies Record<string, keyof Belongings>

type Input = Record<string, unknown>

/**
 * One valid input for every procedure, with every optional id filled in. A new procedure without a line here fails the
 * proofs, and so is never left out of them.
 */
export const validInputs: Record<string, (own: Belongings) => Input | undefined> = {
  'admin.users.list': () => ({ search: 'a', limit: 10 }),
  'admin.orgs.list': () => ({ search: 'a', limit: 10 }),
  'admin.tokens.grant': ({ orgId }) => ({
    orgId,
    operationId: randomUUID(),
    amount: 1_000_000n,
    description: 'Thanks for the report',
    lastDay: '2999-12-31',
  }),
  'admin.staff.list': () => ({ search: 'a', limit: 10 }),
  'admin.staff.grant': ({ email }) => ({ email, level: 'support' }),
  'admin.staff.revoke': ({ email }) => ({ email }),
  'auth.session': () => undefined,
  'auth.signUp': () => ({ email: `${randomUUID()}@example.com`, password, name: 'New Person' }),
  'auth.signIn': ({ email }) => ({ email, password }),
  'auth.signOut': () => undefined,
  'auth.sessions': () => undefined,
  'auth.revokeSession': () => ({ sessionId: '0'.repeat(64) }),
  'auth.device.start': () => ({ label: 'An editor' }),
  'auth.device.poll': () => ({ deviceCode: 'a'.repeat(40) }),
  'auth.device.describe': () => ({ userCode: 'BCDF-GHJK' }),
  'auth.device.approve': () => ({ userCode: 'BCDF-GHJK' }),
  'auth.device.deny': () => ({ userCode: 'BCDF-GHJK' }),
  'auth.updateProfile': () => ({ name: 'Another Name' }),
  'auth.changePassword': () => ({ currentPassword: password, newPassword: `${password} again` }),
  'models.list': () => undefined,
  'plugins.quote': ({ orgId, pluginId, versionId }) => ({
    orgId,
    pluginId,
    parentVersionId: versionId,
    prompt: 'Sort lines',
    model,
  }),
  'plugins.generate': ({ orgId, pluginId, versionId }) => ({
    orgId,
    operationId: randomUUID(),
    pluginId,
    parentVersionId: versionId,
    prompt: 'Add a keybinding ctrl+alt+w',
    model,
    cap: 2_000_000_000n,
    target: 'vscode',
  }),
  'plugins.watch': ({ orgId, pluginId }) => ({ orgId, pluginId }),
  'plugins.cancel': ({ orgId, generationId }) => ({ orgId, generationId }),
  'plugins.list': ({ orgId }) => ({ orgId, state: 'active', sort: 'title', search: '', limit: 10 }),
  'plugins.ended': ({ orgId }) => ({ orgId, since: '2026-01-01T00:00:00.000Z', limit: 10 }),
  'plugins.byId': ({ orgId, pluginId }) => ({ orgId, pluginId }),
  'plugins.generations': ({ orgId, pluginId }) => ({ orgId, pluginId, limit: 10 }),
  'plugins.versions': ({ orgId, pluginId }) => ({ orgId, pluginId, limit: 10 }),
  'plugins.version': ({ orgId, versionId }) => ({ orgId, versionId }),
  'plugins.currentVersion': ({ orgId, pluginId }) => ({ orgId, pluginId }),
  'plugins.changes': ({ orgId, pluginId, versionId }) => ({ orgId, pluginId, versionId }),
  'plugins.diff': ({ orgId, versionId, otherVersionId }) => ({
    orgId,
    fromVersionId: versionId,
    toVersionId: otherVersionId,
  }),
  'plugins.restore': ({ orgId, versionId }) => ({ orgId, operationId: randomUUID(), versionId }),
  'plugins.save': ({ orgId, versionId }) => ({
    orgId,
    operationId: randomUUID(),
    versionId,
    changes: [{ path: 'README.md', text: `# Changed ${randomUUID()}\n` }],
  }),
  'plugins.revertFile': ({ orgId, versionId, otherVersionId }) => ({
    orgId,
    operationId: randomUUID(),
    versionId,
    toVersionId: otherVersionId,
    path: 'README.md',
  }),
  'plugins.lockFile': ({ orgId, pluginId }) => ({ orgId, pluginId, path: 'README.md' }),
  'plugins.unlockFile': ({ orgId, pluginId }) => ({ orgId, pluginId, path: 'README.md' }),
  'plugins.rename': ({ orgId, pluginId }) => ({ orgId, pluginId, title: `Another ${canary}` }),
  'plugins.duplicate': ({ orgId, versionId }) => ({ orgId, operationId: randomUUID(), versionId }),
  'plugins.archive': ({ orgId, pluginId }) => ({ orgId, pluginId }),
  'plugins.unarchive': ({ orgId, pluginId }) => ({ orgId, pluginId }),
  'plugins.download': ({ orgId, versionId }) => ({ orgId, versionId, kind: 'vsix' }),
  'tokens.balance': ({ orgId }) => ({ orgId }),
  'tokens.burnDown': ({ orgId }) => ({ orgId, month: new Date().toISOString().slice(0, 7) }),
  'tokens.history': ({ orgId, pluginId }) => ({
    orgId,
    kind: 'settle',
    pluginId,
    model,
    createdBy: 'usr_00000000000000000000000000',
    from: '2026-01-01',
    to: '2999-12-31',
    search: 'word',
    order: 'newest',
    limit: 10,
  }),
  'tokens.receipt': ({ orgId, holdId }) => ({ orgId, holdId }),
}

const model = 'sandbox/template-writer'

export function validInput(name: string, own: Belongings): Input | undefined {
  const build = validInputs[name]
  if (build === undefined)
    throw new Error(`${name} has no line in validInputs: add one, so that it is proven`)
  return build(own)
}

/** Writes an input as superjson does, for the types that our inputs have. */
export function wire(input: unknown): { json: unknown; meta?: unknown } {
  if (typeof input !== 'object' || input === null) return { json: input ?? null }
  const entries = Object.entries(input)
  const big = entries.filter(([, value]) => typeof value === 'bigint')
  const json = Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value]),
  )
  return big.length === 0
    ? { json }
    : { json, meta: { values: Object.fromEntries(big.map(([key]) => [key, ['bigint']])) } }
}

/** An answer, in the parts that proofs compare. `kind` is null for a success. */
export type Answer = { status: number; kind: string | null; message: string; body: string; headers: Headers }

/** Calls one procedure over HTTP. A subscription is read up to its first message. */
export async function callProcedure(
  app: TestApp,
  { name, type }: Pick<ProcedureFacts, 'name' | 'type'>,
  options: { input?: unknown; cookie?: string; headers?: Record<string, string> },
): Promise<Answer> {
  const headers = { ...app.headers(options.cookie), ...options.headers }
  const url = `${app.url}/trpc/${name}`
  const text = options.input === undefined ? undefined : JSON.stringify(wire(options.input))
  if (type === 'mutation') {
    return readAnswer(
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: text ?? '{"json":null}',
      }),
    )
  }
  const query = text === undefined ? '' : `?input=${encodeURIComponent(text)}`
  if (type === 'query') return readAnswer(await fetch(`${url}${query}`, { headers }))
  const stop = new AbortController()
  const response = await fetch(`${url}${query}`, { headers, signal: stop.signal })
  const body = await firstMessage(response)
  stop.abort()
  return answerOf(response, body.text, body.isError ? { error: { json: body.data } } : {})
}

export async function readAnswer(response: Response): Promise<Answer> {
  const body = await response.text()
  return answerOf(response, body, parsed(body))
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return {}
  }
}

type ErrorBody = {
  error?: { json?: { message: string; data: { kind: string } }; kind?: string; message?: string }
}

function answerOf(response: Response, body: string, content: unknown): Answer {
  const { error } = content as ErrorBody
  const kind = error?.json?.data.kind ?? error?.kind ?? null
  const message = error?.json?.message ?? error?.message ?? ''
  return { status: response.status, kind, message, body, headers: response.headers }
}

/** Reads an event stream up to its first message after `connected`. */
async function firstMessage(response: Response): Promise<{ text: string; isError: boolean; data: unknown }> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader !== undefined) {
    const { value, done } = await reader.read()
    text += value ?? ''
    const frame = text
      .split('\n\n')
      .find((part) => /^data: /m.test(part) && !part.includes('event: connected'))
    if (frame !== undefined || done) {
      const data = parsed(/^data: (.*)$/m.exec(frame ?? '')?.[1] ?? '') as { json?: unknown }
      return { text, isError: frame?.includes('event: serialized-error') ?? false, data: data.json }
    }
  }
  return { text, isError: false, data: null }
}

/** The answer's body without what differs between two equal refusals: the request's id. */
export function comparable({ status, body }: Answer): string {
  return `${status} ${body.replaceAll(/"requestId":"[^"]*"/g, '"requestId":""')}`
}

/** A word that stands in every text of an org; whoever else sees it has seen too much. */
export const canary = 'canaryword'

/** A person with an org in which everything exists: a plugin of two ready versions, a generation, a hold. */
export async function furnish(app: TestApp, word = ''): Promise<{ owner: TestPerson; own: Belongings }> {
  const owner = await app.person(`Ada ${word}`)
  const { client, orgId } = owner
  const started = await client.plugins.generate.mutate({
    orgId,
    operationId: randomUUID(),
    prompt: `Show the word count in the status bar ${word}`,
    model,
  })
  const done = await untilEnded(owner, started.id)
  const versionId = done.versionId ?? ''
  await client.plugins.rename.mutate({ orgId, pluginId: done.pluginId, title: `Words ${word}` })
  const saved = await client.plugins.save.mutate({
    orgId,
    operationId: randomUUID(),
    versionId,
    changes: [{ path: 'README.md', text: `# Words ${word}\n` }],
  })
  if (saved.status !== 'saved') throw new Error('the gate refused a plain edit')
  const own = {
    orgId,
    pluginId: done.pluginId,
    versionId,
    otherVersionId: saved.version.id,
    generationId: done.id,
    holdId: done.holdId,
    email: owner.email,
  }
  return { owner, own }
}

/** Ids of the right form that name nothing. */
export function nothing(own: Belongings): Belongings {
  const fresh = () => randomUUID()
  return {
    orgId: toPublicId('org', fresh()),
    pluginId: toPublicId('plugin', fresh()),
    versionId: toPublicId('version', fresh()),
    otherVersionId: toPublicId('version', fresh()),
    generationId: toPublicId('generation', fresh()),
    holdId: toPublicId('hold', fresh()),
    email: own.email,
  }
}

/** A new account that has this role in somebody else's org. */
export async function memberOf(app: TestApp, owner: TestPerson, role: Role): Promise<TestPerson> {
  const person = await app.person(`The ${role}`)
  await app.database.admin`
    insert into app.memberships (org_id, user_id, role)
    select m.org_id, u.id, ${role} from app.memberships m join auth.users o on o.id = m.user_id, auth.users u
    where o.email = ${owner.email} and u.email = ${person.email}`
  return person
}

/** The cookie to call a procedure with: of somebody new for what ends sessions or changes the person. */
export async function cookieFor(app: TestApp, { name }: ProcedureFacts, person: TestPerson): Promise<string> {
  return name.startsWith('auth.') ? (await app.person('Somebody New')).cookie : person.cookie
}

/** Somebody of the platform's staff, who is a member of no other org. */
export async function staffOf(app: TestApp, level: StaffLevel): Promise<TestPerson> {
  const person = await app.person(`Staff ${level}`)
  await app.database.admin`update auth.users set staff_level = ${level} where email = ${person.email}`
  return person
}

/** A cookie that the procedure's policy lets in: of the staff for what is theirs, else of the owner of `own`. */
export async function cookieThatMay(
  app: TestApp,
  procedure: ProcedureFacts,
  owner: TestPerson,
): Promise<string> {
  return procedure.policy?.kind === 'staff'
    ? (await staffOf(app, 'admin')).cookie
    : cookieFor(app, procedure, owner)
}

/** A new session of an account: signing out with it leaves the others alone. */
export async function signIn(app: TestApp, email: string): Promise<string> {
  const response = await fetch(`${app.url}/trpc/auth.signIn`, {
    method: 'POST',
    headers: { ...app.headers(), 'content-type': 'application/json' },
    body: JSON.stringify({ json: { email, password } }),
  })
  return cookieOf(response)
}
