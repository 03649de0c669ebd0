import { beforeAll, describe, expect, test } from 'vitest'
import {
  allProcedures,
  type Belongings,
  callProcedure,
  cookieThatMay,
  furnish,
  nothing,
  readAnswer,
  validInput,
} from '../testing/surface.ts'
import { hashOfTables } from '../testing/table-hash.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

// V11: privileged keys added to every mutation's input are refused, and nothing changes.

const app = useTestApp()
const mutations = allProcedures().filter(({ type }) => type === 'mutation')

let own: Belongings
let owner: TestPerson
let foreign: Belongings

beforeAll(async () => {
  const furnished = await furnish(app.current)
  own = furnished.own
  owner = furnished.owner
  foreign = (await furnish(app.current)).own
})

const privileged: Record<string, unknown> = {
  role: 'owner',
  createdBy: 'usr_00000000000000000000000000',
  userId: 'usr_00000000000000000000000000',
  state: 'succeeded',
  holdAmount: '0',
  hold_amount: '0',
  priceBookId: 'free',
  price: '0',
  isPersonal: false,
  plan: 'enterprise',
  balance: '99999999999',
  charged: '0',
  number: 99,
  origin: 'generation',
  suspendedAt: null,
  staffLevel: 'admin',
  passwordHash: 'x',
  id: '00000000-0000-0000-0000-000000000000',
  org_id: '00000000-0000-0000-0000-000000000000',
}

const everything = () => hashOfTables(app.current.database)

const send = (procedure: string, body: string, cookie: string) =>
  fetch(`${app.current.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { ...app.current.headers(cookie), 'content-type': 'application/json' },
    body,
  })

describe.each(mutations)('$name', (procedure) => {
  const input = () => validInput(procedure.name, own)
  let cookie: string

  beforeAll(async () => {
    const isOfPerson = procedure.policy?.kind !== 'staff'
    cookie = isOfPerson ? owner.cookie : await cookieThatMay(app.current, procedure, owner)
  })

  test('refuses every privileged key, at the top and in what it nests', async () => {
    const valid = input()
    // A mutation without an input takes nothing from one.
    if (valid === undefined) return
    const before = await everything()
    for (const [key, value] of Object.entries(privileged)) {
      if (key in valid) continue
      const answer = await callProcedure(app.current, procedure, {
        input: { ...input(), [key]: value },
        cookie,
      })
      expect([key, answer.kind], answer.body).toEqual([key, 'invalid_input'])
    }
    for (const [field, inner] of Object.entries(valid)) {
      if (!Array.isArray(inner)) continue
      const nested = { ...input(), [field]: inner.map((each) => ({ ...each, ...privileged })) }
      const answer = await callProcedure(app.current, procedure, { input: nested, cookie })
      expect([field, answer.kind]).toEqual([field, 'invalid_input'])
    }
    expect(await everything()).toBe(before)
  })

  test('does not let a second orgId choose another org than the one that was checked', async () => {
    const valid = input()
    // Staff choose any org: there is none that was checked.
    if (valid === undefined || !('orgId' in valid) || procedure.policy?.kind === 'staff') return
    const before = await everything()
    const { orgId: _, ...rest } = valid
    const tail = JSON.stringify(rest, (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    ).slice(1)
    const meta = 'cap' in rest ? ',"meta":{"values":{"cap":["bigint"]}}' : ''
    for (const other of [foreign.orgId, nothing(own).orgId]) {
      // The last of two equal keys counts: an own org first hides nothing.
      const twice = await send(
        procedure.name,
        `{"json":{"orgId":"${own.orgId}","orgId":"${other}",${tail}${meta}}`,
        cookie,
      )
      expect((await readAnswer(twice)).kind).toBe('not_found')
      for (const name of ['OrgId', 'orgid', 'org_id', 'orgId[]', 'org.id', '__proto__.orgId']) {
        const answer = await callProcedure(app.current, procedure, {
          input: { ...valid, [name]: other },
          cookie,
        })
        expect([name, answer.kind]).toEqual([name, 'invalid_input'])
      }
      for (const value of [
        [own.orgId, other],
        { 0: own.orgId },
        `${own.orgId},${other}`,
        `${own.orgId}\u0000`,
      ]) {
        const answer = await callProcedure(app.current, procedure, {
          input: { ...valid, orgId: value },
          cookie,
        })
        expect(answer.kind).toBe('invalid_input')
      }
    }
    expect(await everything()).toBe(before)
  })

  test('takes nothing through the prototype', async () => {
    const valid = input()
    if (valid === undefined) return
    const before = await everything()
    const text = JSON.stringify(valid, (_key, value) => (typeof value === 'bigint' ? String(value) : value))
    const meta = 'cap' in valid ? ',"meta":{"values":{"cap":["bigint"]}}' : ''
    for (const poison of [
      '"__proto__":{"role":"owner","isPersonal":true}',
      '"constructor":{"prototype":{"role":"owner"}}',
    ]) {
      const response = await send(procedure.name, `{"json":{${poison},${text.slice(1)}${meta}}`, cookie)
      expect([poison, (await readAnswer(response)).kind]).toEqual([poison, 'invalid_input'])
    }
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as { role?: string }).role).toBeUndefined()
    expect(await everything()).toBe(before)
  })
})
