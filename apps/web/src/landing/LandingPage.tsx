import { buttonStyles } from '@tallyforge/ui/Button'
import { CodeBlock } from '@tallyforge/ui/CodeBlock'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Logo } from '../frame/Logo.tsx'
import { usePageTitle } from '../frame/page-title.ts'
import { trpc } from '../trpc.ts'

const promises = [
  {
    title: 'Written while you watch',
    text: 'Files appear as the model writes them. Stop it at any moment; what is kept is a version you can open, compare and restore.',
  },
  {
    title: 'Proven to build',
    text: 'Every version is type-checked, bundled and checked against its manifest before it may be called ready. If it does not build, you are not charged.',
  },
  {
    title: 'Counted to the last token',
    text: 'Tokens are held before a call and settled after it. Each call has a receipt: held, used, returned, and the price of every line.',
  },
]

export function LandingPage() {
  usePageTitle('')
  return (
    <div className="mx-auto flex min-h-dvh max-w-[1040px] flex-col px-5 md:px-8">
      <header className="flex h-16 items-center gap-2.5">
        <Logo />
        <span className="flex-1 font-semibold text-lg tracking-tight">Tallyforge</span>
        <HeaderLinks />
      </header>
      <main className="flex flex-1 flex-col">
        <section className="pt-16 pb-14 md:pt-28 md:pb-20">
          <h1 className="max-w-[24ch] text-balance font-semibold text-2xl tracking-tight md:text-[44px] md:leading-[1.1]">
            Describe a VS Code extension. Get one that builds.
          </h1>
          <p className="mt-4 max-w-[56ch] text-lg text-muted">
            A model writes the extension in front of you, the platform proves that it builds, and you download
            a file that VS Code installs.
          </p>
          <div className="mt-8 flex gap-3">
            <Link to="/sign-up" className={buttonStyles({ variant: 'primary', size: 'lg' })}>
              Create an account
            </Link>
            <Link to="/sign-in" className={buttonStyles({ size: 'lg' })}>
              Sign in
            </Link>
          </div>
        </section>
        <section aria-label="What it does" className="grid gap-8 border-t py-12 md:grid-cols-3 md:gap-10">
          {promises.map(({ title, text }) => (
            <div key={title}>
              <h2 className="font-medium">{title}</h2>
              <p className="mt-1.5 text-muted">{text}</p>
            </div>
          ))}
        </section>
        <section aria-label="Run it yourself" className="grid gap-8 border-t py-12 md:grid-cols-2 md:gap-10">
          <Command title="Run all of it on your machine" command="npx pnpm dev">
            Database, API and web app start together. Nothing else to install.
          </Command>
          <Command title="See that it does what it says" command="npx pnpm test">
            The whole suite, with a real database and a real browser.
          </Command>
        </section>
      </main>
    </div>
  )
}

/** The landing page works without a server too, so a missing answer just shows the links of a stranger. */
function HeaderLinks() {
  const { data: session } = trpc.auth.session.useQuery()
  const org = session?.orgs[0]
  if (org) {
    return (
      <Link to="/$org/plugins" params={{ org: org.slug }} className={buttonStyles()}>
        Open your plugins
      </Link>
    )
  }
  return (
    <Link to="/sign-in" className={buttonStyles({ variant: 'ghost' })}>
      Sign in
    </Link>
  )
}

function Command({ title, command, children }: { title: string; command: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h2 className="font-medium">{title}</h2>
      <p className="mt-1.5 mb-3 text-muted">{children}</p>
      <CodeBlock code={command} label={`Copy ${command}`} />
    </div>
  )
}
