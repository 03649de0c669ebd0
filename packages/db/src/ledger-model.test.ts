import postgres from 'postgres'
import { afterAll, beforeAll, inject, it } from 'vitest'
import { faultsAsTenant } from './proofs/faults.ts'
import { proveLedgerModel } from './proofs/ledger-model.ts'
import { assertCleanBooks, createTestDatabase, proofSeed, type TestDatabase } from './testing.ts'

let test: TestDatabase
let sql: postgres.Sql
beforeAll(async () => {
  test = await createTestDatabase(inject('databaseServer'), { poolSize: 1 })
  sql = postgres(test.url, { max: 1, onnotice: () => undefined })
})
afterAll(async () => {
  await sql.end()
  await test.drop()
})

it('answers and keeps its books as the model of its rules does', async () => {
  await proveLedgerModel(sql, faultsAsTenant(test.db), {
    runs: 300,
    commands: 60,
    seed: proofSeed('ledger model'),
  })
  await assertCleanBooks(test.admin)
})
