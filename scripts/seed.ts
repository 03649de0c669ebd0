import { migrate } from '@tallyforge/db/migrate'
import { openDatabase } from './database.ts'
import { explainFailure } from './explain.ts'
import { demoAccount, seed } from './seed-data.ts'

/** `pnpm seed`: migrates, and adds the demo account if it is missing. */
async function main(): Promise<void> {
  const { url, secretKey, close } = await openDatabase()
  try {
    await migrate({ url, secretKey, mayReplaceKey: process.env.REPLACE_SECRET_KEY === 'true' })
    const isNew = await seed({ databaseUrl: url, secretKey })
    process.stdout.write(
      `${isNew ? 'Made' : 'Already there:'} ${demoAccount.email}  ${demoAccount.password}\n`,
    )
  } finally {
    await close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`)
  process.exitCode = 1
})
