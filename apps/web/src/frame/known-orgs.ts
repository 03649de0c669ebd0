const key = 'orgs'

/** The id of an organization that this device has seen under that slug: lets a page ask before it knows who is signed in. */
export function knownOrg(slug: string): string | undefined {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    const id =
      known instanceof Object ? Object.entries(known).find(([name]) => name === slug)?.[1] : undefined
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}

/** Keeps the organizations of whoever is signed in, and no others. */
export function rememberOrgs(orgs: readonly { slug: string; id: string }[]): void {
  localStorage.setItem(key, JSON.stringify(Object.fromEntries(orgs.map(({ slug, id }) => [slug, id]))))
}
