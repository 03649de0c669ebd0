import type { ReactNode } from 'react'

/** One primitive of the design page: its name, what it is for, and its states. */
export function Specimen({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="grid gap-x-8 gap-y-3 border-t py-6 md:grid-cols-[200px_1fr]">
      <div>
        <h3 className="font-medium">{name}</h3>
        <p className="mt-0.5 text-muted text-sm">{note}</p>
      </div>
      <div className="flex min-w-0 flex-wrap items-start gap-3">{children}</div>
    </section>
  )
}
