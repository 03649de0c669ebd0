import type { ReactNode } from 'react'
import { Notices } from '../notices.tsx'
import { ConnectionNotice } from './ConnectionNotice.tsx'

/** What stands around every view: the line about the connection, and what was just done. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <ConnectionNotice />
      <Notices />
      {children}
    </div>
  )
}
