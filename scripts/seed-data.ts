import { demoAccount, seedDemo } from '@tallyforge/api/demo'
import { connect } from '@tallyforge/db/client'

export { demoAccount }

/** Adds the demo account if it is missing. Returns whether it was made now. */
export async function seed(target: { databaseUrl: string; secretKey: string }): Promise<boolean> {
  const db = connect({
    url: target.databaseUrl,
    secretKey: target.secretKey,
    poolSize: 1,
    servicePoolSize: 1,
  })
  try {
    return await seedDemo(db)
  } finally {
    await db.close()
  }
}
