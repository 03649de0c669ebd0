import { buttonStyles } from '@tallyforge/ui/Button'
import { CodeBlock } from '@tallyforge/ui/CodeBlock'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { Logo } from '../frame/Logo.tsx'
import { usePageTitle } from '../frame/page-title.ts'
import { trpc } from '../trpc.ts'

// The frame of the replay stands at once, its events and its code come after the first paint.
const Replay = lazy(() => import('./Replay.tsx').then((replay) => ({ default: replay.Replay })))

const promises = [
  {
    title: 'Written while you watch',
    text: 'Files appear as the model writes them. Stop it at any moment: what was written is a version that you can open, compare and restore.',
    proof:
      'Every step is stored before it is shown. What plays above is read from such a store, and so is what you see after a reload or a lost connection.',
  },
  {
    title: 'Proven to build',
    text: 'A version may be called ready once its types are checked, it is bundled, and its commands are found in the bundle. If it does not build, you are not charged.',
    proof:
      'Six checks for every version, also for one that you edit by hand: file names, manifest, imports, types, bundle and commands.',
  },
  {
    title: 'Counted to the last token',
    text: 'Tokens are held before a call and settled after it. Each call has a receipt: held, used, returned, and the price of every line.',
    proof:
      'A million random ledger calls against a second, independent ledger; servers killed in the middle of a generation. Run it yourself: npx pnpm prove.',
  },
]

export function LandingPage() {
  usePageTitle('')
  return (
    <div className="mx-auto flex min-h-dvh max-w-[1120px] flex-col px-5 md:px-8">
      <header className="flex h-16 items-center gap-2.5">
        <Logo />
        <span className="flex-1 font-semibold text-lg tracking-tight">Tallyforge</span>
        <HeaderLinks />
      </header>
      <main className="flex flex-1 flex-col">
        <section className="pt-12 pb-10 md:pt-20 md:pb-14">
          <h1 className="max-w-[24ch] text-balance font-semibold text-2xl tracking-tight md:text-[44px] md:leading-[1.1]">
            Describe a VS{'\u00a0'}Code extension. Get one that builds.
          </h1>
          <p className="mt-4 max-w-[56ch] text-lg text-muted">
            A model writes the extension in front of you, the platform proves that it builds, and you download
            a file that VS Code installs.
          </p>
          <div className="mt-7 flex gap-3">
            <Actions />
          </div>
        </section>
        <section aria-label="See it work" className="pb-14 md:pb-20">
          <Suspense fallback={<ReplayFrame />}>
            <Replay />
          </Suspense>
        </section>
        <section aria-label="What it does" className="grid gap-8 border-t py-12 md:grid-cols-3 md:gap-10">
          {promises.map(({ title, text, proof }) => (
            <div key={title} className="flex flex-col">
              <h2 className="font-medium">{title}</h2>
              <p className="mt-1.5 flex-1 text-muted">{text}</p>
              <p className="mt-4 border-line-strong border-l-2 pl-3 text-faint text-sm">{proof}</p>
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

/** As large as the replay, so that nothing moves when it comes. */
function ReplayFrame() {
  return (
    <div aria-busy="true">
      <div className="h-[705px] rounded-md border border-line-strong bg-surface md:h-[442px]" />
      <div className="mt-2.5 h-15 md:h-5" />
    </div>
  )
}

/** The landing page works without a server too: a missing answer shows the links of a stranger. */
function useOwnOrg() {
  const { data: session } = trpc.auth.session.useQuery()
  return session?.orgs[0]
}

function HeaderLinks() {
  if (useOwnOrg()) return null
  return (
    <Link to="/sign-in" className={buttonStyles({ variant: 'ghost' })}>
      Sign in
    </Link>
  )
}

function Actions() {
  const org = useOwnOrg()
  if (org) {
    return (
      <Link
        to="/$org/plugins"
        params={{ org: org.slug }}
        className={buttonStyles({ variant: 'primary', size: 'lg' })}
      >
        Open your plugins
      </Link>
    )
  }
  return (
    <>
      <Link to="/sign-up" className={buttonStyles({ variant: 'primary', size: 'lg' })}>
        Create an account
      </Link>
      <Link to="/sign-in" className={buttonStyles({ size: 'lg' })}>
        Sign in
      </Link>
    </>
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
