import type { Cli } from '../cli.ts'
import { facts } from '../output.ts'

export async function whoami(cli: Cli): Promise<void> {
  const { origin, session, org } = await cli.signedIn()
  const { user, orgs } = session
  cli.out.result(
    { server: origin, user, orgs, org: org.slug },
    facts([
      ['person', `${user.name} <${user.email}>`],
      ['organization', `${org.name} (${org.slug}), ${org.role}`],
      ...orgs
        .filter((each) => each !== org)
        .map((each): [string, string] => ['', `${each.name} (${each.slug}), ${each.role}`]),
      ...(user.staffLevel === null ? [] : [['staff', user.staffLevel] as [string, string]]),
      ['server', origin],
    ]),
  )
}
