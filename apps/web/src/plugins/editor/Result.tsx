import type { ReactNode } from 'react'

type ResultProps = { icon: ReactNode; title: string; text: string; children?: ReactNode }

/** A state in one line, what it means in the next, and what can be done. */
export function Result({ icon, title, text, children }: ResultProps) {
  return (
    <div>
      <h2 className="flex items-center gap-2 font-medium">
        {icon}
        {title}
      </h2>
      <p className="mt-0.5 break-words text-muted text-sm">{text}</p>
      {children}
    </div>
  )
}
