import { type Role, roleMay, roles } from '@tallyforge/core/orgs/roles'
import { type StaffLevel, staffLevels, staffMay } from '@tallyforge/core/staff'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  allProcedures,
  type Belongings,
  callProcedure,
  canary,
  comparable,
  cookieFor,
  furnish,
  idFields,
  memberOf,
  nothing,
  type ProcedureFacts,
  readAnswer,
  signIn,
  staffOf,
  validInput,
  validInputs,
} from '../testing/surface.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

// V10: every procedure × every principal, against the declared policies.

// Every principal has an own address, so that one's wrong codes make no other wait.
const app = useTestApp({ env: { TRUST_PROXY: '127.0.0.1' } })
const procedures = allProcedures()

const outsiders = ['anonymous', 'expired', 'suspended'] as const
type Principal = (typeof outsiders)[number] | Role | 'stranger' | `staff ${StaffLevel}`

let ours: Belongings
let theirs: Belongings
let people: Record<Role | 'stranger' | 'suspended' | `staff ${StaffLevel}`, TestPerson>

beforeAll(async () => {
  const { owner, own } = await furnish(app.current, canary)
  ours = own
  const { admin } = app.current.database
  await admin`
    update app.orgs set name = ${`Org ${canary}`}
    where id = (select org_id from app.memberships m join auth.users u on u.id = m.user_id where u.email = ${owner.email})`
  const other = await furnish(app.current)
  theirs = other.own
  const [admin_, billing, member, viewer, suspended] = await Promise.all(
    (['admin', 'billing', 'member', 'viewer', 'owner'] as const).map((role) =>
      memberOf(app.current, owner, role),
    ),
  )
  if (!admin_ || !billing || !member || !viewer || !suspended) throw new Error('no members')
  await admin`update auth.users set suspended_at = now() where email = ${suspended.email}`
  people = {
    owner,
    admin: admin_,
    billing,
    member,
    viewer,
    suspended,
    stranger: other.owner,
    'staff support': await staffOf(app.current, 'support'),
    'staff admin': await staffOf(app.current, 'admin'),
  }
})

/** A session of the principal. */
async function cookieOf(principal: Principal, procedure: ProcedureFacts): Promise<string> {
  if (principal === 'anonymous') return ''
  if (principal === 'suspended') return people.suspended.cookie
  if (principal !== 'expired') return cookieFor(app.current, procedure, people[principal])
  const cookie = await signIn(app.current, people.owner.email)
  const { admin } = app.current.database
  await admin`
    update auth.sessions set expires_at = now() - interval '1 second'
    where id = encode(sha256(${cookie.split('=')[1] ?? ''}::bytea), 'hex')`
  return cookie
}

/** What the declared policy says of this principal in our org: a kind of refusal, or null for "may". */
function declared({ name, policy }: ProcedureFacts, principal: Principal): string | null {
  if (policy === undefined) throw new Error(`${name} declares no policy`)
  if (policy.kind === 'open') return null
  if (outsiders.some((each) => each === principal)) return 'unauthenticated'
  // Nothing waits under the code of a valid input: whoever hears that has passed the policy.
  if (policy.kind === 'authed') return name.startsWith('auth.device.') ? 'not_found' : null
  const level = staffLevels.find((each) => principal === `staff ${each}`)
  if (policy.kind === 'staff')
    return level !== undefined && staffMay(level, policy.level) ? null : 'forbidden'
  // Staff are strangers to an org: rights over the platform are none in it.
  if (principal === 'stranger' || level !== undefined) return 'not_found'
  return roleMay(principal as Role, policy.permission) ? null : 'forbidden'
}

test('every procedure declares its policy and has a valid input here', () => {
  expect(procedures.filter(({ policy }) => policy === undefined)).toEqual([])
  expect(procedures.map(({ name }) => name)).toEqual(Object.keys(validInputs).sort())
})

