import { setStaffLevel } from '@tallyforge/api/staff'
import { emailInput } from '@tallyforge/core/inputs/auth'
import { type StaffLevel, staffLevels } from '@tallyforge/core/staff'
import { connect } from '@tallyforge/db/client'
import { openDatabase } from './database.ts'
import { explainFailure } from './explain.ts'

/** `tf staff grant|revoke --host`: on the server's machine, by whoever may open its database. */
async function main(): Promise<void> {
  const [act, address, word] = process.argv.slice(2)
  const email = emailInput.safeParse(address ?? '')
  if (!email.success) throw new Error(email.error.issues[0]?.message)
  const level = act === 'grant' ? levelOf(word) : null
  const { url, secretKey, close } = await openDatabase()
  const db = connect({ url, secretKey, poolSize: 1, servicePoolSize: 1 })
  try {
    await setStaffLevel(db, { email: email.data, level })
  } finally {
    await db.close()
    await close()
  }
}

function levelOf(word: string | undefined): StaffLevel {
  const level = staffLevels.find((each) => each === word)
  if (level === undefined) throw new Error(`The level is one of: ${staffLevels.join(', ')}.`)
  return level
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`)
  process.exitCode = 1
})
