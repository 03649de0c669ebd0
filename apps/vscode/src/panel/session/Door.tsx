import type { ReactNode } from 'react'

type DoorProps = { title: string; children: ReactNode; actions?: ReactNode }

/** What stands before the panel's work: what it is in a sentence, and the next step. */
export function Door({ title, children, actions }: DoorProps) {
  return (
    <main className="mx-auto flex max-w-md flex-col gap-3 p-4">
      <h1 className="font-semibold text-xl">{title}</h1>
      <div className="flex flex-col gap-2 break-words">{children}</div>
      {actions && <div className="mt-1 flex flex-col gap-2 [&>button]:w-full">{actions}</div>}
    </main>
  )
}
