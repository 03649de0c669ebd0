// A process of its own: without the guard the driver's faults end the process that meets them.
// Arguments: the database's URL, its secret key, milliseconds. Prints a line when it begins and the report as JSON.
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Database } from '../client.ts'
import { roleUrl } from '../roles.ts'
import * as schema from '../schema/index.ts'
import { withOrg, withService } from '../tenancy.ts'
import { newOrgs } from '../testing.ts'
import { runStorm } from './kill-storm.ts'

const [url = '', secretKey = '', milliseconds = '5000'] = process.argv.slice(2)
const poolSize = 4
const admin = postgres(url, { max: 2, onnotice: () => undefined })
const plain = drizzle(
  postgres(roleUrl(url, 'app_user', secretKey), { max: poolSize, onnotice: () => undefined }),
  {
    schema,
  },
)
const db: Database = {
  withOrg: (tenant, work) => withOrg(plain, tenant, work),
  withService: (work) => withService(plain, work),
  service: plain,
  listen: () => Promise.resolve(),
  close: () => Promise.resolve(),
}
const orgs = await newOrgs(admin, 3)
process.stdout.write('begun\n')
const report = await runStorm(db, admin, orgs, {
  clients: 20,
  poolSize,
  milliseconds: Number(milliseconds),
  killEveryMs: 20,
})
process.stdout.write(JSON.stringify(report), () => process.exit())
