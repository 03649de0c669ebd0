import postgres from 'postgres'
import { inject, test } from 'vitest'
import { faultsAsTenant } from './proofs/faults.ts'
import { proveLedgerModel } from './proofs/ledger-model.ts'
import { assertCleanBooks, createTestDatabase, proofSeed } from './testing.ts'

const seed = proofSeed('ledger model')

/** 5,000 histories in all. Each lane has a database of its own: a sweep goes over every org that there is. */
const lanes = [0, 1, 2, 3]

test.concurrent.each(lanes)(
  'answers and keeps its books as the model does, over long histories (lane %i)',
  async (lane) => {
    const database = await createTestDatabase(inject('databaseServer'), { poolSize: 1 })
    const sql = postgres(database.url, { max: 1, onnotice: () => undefined })
    try {
      await proveLedgerModel(sql, faultsAsTenant(database.db), {
        runs: 5_000 / lanes.length,
        commands: 200,
        seed: seed + lane,
      })
      await assertCleanBooks(database.admin)
    } finally {
      await sql.end()
      await database.drop()
    }
  },
)
