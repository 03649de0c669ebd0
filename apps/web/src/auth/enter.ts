import { readError } from '@tallyforge/client/errors'
import { useRouter } from '@tanstack/react-router'
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form'
import { api, type Session } from '../trpc.ts'
import { sameOriginPath } from './next-path.ts'

/** Goes on as the person who just signed in: to where they wanted to go, else to their plugins. */
export function useEnter(next: string | undefined) {
  const router = useRouter()
  return (session: Session) => {
    api.auth.session.setData(undefined, session)
    const slug = session.orgs[0]?.slug
    const path = sameOriginPath(next) ?? (slug ? `/${slug}/plugins` : '/')
    router.history.push(path)
  }
}

/** Puts the server's complaints beside their fields, and the rest above the form. */
export function showErrors<Values extends FieldValues>(
  error: unknown,
  names: readonly Path<Values>[],
  setError: UseFormSetError<Values>,
) {
  const { message, fields } = readError(error)
  const known = names.filter((name) => fields[name] !== undefined)
  for (const [place, name] of known.entries()) {
    setError(name, { message: fields[name] ?? message }, { shouldFocus: place === 0 })
  }
  if (known.length === 0) setError('root', { message })
}
