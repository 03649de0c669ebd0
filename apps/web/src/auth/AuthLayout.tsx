import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Logo } from '../frame/Logo.tsx'

/** One narrow column: a title, a form, the way to the other form. */
export function AuthLayout({
  title,
  context,
  children,
  footer,
}: {
  title: string
  context: string
  children: ReactNode
  footer: ReactNode
}) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-5 pt-[12dvh] pb-12">
      <main className="w-full max-w-[360px]">
        <Link to="/" aria-label="Tallyforge, start page" className="inline-block rounded-sm">
          <Logo className="size-7" />
        </Link>
        <h1 className="mt-6 font-semibold text-xl tracking-tight">{title}</h1>
        <p className="mt-1 text-muted">{context}</p>
        <div className="mt-7">{children}</div>
        <p className="mt-6 text-muted text-sm">{footer}</p>
      </main>
    </div>
  )
}

export const textLinkStyles =
  'font-medium text-ink underline decoration-line-strong underline-offset-4 transition-colors hover:decoration-accent'
