import { type ReactNode, useContext } from 'react'
import { InFrame } from './in-frame.ts'
import { Logo } from './Logo.tsx'

/** A page of its own with one message in the middle. */
export function Message({
  title,
  children,
  action,
}: {
  title: string
  children: ReactNode
  action: ReactNode
}) {
  const Part = useContext(InFrame) ? 'div' : 'main'
  return (
    <Part className="flex min-h-[70dvh] flex-col items-center justify-center px-6 text-center">
      <Logo className="mb-6 size-8" />
      <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
      <p className="mt-1 max-w-md text-muted">{children}</p>
      <div className="mt-5 flex gap-2">{action}</div>
    </Part>
  )
}
