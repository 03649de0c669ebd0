import { PageHeader } from '@tallyforge/ui/PageHeader'
import { createLazyRoute } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useOrg } from '../frame/org.ts'
import { usePageTitle } from '../frame/page-title.ts'
import { NameForm } from './NameForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SessionList } from './SessionList.tsx'
import { ThemeChoice } from './ThemeChoice.tsx'

export const route = createLazyRoute('/$org/profile')({ component: ProfilePage })

function ProfilePage() {
  usePageTitle('Your profile')
  const { user } = useOrg().session
  return (
    <div className="mx-auto w-full max-w-[880px] px-4 py-6 md:px-8 md:py-8">
      <PageHeader title="Your profile" context={`Signed in as ${user.email}.`} />
      <div className="mt-6 divide-y border-y">
        <Part title="Name" text="How the members of your organizations see you.">
          <NameForm name={user.name} />
        </Part>
        <Part title="Password" text="A new one ends every other session of yours.">
          <PasswordForm email={user.email} />
        </Part>
        <Part title="Sessions" text="Browsers and devices that are signed in as you.">
          <SessionList />
        </Part>
        <Part title="Theme" text="Kept on this device.">
          <ThemeChoice />
        </Part>
      </div>
    </div>
  )
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-x-10 gap-y-4 py-7 md:grid-cols-[240px_1fr]">
      <div>
        <h2 className="font-medium">{title}</h2>
        <p className="mt-0.5 text-muted text-sm">{text}</p>
      </div>
      <div className="max-w-[360px]">{children}</div>
    </section>
  )
}
