import type { Database } from '@tallyforge/db/client'
import { users } from '@tallyforge/db/schema'
import { createPasswordHasher } from './auth/passwords.ts'
import { createPersonalOrg } from './orgs/personal-org.ts'

/** The account that development starts with. Production refuses it: see env.ts, ALLOW_SANDBOX. */
export const demoAccount = {
  email: 'demo@tallyforge.dev',
  password: 'forge-a-plugin',
  name: 'Demo maker',
} as const

/** Makes the demo account with its personal org and first grant. Returns false when it is there already. */
export async function seedDemo(db: Database): Promise<boolean> {
  const passwords = await createPasswordHasher()
  const passwordHash = await passwords.hash(demoAccount.password)
  return db.withService(async (tx) => {
    const [made] = await tx
      .insert(users)
      .values({ email: demoAccount.email, name: demoAccount.name, passwordHash })
      .onConflictDoNothing()
      .returning({ id: users.id, email: users.email, name: users.name })
    if (made === undefined) return false
    await createPersonalOrg(tx, made)
    return true
  })
}
