import { buttonStyles } from '@tallyforge/ui/Button'
import { Link } from '@tanstack/react-router'
import { Message } from './Message.tsx'
import { usePageTitle } from './page-title.ts'

export function NotFoundPage() {
  usePageTitle('Page not found')
  return (
    <Message
      title="Page not found"
      action={
        <Link to="/" className={buttonStyles()}>
          Go to the start
        </Link>
      }
    >
      Nothing lives at this address, or it belongs to an organization that you are not a member of.
    </Message>
  )
}
