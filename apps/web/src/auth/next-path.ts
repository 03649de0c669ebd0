/** A path of this site to go to after sign-in; null for anything that would lead elsewhere. */
export function sameOriginPath(next: string | undefined, origin = window.location.origin): string | null {
  if (!next?.startsWith('/')) return null
  const url = URL.parse(next, origin)
  // `//evil.example` and `/\evil.example` begin with a slash too, and are addresses of another site.
  return url?.origin === origin ? url.pathname + url.search + url.hash : null
}
