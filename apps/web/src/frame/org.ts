import { type Permission, roleMay } from '@tallyforge/core/orgs/roles'
import { getRouteApi } from '@tanstack/react-router'

const orgRoute = getRouteApi('/$org')

/** Who is signed in, and the organization that the address names. */
export function useOrg() {
  const { session, org } = orgRoute.useRouteContext()
  return { session, org, may: (permission: Permission) => roleMay(org.role, permission) }
}
