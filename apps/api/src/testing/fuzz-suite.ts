import { proofSeed } from '@tallyforge/db/testing'
import { beforeAll, expect, test } from 'vitest'
import { fuzzProcedure } from './fuzz-rounds.ts'
import { allProcedures, type Belongings, cookieThatMay, furnish } from './surface.ts'
import { type TestPerson, useTestApp } from './test-app.ts'

/** V12: `count` hostile requests for every procedure find no fault of ours and are told nothing. SEED= replays a run. */
export function fuzzEveryProcedure(count: number): void {
  const app = useTestApp({ env: { TRUST_PROXY: '127.0.0.1' } })
  const seed = proofSeed('V12')
  let owner: TestPerson
  let own: Belongings

  beforeAll(async () => {
    const furnished = await furnish(app.current)
    owner = furnished.owner
    own = furnished.own
  })

  test.each(allProcedures())('V12: $name', async (procedure) => {
    // An earlier procedure may have archived it.
    await owner.client.plugins.unarchive.mutate({ orgId: own.orgId, pluginId: own.pluginId })
    const cookie = await cookieThatMay(app.current, procedure, owner)
    const statuses = await fuzzProcedure(app.current, procedure, { own, cookie, seed, count })
    expect(Object.values(statuses).reduce((a, b) => a + b)).toBe(count)
    // Some get through: what is only ever refused at the door proves nothing about the rooms.
    // Nothing waits under the code of a valid input, so that "not found" is how far those calls can come.
    const inside = procedure.name.startsWith('auth.device.') ? (statuses[404] ?? 0) : 0
    expect((statuses[200] ?? 0) + inside).toBeGreaterThan(0)
  })

  test('V12: afterwards the app is whole: prototypes are clean and the owner goes on', async () => {
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
    const { items } = await owner.client.plugins.list.query({ orgId: own.orgId })
    expect(items.length).toBeGreaterThan(0)
  })
}