describe.each(procedures)('$name', (procedure) => {
  test('answers each principal as its policy says, and shows a stranger nothing', async () => {
    // An earlier line has archived it.
    await people.owner.client.plugins.unarchive.mutate({ orgId: ours.orgId, pluginId: ours.pluginId })
    const principals: Principal[] = [
      ...outsiders,
      ...[...roles].reverse(),
      'stranger',
      'staff support',
      'staff admin',
    ]
    for (const [index, principal] of principals.entries()) {
      const cookie = await cookieOf(principal, procedure)
      const input = validInput(procedure.name, ours)
      const headers = { 'x-forwarded-for': `10.0.0.${index + 1}` }
      const answer = await callProcedure(app.current, procedure, { input, cookie, headers })
      expect([principal, answer.kind], answer.body).toEqual([principal, declared(procedure, principal)])
      const isOfTheOrg = roles.some((role) => role === principal)
      const isPublic =
        procedure.policy?.kind === 'open' || (procedure.policy?.kind === 'staff' && answer.kind === null)
      if (!isOfTheOrg && !isPublic) expect(answer.body.toLowerCase()).not.toContain(canary)
    }
  })

  test('an org of others answers byte by byte like one that does not exist', async () => {
    if (procedure.policy?.kind !== 'org') return
    const { cookie } = people.stranger
    const foreign = await callProcedure(app.current, procedure, {
      input: validInput(procedure.name, ours),
      cookie,
    })
    const absent = await callProcedure(app.current, procedure, {
      input: validInput(procedure.name, nothing(ours)),
      cookie,
    })
    expect(comparable(foreign)).toBe(comparable(absent))
    expect(foreign.kind).toBe('not_found')
  })

  test('each id of others, under an own org, answers like one that does not exist', async () => {
    const { cookie } = people.stranger
    const whole = validInput(procedure.name, theirs) ?? {}
    const { parentVersionId: _, ...withoutParent } = whole
    // Alone, too: one id that is refused must not be what hides another.
    for (const own of 'parentVersionId' in whole ? [whole, withoutParent] : [whole]) {
      for (const field of Object.keys(idFields) as (keyof typeof idFields)[]) {
        if (!(field in own)) continue
        const ask = (whose: Belongings) =>
          callProcedure(app.current, procedure, {
            input: { ...own, [field]: whose[idFields[field]] },
            cookie,
          })
        const foreign = await ask(ours)
        expect([field, foreign.kind], foreign.body).toEqual([field, 'not_found'])
        expect(comparable(foreign)).toBe(comparable(await ask(nothing(ours))))
        expect(foreign.body.toLowerCase()).not.toContain(canary)
      }
    }
  })
})

test('the canary does stand in what the owner sees, so its absence elsewhere means something', async () => {
  const seen = await Promise.all(
    ['auth.session', 'plugins.byId', 'plugins.generations', 'plugins.version', 'plugins.diff'].map((name) =>
      callProcedure(
        app.current,
        { name, type: 'query' },
        { input: validInput(name, { ...ours, versionId: ours.otherVersionId }), cookie: people.owner.cookie },
      ),
    ),
  )
  for (const answer of seen.slice(0, 4)) expect(answer.body).toContain(canary)
})

describe('download links', () => {
  const link = (person: TestPerson) =>
    person.client.plugins.download.mutate({ orgId: ours.orgId, versionId: ours.versionId, kind: 'sources' })
  const open = async (url: string) => (await fetch(`${app.current.url}${url}`)).status

  test('end with the membership or the account of whoever asked for them', async () => {
    const { owner } = people
    const { admin } = app.current.database
    const leaving = await memberOf(app.current, owner, 'member')
    const banned = await memberOf(app.current, owner, 'member')
    const [left, kept] = [await link(leaving), await link(banned)]
    expect([await open(left.url), await open(kept.url)]).toEqual([200, 200])
    await admin`delete from app.memberships where user_id = (select id from auth.users where email = ${leaving.email})
      and role = 'member'`
    await admin`update auth.users set suspended_at = now() where email = ${banned.email}`
    expect([await open(left.url), await open(kept.url)]).toEqual([404, 404])
  })
})

describe('the history as a file', () => {
  const procedure = procedures.find(({ name }) => name === 'tokens.history')
  const ask = async (cookie: string, orgId: string, more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ orgId, ...more })
    const headers = app.current.headers(cookie)
    return readAnswer(await fetch(`${app.current.url}/api/tokens/history.csv?${query}`, { headers }))
  }

  test('answers each principal as the list does, and shows a stranger nothing', async () => {
    if (procedure === undefined) throw new Error('tokens.history is gone')
    for (const principal of [...outsiders, ...roles, 'stranger'] as const) {
      const cookie = await cookieOf(principal, procedure)
      const answer = await ask(cookie, ours.orgId)
      const list = await callProcedure(app.current, procedure, { input: { orgId: ours.orgId }, cookie })
      const seen = [answer.kind, answer.status, answer.message]
      expect([principal, ...seen]).toEqual([principal, list.kind, list.status, list.message])
      expect(answer.kind).toBe(declared(procedure, principal))
      const isOfTheOrg = roles.some((role) => role === principal)
      expect(answer.body.toLowerCase().includes(canary), principal).toBe(isOfTheOrg)
    }
  })

  test('of others answers byte by byte like one that does not exist, and so does a plugin of theirs', async () => {
    const { cookie } = people.stranger
    const foreign = await ask(cookie, ours.orgId)
    expect(comparable(foreign)).toBe(comparable(await ask(cookie, nothing(ours).orgId)))
    const withPlugin = await ask(cookie, theirs.orgId, { pluginId: ours.pluginId })
    expect(withPlugin.kind).toBe('not_found')
    const absent = await ask(cookie, theirs.orgId, { pluginId: nothing(ours).pluginId })
    expect(comparable(withPlugin)).toBe(comparable(absent))
  })
})
